import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../shared/domain/result.ts';

/** A flag that takes a whole number. */
export interface NumberFlag {
  about: string;
  /** What holds without the flag; NaN when that depends on others, as `about` then says. */
  given: number;
  /** The least it may be; 0 when left out. */
  least?: number;
}
type Flags<N extends string> = Readonly<Record<N, NumberFlag>>;

/** The numbers of a command line, 'help' when a usage text is asked for, or a sentence about what cannot be read. */
export function parseFlags<N extends string>(
  args: readonly string[],
  flags: Flags<N>,
): Result<Record<N, number> | 'help', { code: 'bad-flag'; message: string }> {
  const names = Object.keys(flags) as N[];
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    return fail({ code: 'bad-flag', message: describeFlagError(error) });
  }
  if (values['help']) return ok('help');
  const numbers = {} as Record<N, number>;
  for (const name of names) {
    const { given, least = 0 } = flags[name];
    const value = values[name] === undefined ? given : readNumber(values[name]);
    if (values[name] !== undefined && !(value >= least))
      return fail({ code: 'bad-flag', message: `--${name} takes a whole number of at least ${least}.` });
    numbers[name] = value;
  }
  return ok(numbers);
}

/** For a person: how the command is used, and what each flag means. */
export function formatUsage<N extends string>(command: string, about: string, flags: Flags<N>): string {
  const entries = Object.entries<NumberFlag>(flags);
  const widest = Math.max(...entries.map(([name]) => name.length));
  return [
    `npm run ${command} -- ${entries.map(([name]) => `[--${name} N]`).join(' ')}`,
    '',
    about,
    '',
    ...entries.map(([name, { about: meaning, given }]) => {
      const otherwise = Number.isNaN(given) ? '' : ` (${given} without it)`;
      return `  --${name.padEnd(widest)}  ${meaning}${otherwise}`;
    }),
  ].join('\n');
}

/** Reads the flags of this process; ends it with a usage text (0) or with a sentence (2) when there is nothing to run. */
export function readFlags<N extends string>(command: string, about: string, flags: Flags<N>): Record<N, number> {
  const read = parseFlags(process.argv.slice(2), flags);
  if (!read.ok) {
    console.error(`${command}: ${read.error.message} \`npm run ${command} -- --help\` lists the flags.`);
    process.exit(2);
  }
  if (read.value !== 'help') return read.value;
  console.log(formatUsage(command, about, flags));
  process.exit(0);
}

/** Whether `parseArgs` of Node refused a command line. */
export function isFlagError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** What it refused, in one sentence; anything else is a bug and is thrown again. */
export function describeFlagError(error: unknown): string {
  if (!isFlagError(error)) throw error;
  return `${(error.message.split(/[.\n]/)[0] ?? error.message).trim()}.`;
}

function readNumber(text: string | boolean | undefined): number {
  return typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
}
