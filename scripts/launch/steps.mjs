// Runs the steps of a check two at a time and shows each one's output in one piece when it has ended.
import { secondsSince } from './say.mjs';

const AT_ONCE = 2;

/**
 * `steps` are `{name, work}`, where `work()` resolves like `run`. Resolves with the names of the steps that failed;
 * the output of a step is shown when it failed or when `shown` says so.
 */
export async function runSteps(steps) {
  const waiting = [...steps];
  const failed = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startMs = performance.now();
      const { code, output } = await step.work();
      if (code !== 0) failed.push(step.name);
      console.log(`${code === 0 ? '✓' : '✗'} ${step.name} (${secondsSince(startMs)})`);
      if (code !== 0 || step.shown) console.log(output.trimEnd().replace(/^/gm, '    '));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed;
}
