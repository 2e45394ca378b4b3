import { parseArgs } from 'node:util';
import { runConvergence } from '../../renderer/editor/testing/runConvergence.ts';
import { runRooms } from './rooms.ts';

/**
 * `npm run fuzz -- --seeds 500 [--first 1] [--peers 4] [--operations 80]`: the editors' convergence over many seeds.
 * `npm run fuzz -- --rooms 2000 [--first 1]`: rooms with roles, faults, crashes, removals and compaction.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '40' },
    first: { type: 'string', default: '1' },
    peers: { type: 'string', default: '4' },
    operations: { type: 'string', default: '80' },
    rooms: { type: 'string', default: '0' },
  },
});
const seeds = Number(values.seeds);
const first = Number(values.first);
const peers = Number(values.peers);
const operations = Number(values.operations);
if (![seeds, first, peers, operations].every((n) => Number.isInteger(n) && n > 0)) {
  console.error('fuzz: every size must be a whole number above 0');
  process.exit(2);
}
const rooms = Number(values.rooms);
if (!Number.isInteger(rooms) || rooms < 0) {
  console.error('fuzz: rooms must be a whole number');
  process.exit(2);
}
if (rooms > 0) process.exit((await runRooms(rooms, first)) ? 0 : 1);

const failed: number[] = [];
let errors = 0;
let done = 0;
const mix: Record<string, number> = {};
console.log(
  `Convergence fuzz: seeds ${first} to ${first + seeds - 1}, ${peers} peers, ${operations} operations each run.`,
);
for (let seed = first; seed < first + seeds; seed++) {
  const outcome = runConvergence({ seed, peers, operations });
  errors += outcome.errors;
  for (const [name, count] of Object.entries(outcome.operations)) mix[name] = (mix[name] ?? 0) + count;
  if (outcome.divergence !== 'none') {
    failed.push(seed);
    console.log(`  seed ${seed}: diverged (${outcome.divergence})`);
  }
  if (outcome.errors > 0) console.log(`  seed ${seed}: ${outcome.errors} editor errors`);
  if (++done % 50 === 0) console.log(`  ${done} of ${seeds} seeds run, ${failed.length} diverged`);
}
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
    divergences: failed.length,
    failed,
    errors,
    target: { divergences: 0 },
  }),
);
process.exit(failed.length > 0 ? 1 : 0);
