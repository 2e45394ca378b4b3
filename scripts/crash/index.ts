import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { readFlags } from '../launch/commandFlags.ts';
import { crashApplication } from './crashApplication.ts';
import { crashRelay } from './crashRelay.ts';
import { traceRelay } from './traceRelay.ts';

const ABOUT = `The application is killed while somebody types, the relay under load; then both must go on without a loss.
With --trace: the order in which the relay writes and acknowledges, from its system calls.`;

const {
  times,
  'relay-times': askedTimes,
  seed,
  trace: traced,
} = readFlags('crash', ABOUT, {
  times: { about: 'how often the application is killed', given: 5 },
  'relay-times': { about: 'how often the relay is, two fifths as often without it', given: Number.NaN },
  seed: { about: 'when and where', given: 1 },
  trace: { about: 'acknowledgements to trace', given: 0 },
});
const relayTimes = Number.isNaN(askedTimes) ? Math.max(1, Math.round(times * 0.4)) : askedTimes;
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
