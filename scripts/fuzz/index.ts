import { runConvergence } from '../../renderer/editor/testing/runConvergence.ts';
import { readFlags } from '../launch/commandFlags.ts';
import { runRooms } from './rooms.ts';

const ABOUT = `Editors on one text, whatever the order in which they hear of one another, must show the same words as a restart.
Each seed runs twice: words in letters of their author, and characters of two UTF-16 units (emoji, rare Han).
With --rooms: rooms with roles, faults, crashes, removals and compaction instead.`;

const { seeds, first, peers, operations, rooms } = readFlags('fuzz', ABOUT, {
  seeds: { about: 'how many seeds', given: 40, least: 1 },
  first: { about: 'the first seed', given: 1, least: 1 },
  peers: { about: 'editors on one text', given: 4, least: 1 },
  operations: { about: 'what all of them do together', given: 80, least: 1 },
  rooms: { about: 'how many rooms instead', given: 0 },
});
if (rooms > 0) process.exit((await runRooms(rooms, first)) ? 0 : 1);

const failed: number[] = [];
const astralFailed: number[] = [];
let errors = 0;
let done = 0;
const mix: Record<string, number> = {};
console.log(
  `Convergence fuzz: seeds ${first} to ${first + seeds - 1}, ${peers} peers, ${operations} operations each run.`,
);
for (let seed = first; seed < first + seeds; seed++) {
  for (const astral of [false, true]) {
    const outcome = runConvergence({ seed, peers, operations, astral });
    const letters = astral ? ' with characters of two units' : '';
    errors += outcome.errors;
    for (const [name, count] of Object.entries(outcome.operations)) mix[name] = (mix[name] ?? 0) + count;
    if (outcome.divergence !== 'none') {
      (astral ? astralFailed : failed).push(seed);
      console.log(`  seed ${seed}${letters}: diverged (${outcome.divergence})`);
    }
    if (outcome.errors > 0) console.log(`  seed ${seed}${letters}: ${outcome.errors} editor errors`);
  }
  if (++done % 50 === 0)
    console.log(`  ${done} of ${seeds} seeds run, ${failed.length + astralFailed.length} runs diverged`);
}
const divergences = failed.length + astralFailed.length;
console.log(
  `Operations run: ${Object.entries(mix)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')}`,
);
console.log(
  JSON.stringify({
    name: 'fuzz',
    seeds,
    first,
    peers,
    operations,
    divergences,
    failed,
    astralFailed,
    errors,
    target: { divergences: 0 },
  }),
);
process.exit(divergences > 0 ? 1 : 0);
