import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatHelp, parseCommandLine, type RelayCommand } from './commandLine.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { environmentName, formatSettingsTable, SETTINGS } from './settings.ts';

function serve(args: string[], environment: Record<string, string> = {}): Extract<RelayCommand, { name: 'serve' }> {
  const parsed = parseCommandLine(args, environment);
  if (!parsed.ok || parsed.value.name !== 'serve') throw new Error('not serve');
  return parsed.value;
}

function complaint(args: string[], environment: Record<string, string> = {}): string {
  const parsed = parseCommandLine(args, environment);
  return parsed.ok ? `accepted ${parsed.value.name}` : parsed.error.message;
}

describe('command line', () => {
  it('without anything: loopback, the standard limits, admin on loopback', () => {
    expect(serve([]).options).toEqual({
      host: '127.0.0.1',
      port: 4440,
      dataDir: './relay-data',
      limits: DEFAULT_LIMITS,
      logLevel: 'info',
      trustProxy: false,
      admin: { host: '127.0.0.1', port: 4441, orAnyPort: true },
    });
  });

  it('a flag wins over the environment, and both say the same thing', () => {
    for (const setting of SETTINGS.filter(({ kind, limit }) => kind === 'whole' && limit)) {
      const name = setting.limit?.name as keyof typeof DEFAULT_LIMITS;
      const factor = setting.limit?.factor ?? 1;
      expect(serve([`--${setting.flag}`, '7']).options.limits?.[name]).toBe(7 * factor);
      expect(serve([], { [environmentName(setting)]: '8' }).options.limits?.[name]).toBe(8 * factor);
      expect(serve([`--${setting.flag}=9`], { [environmentName(setting)]: '8' }).options.limits?.[name]).toBe(
        9 * factor,
      );
    }
    expect(serve(['--trust-proxy']).options.trustProxy).toBe(true);
    expect(serve([], { RELAY_TRUST_PROXY: '1' }).options.trustProxy).toBe(true);
    expect(serve([], { RELAY_HOST: '' }).options.host).toBe('127.0.0.1');
    expect(serve(['--admin-port', '0']).options.admin).toBe(undefined);
    expect(serve(['--admin-port', '5000']).options.admin).toEqual({ host: '127.0.0.1', port: 5000, orAnyPort: false });
  });

  it('says what it does not understand', () => {
    expect(complaint(['--prot', '1'])).toBe('The relay knows no --prot.');
    expect(complaint(['surprise'])).toBe('The relay knows no surprise.');
    expect(complaint(['--port'])).toBe('--port needs a value.');
    expect(complaint(['--port', '1', '--port', '2'])).toBe('--port is given twice.');
    expect(complaint(['--port', '65536'])).toBe('--port must be a whole number from 0 to 65535.');
    expect(complaint(['--max-rooms', '-1'])).toBe('--max-rooms must be a whole number from 1 to 100000000.');
    expect(complaint([], { RELAY_MAX_ROOMS: 'many' })).toBe(
      'RELAY_MAX_ROOMS must be a whole number from 1 to 100000000.',
    );
    expect(complaint(['--log-level', 'loud'])).toBe('--log-level must be one of debug, info, warn, error, off.');
    expect(complaint(['--trust-proxy=perhaps'])).toBe('--trust-proxy must be true or false.');
    expect(complaint(['--tls-cert', 'a.pem'])).toBe('--tls-cert and --tls-key go together.');
    expect(complaint(['--port', '5000', '--admin-port', '5000'])).toBe('--port and --admin-port are two ports.');
    expect(complaint(['backup', '--data', 'x'])).toBe('relay backup needs --data DIR and --to FILE.');
    expect(complaint(['restore', '--data', 'x', '--to', 'y'])).toBe('The relay knows no --to.');
  });

  it('takes the room token from the environment or a file, never as a flag', async () => {
    expect(complaint(['--room-token', 'a-token-of-the-operator'])).toMatch(/RELAY_ROOM_TOKEN or --room-token-file/);
    expect(serve([], { RELAY_ROOM_TOKEN: 'a-token-of-the-operator' }).options.roomToken).toBe(
      'a-token-of-the-operator',
    );
    expect(complaint([], { RELAY_ROOM_TOKEN: 'short' })).toMatch(/16 to 200/);
    const folder = await mkdtemp(path.join(tmpdir(), 'alegato-token-'));
    const file = path.join(folder, 'token');
    await writeFile(file, 'a-token-of-the-operator\n');
    expect(serve(['--room-token-file', file]).options.roomToken).toBe('a-token-of-the-operator');
    await writeFile(file, '\n');
    expect(complaint(['--room-token-file', file])).toMatch(/16 to 200/);
    expect(complaint(['--room-token-file', path.join(folder, 'none')])).toMatch(/cannot be read \(ENOENT\)/);
    await rm(folder, { recursive: true });
  });

  it('knows the other commands', () => {
    expect(parseCommandLine(['--help'], {})).toEqual({ ok: true, value: { name: 'help' } });
    expect(parseCommandLine(['--version'], {})).toEqual({ ok: true, value: { name: 'version' } });
    expect(parseCommandLine(['backup', '--data', 'd', '--to', 'f'], {})).toEqual({
      ok: true,
      value: { name: 'backup', dataDir: 'd', to: 'f' },
    });
    expect(parseCommandLine(['restore', '--from', 'f'], { RELAY_DATA: 'd' })).toEqual({
      ok: true,
      value: { name: 'restore', dataDir: 'd', from: 'f' },
    });
  });

  it('help and the guide for volunteers name every setting', () => {
    const guide = readFileSync(path.join(import.meta.dirname, '../docs/self-hosting.md'), 'utf8');
    expect(guide).toContain(formatSettingsTable());
    for (const { flag, secret } of SETTINGS) if (!secret) expect(formatHelp()).toContain(`--${flag} `);
  });
});
