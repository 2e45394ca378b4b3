import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../shared/domain/result.ts';
import { DEFAULT_LIMITS, type RelayLimits } from './limits.ts';

export interface RelayArguments {
  host: string;
  port: number;
  dataDir: string;
  limits: RelayLimits;
}

export const USAGE = `relay --host 127.0.0.1 --port 4440 --data ./relay-data
  --host   address to listen on            (RELAY_HOST, default 127.0.0.1)
  --port   port, 0 for a free one          (RELAY_PORT, default 4440)
  --data   folder for the sealed records   (RELAY_DATA, default ./relay-data)
  --max-connections, --max-rooms, --max-room-mb, --max-room-blob-mb
Put a TLS proxy in front for wss:. The relay holds sealed bytes only; see docs/threats.md.`;

/** Flags first, then the environment, then defaults. */
export function parseRelayArguments(
  args: string[],
  environment: Record<string, string | undefined>,
): Result<RelayArguments, { code: 'usage'; message: string }> {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args,
      options: {
        host: text,
        port: text,
        data: text,
        'max-connections': text,
        'max-rooms': text,
        'max-room-mb': text,
        'max-room-blob-mb': text,
      },
    });
    const whole = (name: string, value: string | undefined, fallback: number, max: number): number => {
      if (value === undefined) return fallback;
      if (!/^\d{1,9}$/.test(value) || Number(value) > max)
        throw new TypeError(`--${name} must be a whole number up to ${max}`);
      return Number(value);
    };
    const mb = 1024 * 1024;
    const d = DEFAULT_LIMITS;
    return ok({
      host: values.host ?? environment['RELAY_HOST'] ?? '127.0.0.1',
      port: whole('port', values.port ?? environment['RELAY_PORT'], 4440, 65_535),
      dataDir: values.data ?? environment['RELAY_DATA'] ?? './relay-data',
      limits: {
        ...d,
        connections: whole('max-connections', values['max-connections'], d.connections, 1_000_000),
        rooms: whole('max-rooms', values['max-rooms'], d.rooms, 100_000_000),
        roomBytes: whole('max-room-mb', values['max-room-mb'], d.roomBytes / mb, 1_000_000) * mb,
        roomBlobBytes: whole('max-room-blob-mb', values['max-room-blob-mb'], d.roomBlobBytes / mb, 1_000_000) * mb,
      },
    });
  } catch (error) {
    return fail({ code: 'usage', message: (error as Error).message });
  }
}
