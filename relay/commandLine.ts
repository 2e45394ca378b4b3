import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../shared/domain/result.ts';
import { DEFAULT_LIMITS, type RelayLimits } from './limits.ts';
import type { RelayOptions } from './Relay.ts';
import type { LogLevel } from './RelayLogger.ts';
import { environmentName, SETTINGS, type Setting } from './settings.ts';

export type RelayCommand =
  | { name: 'help' }
  | { name: 'version' }
  | { name: 'serve'; options: Omit<RelayOptions, 'log' | 'record'> }
  | { name: 'backup'; dataDir: string; to: string }
  | { name: 'restore'; dataDir: string; from: string };

export type UsageError = { code: 'usage'; message: string };

const ADMIN_PORT = 4441;
const MIN_TOKEN_LENGTH = 16;

/** What the arguments and the environment ask for; a flag wins over its variable. Reads `--room-token-file`. */
export function parseCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<RelayCommand, UsageError> {
  try {
    const [first, ...rest] = args;
    if (first === 'backup' || first === 'restore') return ok(parseCopy(first, rest, environment));
    if (args.includes('--help') || args.includes('-h') || first === 'help') return ok({ name: 'help' });
    if (args.includes('--version')) return ok({ name: 'version' });
    return ok({ name: 'serve', options: parseServe(first === 'serve' ? rest : args, environment) });
  } catch (error) {
    if (error instanceof Usage) return fail({ code: 'usage', message: error.message });
    throw error;
  }
}

export function formatHelp(): string {
  const width = Math.max(...SETTINGS.map(({ flag }) => flag.length)) + 4;
  const rows = SETTINGS.filter(({ secret }) => !secret).map(
    ({ flag, words, standard }) => `  ${`--${flag}`.padEnd(width)}${words}${standard ? ` (${standard})` : ''}`,
  );
  return [
    'alegato-relay [serve] [settings]              carries and keeps sealed records it cannot read',
    'alegato-relay backup --data DIR --to FILE     copies everything, while the relay runs or not, and checks the copy',
    'alegato-relay restore --from FILE --data DIR  fills a new folder from such a copy',
    '',
    'Settings, with what holds without them:',
    ...rows,
    '  --help, --version',
    '',
    'Each can be set in the environment too: --max-rooms is RELAY_MAX_ROOMS. The word that lets rooms begin is set as',
    'RELAY_ROOM_TOKEN or in a file, never as a flag, because everybody on a machine sees the flags of a program.',
  ].join('\n');
}

class Usage extends Error {}

function parseCopy(
  name: 'backup' | 'restore',
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RelayCommand {
  if (args.includes('--help') || args.includes('-h')) return { name: 'help' };
  const other = name === 'backup' ? 'to' : 'from';
  const flags = readFlags(args, (flag) => (flag === 'data' || flag === other ? 'text' : null));
  const dataDir = flags.get('data') || environment['RELAY_DATA'];
  const file = flags.get(other);
  if (!dataDir || !file) throw new Usage(`relay ${name} needs --data DIR and --${other} FILE.`);
  return name === 'backup' ? { name, dataDir, to: file } : { name, dataDir, from: file };
}

function parseServe(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Omit<RelayOptions, 'log' | 'record'> {
  const byFlag = new Map(SETTINGS.filter(({ secret }) => !secret).map((setting) => [setting.flag, setting]));
  const flags = readFlags(args, (flag) => byFlag.get(flag)?.kind ?? null);
  const values = new Map<string, string>();
  for (const setting of SETTINGS) {
    const given = flags.get(setting.flag);
    const value = given ?? environment[environmentName(setting)];
    const where = given === undefined ? environmentName(setting) : `--${setting.flag}`;
    values.set(setting.flag, value ? check(setting, value, where) : setting.standard);
  }
  const text = (flag: string): string => values.get(flag) ?? '';
  const limits: RelayLimits = { ...DEFAULT_LIMITS };
  for (const { flag, limit } of SETTINGS) if (limit) limits[limit.name] = Number(text(flag)) * limit.factor;
  const tls = text('tls-cert') || text('tls-key') ? { certPath: text('tls-cert'), keyPath: text('tls-key') } : null;
  if (tls && !(tls.certPath && tls.keyPath)) throw new Usage('--tls-cert and --tls-key go together.');
  const roomToken = readToken(text('room-token'), text('room-token-file'));
  const admin = {
    host: text('admin-host'),
    port: Number(text('admin-port') || ADMIN_PORT),
    orAnyPort: text('admin-port') === '',
  };
  if (admin.port !== 0 && admin.port === Number(text('port')) && !admin.orAnyPort)
    throw new Usage('--port and --admin-port are two ports.');
  return {
    host: text('host'),
    port: Number(text('port')),
    dataDir: text('data'),
    limits,
    logLevel: text('log-level') as LogLevel,
    trustProxy: text('trust-proxy') === 'true',
    ...(tls ? { tls } : {}),
    ...(roomToken ? { roomToken } : {}),
    ...(admin.port !== 0 ? { admin } : {}),
  };
}

/** `--flag value`, `--flag=value` and switches; each flag once. */
function readFlags(args: readonly string[], kindOf: (flag: string) => Setting['kind'] | null): Map<string, string> {
  const flags = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg);
    const flag = match?.[1] ?? '';
    const kind = match ? kindOf(flag) : null;
    if (!kind && flag === 'room-token')
      throw new Usage('The token is not given as a flag: use RELAY_ROOM_TOKEN or --room-token-file.');
    if (!kind) throw new Usage(`The relay knows no ${arg.replace(/=.*$/s, '')}.`);
    if (flags.has(flag)) throw new Usage(`--${flag} is given twice.`);
    const value = match?.[2] ?? (kind === 'switch' ? 'true' : args[++i]);
    if (value === undefined || value === '') throw new Usage(`--${flag} needs a value.`);
    flags.set(flag, value);
  }
  return flags;
}

function check(setting: Setting, value: string, where: string): string {
  const { kind, min = 0, max = Number.MAX_SAFE_INTEGER, choices = [] } = setting;
  if (kind === 'whole' && (!/^\d{1,10}$/.test(value) || Number(value) < min || Number(value) > max))
    throw new Usage(`${where} must be a whole number from ${min} to ${max}.`);
  if (kind === 'choice' && !choices.includes(value)) throw new Usage(`${where} must be one of ${choices.join(', ')}.`);
  if (kind === 'switch') {
    if (!/^(?:1|true|0|false)$/.test(value)) throw new Usage(`${where} must be true or false.`);
    return value === '1' || value === 'true' ? 'true' : '';
  }
  return value;
}

function readToken(token: string, file: string): string {
  if (token && file) throw new Usage('RELAY_ROOM_TOKEN and --room-token-file are two ways to say one thing.');
  let word = token;
  if (file) {
    try {
      word = readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new Usage(`--room-token-file cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
  }
  if ((file || token) && (word.length < MIN_TOKEN_LENGTH || word.length > 200 || /\s/.test(word)))
    throw new Usage(`The room token must be ${MIN_TOKEN_LENGTH} to 200 characters without spaces.`);
  return word;
}
