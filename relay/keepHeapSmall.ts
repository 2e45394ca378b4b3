import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_MS = 50;
/** Bytes outside the heap above which those that nothing refers to are worth a collection of some milliseconds. */
const MANY_BYTES = 2 * 1024 * 1024;

/**
 * For a relay in a process of its own. V8 would rather grow than collect: its young generation to 48 MB, the old one to twice
 * what lives in it, and what sockets have read, which lies outside both, by 64 MB, so that a storm of connections leaves a
 * relay of 70 MB at 150 MB. Here what lives is small and what a connection leaves behind is garbage at once: many collections
 * of a few milliseconds are cheaper than that memory. [SY77]
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;
  let livingBytes = 0;
  const grown = (): number => {
    const { external } = process.memoryUsage();
    livingBytes = Math.min(livingBytes, external);
    return external - livingBytes;
  };
  setInterval(() => {
    if (grown() < MANY_BYTES) return;
    collect({ type: 'minor' }); // of a millisecond, and nearly all of it was read just now
    if (grown() < MANY_BYTES) return;
    collect();
    livingBytes = process.memoryUsage().external;
  }, LOOK_MS).unref();
}
