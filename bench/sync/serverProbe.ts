import type { Usage } from './ChildNode.ts';

/**
 * Loaded by `--import` into every child process, ours and the peers' alike: answers what the process uses, after a
 * forced collection, and ends the process when the bench is gone.
 */
process.on('message', (message) => {
  const id = (message as { probe?: number }).probe;
  if (id === undefined) return;
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  setImmediate(() => {
    collect?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const usage: Usage = { rssBytes: rss, heapBytes: heapUsed + external, cpuMs: (user + system) / 1_000 };
    process.send?.({ probe: id, usage });
  });
});
process.on('disconnect', () => process.exit(0));
