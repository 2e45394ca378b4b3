import { DEFAULT_LIMITS, type RelayLimits } from './limits.ts';
import { LOG_LEVELS } from './RelayLogger.ts';

const MB = 1024 * 1024;

/** One thing an operator may set. `--max-rooms 5` and `RELAY_MAX_ROOMS=5` say the same; the flag wins. */
export interface Setting {
  readonly flag: string;
  /** `switch` takes no value as a flag, and `1` or `true` in the environment. */
  readonly kind: 'text' | 'whole' | 'switch' | 'choice';
  /** As it would be written; empty for not set. */
  readonly standard: string;
  readonly words: string;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  /** The limit it sets, and how many of the limit's units one of it is. */
  readonly limit?: { readonly name: keyof RelayLimits; readonly factor: number };
  /** Only in the environment: what stands in an argument list is seen by everybody on the machine. */
  readonly secret?: boolean;
}

function limit(flag: string, name: keyof RelayLimits, words: string, max: number, factor = 1, min = 1): Setting {
  return {
    flag,
    kind: 'whole',
    standard: String(DEFAULT_LIMITS[name] / factor),
    words,
    min,
    max,
    limit: { name, factor },
  };
}

/** Everything that can be set: parsing, `--help` and the table in docs/self-hosting.md are made of it. */
export const SETTINGS: readonly Setting[] = [
  { flag: 'host', kind: 'text', standard: '127.0.0.1', words: 'address to listen on' },
  { flag: 'port', kind: 'whole', standard: '4440', words: 'port, 0 for a free one', min: 0, max: 65_535 },
  { flag: 'data', kind: 'text', standard: './relay-data', words: 'folder for the sealed records' },
  { flag: 'tls-cert', kind: 'text', standard: '', words: 'certificate chain (PEM); read again on SIGHUP' },
  { flag: 'tls-key', kind: 'text', standard: '', words: 'its private key (PEM)' },
  {
    flag: 'trust-proxy',
    kind: 'switch',
    standard: '',
    words: 'a proxy on this machine names addresses in X-Forwarded-For',
  },
  { flag: 'admin-host', kind: 'text', standard: '127.0.0.1', words: 'address of health and metrics' },
  {
    flag: 'admin-port',
    kind: 'whole',
    standard: '',
    words: 'port of health, metrics and backup, 0 for none; not given: 4441, or any free one',
    min: 0,
    max: 65_535,
  },
  {
    flag: 'room-token',
    kind: 'text',
    standard: '',
    words: 'only who shows this word (16 characters or more) may begin a room',
    secret: true,
  },
  { flag: 'room-token-file', kind: 'text', standard: '', words: 'a file that holds that word' },
  { flag: 'log-level', kind: 'choice', standard: 'info', words: 'least level that is logged', choices: LOG_LEVELS },
  limit('max-connections', 'connections', 'connections', 1_000_000),
  limit('max-room-connections', 'connectionsPerRoom', 'connections to one room', 10_000),
  limit('max-address-connections', 'connectionsPerAddress', 'connections from one address (IPv6: one /64)', 1_000_000),
  limit('address-rate', 'newConnectionsPerSecond', 'new connections a second from one address, after a burst', 100_000),
  limit('max-pending', 'pendingConnections', 'connections that have not said hello yet', 100_000),
  limit('max-rooms', 'rooms', 'rooms', 100_000_000),
  limit('max-room-devices', 'devicesPerRoom', 'devices ever admitted to one room', 65_535),
  limit('max-room-mb', 'roomBytes', 'MB of text and changes of one room', 1_000_000, MB),
  limit('max-room-blob-mb', 'roomBlobBytes', 'MB of exhibit files of one room', 1_000_000, MB),
  limit('max-total-mb', 'totalBytes', 'MB of all rooms', 1_000_000_000, MB),
  limit('min-free-mb', 'freeBytes', 'MB the disk keeps free: below it nothing more is taken', 1_000_000, MB, 0),
  limit('device-rate', 'deviceMessagesPerSecond', 'messages a second from one connection', 1_000_000),
  limit('device-rate-kb', 'deviceBytesPerSecond', 'KB a second from one connection', 10_000_000, 1024),
  limit('room-rate', 'roomMessagesPerSecond', 'messages a second to one room', 10_000_000),
  limit('room-rate-kb', 'roomBytesPerSecond', 'KB a second to one room', 100_000_000, 1024),
  limit('presence-rate', 'presencePerSecond', 'cursor movements a second from one connection', 10_000),
  limit('max-buffer-mb', 'bufferBytes', 'MB of memory for what is on its way in and out', 1_000_000, MB),
  limit('max-intake-mb', 'intakeBytes', 'MB of it for messages half received or waiting', 1_000_000, MB),
  limit('half-message-seconds', 'halfMessageMs', 'seconds an unfinished message may stand still', 600, 1_000),
  limit('hello-seconds', 'helloMs', 'seconds until a valid hello', 600, 1_000),
  limit('silence-seconds', 'silenceMs', 'seconds a connection may say nothing', 3_600, 1_000),
  limit('stall-seconds', 'stallMs', 'seconds a connection may take nothing of what waits for it', 3_600, 1_000),
];

export function environmentName(setting: Setting): string {
  return `RELAY_${setting.flag.toUpperCase().replaceAll('-', '_')}`;
}

/** The rows of the table in docs/self-hosting.md. */
export function formatSettingsTable(): string {
  const rows = SETTINGS.map((setting) => {
    const flag = setting.secret ? '–' : `\`--${setting.flag}\``;
    return `| ${flag} | \`${environmentName(setting)}\` | ${setting.standard || '–'} | ${setting.words} |`;
  });
  return ['| flag | environment | standard | what |', '|---|---|---|---|', ...rows].join('\n');
}
