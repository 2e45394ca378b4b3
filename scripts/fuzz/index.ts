import { runConvergence } from '../../renderer/editor/testing/runConvergence.ts';
import { readFlags } from '../launch/commandFlags.ts';
import { runRooms } from './rooms.ts';

const ABOUT = `Editors on one text, whatever the order in which they hear of one another, must show the same words as a restart.
Each seed runs three times: words in letters of their author, characters of two UTF-16 units (emoji, rare Han), and all
of drafting: suggestions and their answers, comments, footnotes, references, moved sections, a reviewer, restarts.
With --places 1: every letter of a run is another one, and what stands elsewhere than where it was typed, twice, or nowhere
although nobody took it away is counted instead. With --rooms: rooms with roles, faults, crashes, removals and compaction instead.`;

const { seeds, first, peers, operations, places, rooms } = readFlags('fuzz', ABOUT, {
  seeds: { about: 'how many seeds', given: 40, least: 1 },
  first: { about: 'the first seed', given: 1, least: 1 },
  peers: { about: 'editors on one text', given: 4, least: 1 },
  operations: { about: 'what all of them do together', given: 80, least: 1 },
  places: { about: '1 for the laws of places', given: 0 },
  rooms: { about: 'how many rooms instead', given: 0 },
});
if (rooms > 0) process.exit((await runRooms(rooms, first)) ? 0 : 1);

if (places > 0) process.exit(runPlaces() ? 0 : 1);

/** True when every letter stands where it was typed, once. */
function runPlaces(): boolean {
  const counted = { placed: 0, misplaced: 0, doubled: 0, lost: 0 };
  const failed: number[] = [];
  for (let seed = first; seed < first + seeds; seed++) {
    const outcome = runConvergence({ seed, peers, operations, unique: true });
    counted.placed += outcome.placed;
    counted.misplaced += outcome.misplaced.length;
    counted.doubled += outcome.doubled.length;
    counted.lost += outcome.lost.length;
    if (outcome.misplaced.length + outcome.doubled.length + outcome.lost.length > 0) failed.push(seed);
  }
  const target = { misplaced: 0, doubled: 0, lost: 0 };
  console.log(JSON.stringify({ name: 'fuzz-places', seeds, first, peers, operations, ...counted, failed, target }));
  return failed.length === 0;
}

const MODES = [
  { name: 'letters', options: {}, share: 1 },
  { name: 'astral', options: { astral: true }, share: 1 },
  // what is suggested first and answered later takes more steps
  { name: 'drafting', options: { drafting: true }, share: 1.5 },
] as const;
const failed: Record<string, number[]> = { letters: [], astral: [], drafting: [] };
const wrong = (): number => Object.values(failed).reduce((sum, list) => sum + list.length, 0);
let errors = 0;
const mix: Record<string, number> = {};
console.log(
  `Convergence fuzz: seeds ${first} to ${first + seeds - 1}, ${peers} peers, ${operations} operations each run.`,
);
for (let seed = first; seed < first + seeds; seed++) {
  for (const { name, options, share } of MODES) {
    const outcome = runConvergence({ seed, peers, operations: Math.round(operations * share), ...options });
    errors += outcome.errors;
    for (const [operation, count] of Object.entries(outcome.operations)) mix[operation] = (mix[operation] ?? 0) + count;
    if (outcome.divergence === 'none' && outcome.errors === 0) continue;
    failed[name]?.push(seed);
    console.log(
      `  seed ${seed}, ${name}: ${outcome.divergence}, ${outcome.errors} editor errors ${outcome.lastError ?? ''}`,
    );
  }
  if ((seed - first + 1) % 50 === 0) console.log(`  ${seed - first + 1} of ${seeds} seeds run, ${wrong()} runs wrong`);
}
const operationsRun = Object.entries(mix).map(([name, count]) => `${name} ${count}`);
console.log(`Operations run: ${operationsRun.join(', ')}`);
const divergences = wrong();
console.log(
  JSON.stringify({
    name: 'fuzz',
    seeds,
    first,
    peers,
    operations,
    divergences,
    failed,
    errors,
    target: { divergences: 0, errors: 0 },
  }),
);
process.exit(divergences > 0 ? 1 : 0);
