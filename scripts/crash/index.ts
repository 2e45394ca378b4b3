import { parseArgs } from 'node:util';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { crashApplication } from './crashApplication.ts';
import { crashRelay } from './crashRelay.ts';
import { traceRelay } from './traceRelay.ts';

/** `npm run crash -- --times 50 [--relay-times 20] [--seed 1] [--trace 50]`: SIGKILL while typing, and of the relay under load; then the order of system calls. */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '5' },
    'relay-times': { type: 'string' },
    seed: { type: 'string', default: '1' },
    trace: { type: 'string', default: '0' },
  },
});
const times = Number(values.times);
const relayTimes = Number(values['relay-times'] ?? Math.max(1, Math.round(times * 0.4)));
const seed = Number(values.seed);
const traced = Number(values.trace);
if (![times, relayTimes, seed, traced].every((n) => Number.isInteger(n) && n >= 0)) {
  console.error('crash: every size must be a whole number');
  process.exit(2);
}
const random = new SeededRandom(seed);
console.log(
  `Crash test, seed ${seed}: the application is killed ${times} times while typing, the relay ${relayTimes} times under load.`,
);
// Ten peers in one process each clean up after themselves at its end.
process.setMaxListeners(100);
const relay = await crashRelay(relayTimes, random);
const trace = traced > 0 ? await traceRelay(traced) : null;
const application = times > 0 ? await crashApplication(times, random) : null;
const lost = relay.lost + (application?.lost ?? 0);
const failed =
  lost !== 0 ||
  (relayTimes > 0 && relay.acknowledged === 0) ||
  relay.falseForks !== 0 ||
  (trace !== null && (trace.withoutSync > 0 || trace.acknowledgements < traced)) ||
  relay.diverged !== 0 ||
  (application !== null && (application.notReopened > 0 || application.falseForks > 0 || application.diverged > 0));
console.log(
  JSON.stringify({
    name: 'crash',
    seed,
    times,
    lost,
    application,
    relay,
    trace,
    target: { withoutSync: 0, lost: 0, notReopened: 0, falseForks: 0, diverged: 0 },
  }),
);
process.exit(failed ? 1 : 0);
