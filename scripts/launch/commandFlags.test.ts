import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatUsage, parseFlags } from './commandFlags.ts';

const FLAGS = {
  seeds: { about: 'how many seeds', given: 40, least: 1 },
  first: { about: 'the first seed', given: 1 },
} as const;
const ROOT = join(import.meta.dirname, '../..');

/** What a script ends with, and what it prints. */
function runScript(path: string, ...args: string[]): Promise<{ code: number; out: string; error: string }> {
  return new Promise((resolve) =>
    execFile(process.execPath, ['--import', 'tsx', path, ...args], { cwd: ROOT }, (error, out, text) =>
      resolve({ code: Number(error?.code ?? 0), out, error: text }),
    ),
  );
}

describe('flags of a command', () => {
  it('are whole numbers, with what holds without them', () => {
    expect(parseFlags(['--seeds', '7'], FLAGS)).toEqual({ ok: true, value: { seeds: 7, first: 1 } });
    expect(parseFlags(['--first=0'], FLAGS)).toEqual({ ok: true, value: { seeds: 40, first: 0 } });
    expect(parseFlags(['-h'], FLAGS)).toEqual({ ok: true, value: 'help' });
  });

  it.each([
    ['an unknown flag', ['--sed', '1'], "Unknown option '--sed'."],
    ['a word too many', ['seven'], "Unexpected argument 'seven'."],
    ['no value', ['--seeds'], "Option '--seeds <value>' argument missing."],
    ['too small', ['--seeds', '0'], '--seeds takes a whole number of at least 1.'],
    ['no number', ['--first', 'x'], '--first takes a whole number of at least 0.'],
    ['part of one', ['--first', '1.5'], '--first takes a whole number of at least 0.'],
    ['nothing', ['--first', ''], '--first takes a whole number of at least 0.'],
  ])('%s is one sentence', (_what, args, message) => {
    expect(parseFlags(args, FLAGS)).toEqual({ ok: false, error: { code: 'bad-flag', message } });
  });

  it('are listed with their meaning', () => {
    expect(formatUsage('fuzz', 'Many seeds.', FLAGS).split('\n')).toEqual([
      'npm run fuzz -- [--seeds N] [--first N]',
      '',
      'Many seeds.',
      '',
      '  --seeds  how many seeds (40 without it)',
      '  --first  the first seed (1 without it)',
    ]);
  });

  it.each([
    ['fuzz', 'scripts/fuzz/index.ts'],
    ['crash', 'scripts/crash/index.ts'],
    ['bench', 'bench/index.ts'],
  ])(
    'npm run %s tells how it is used, and says in a sentence what it does not know',
    async (command, path) => {
      const [help, unknown] = await Promise.all([runScript(path, '--help'), runScript(path, '--no-such-flag')]);
      expect([help.code, help.error]).toEqual([0, '']);
      expect(help.out).toContain(`npm run ${command} -- [`);
      expect([unknown.code, unknown.out]).toEqual([2, '']);
      expect(unknown.error.trim().split('\n')).toHaveLength(1);
      expect(unknown.error).toContain('--no-such-flag');
    },
    120_000,
  );
});
