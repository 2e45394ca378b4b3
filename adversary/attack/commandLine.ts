import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import type { Attack } from './Attack.ts';
import { CATALOGUE } from './catalogue.ts';

/** What one run of the storm is asked for. */
export interface AttackCommand {
  messages: number;
  seed: number;
  attacks: readonly Attack[];
  calmMs: number;
  limitMs: number;
  /** Where the attacked relay leaves a processor profile; null for none. */
  profileDir: string | null;
}

const SIZES = { messages: '50000', seed: '1', calm: '30', minutes: '60' } as const;

/** The command line, or a sentence about what is wrong with it. */
export function parseAttackCommand(
  args: readonly string[],
): Result<AttackCommand | 'help', { code: 'bad-flag'; message: string }> {
  const wrong = (message: string): Result<never, { code: 'bad-flag'; message: string }> =>
    fail({ code: 'bad-flag', message: `attack: ${message}` });
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(Object.entries(SIZES).map(([name, given]) => [name, { type: 'string', default: given }])),
        only: { type: 'string' },
        profile: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    return wrong((error as Error).message.replace(/\.? To specify a positional.*$/s, '.'));
  }
  if (values['help']) return ok('help');
  for (const name of Object.keys(SIZES))
    if (!/^[1-9]\d{0,8}$/.test(String(values[name]))) return wrong(`--${name} is a whole number above 0.`);
  const only = typeof values['only'] === 'string' ? values['only'].split(',') : null;
  const unknown = only?.find((each) => !CATALOGUE.some(({ name }) => name === each));
  if (unknown !== undefined) return wrong(`no attack is called "${unknown}".`);
  return ok({
    messages: Number(values['messages']),
    seed: Number(values['seed']),
    attacks: CATALOGUE.filter(({ name }) => !only || only.includes(name)),
    calmMs: Number(values['calm']) * 1_000,
    limitMs: Number(values['minutes']) * 60_000,
    profileDir: typeof values['profile'] === 'string' ? values['profile'] : null,
  });
}

/** What `--help` prints. */
export function formatAttackHelp(): string {
  return [
    'npm run attack -- [--messages N] [--seed N] [--only NAME,…] [--calm SECONDS] [--minutes N] [--profile DIR]',
    '',
    'A storm of malformed messages on a real relay, with other rooms at work on it and on a second relay that nobody attacks.',
    'The last line is one JSON object. Ends with 1 when a target was missed.',
    '',
    `  --messages  malformed messages to send (${SIZES.messages})`,
    `  --seed      what the attacks draw from (${SIZES.seed})`,
    '  --only      these attacks alone',
    `  --calm      seconds measured before and after the storm (${SIZES.calm})`,
    `  --minutes   no attack begins after so many (${SIZES.minutes})`,
    '  --profile   a folder for a processor profile of the attacked relay',
    '',
    'Attacks:',
    ...CATALOGUE.map(({ name, about }) => `  ${name.padEnd(18)} ${about}`),
  ].join('\n');
}
