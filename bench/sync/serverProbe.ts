import type { Usage } from './ChildNode.ts';

/**
 * Loaded by `--import` into every child process, ours and the peers' alike: answers what the process uses, after a
 * forced collection when that is asked for, and ends the process when the bench is gone.
 */
process.on('message', (message) => {
  const { probe, collect } = message as { probe?: number; collect?: boolean };
  if (probe === undefined) return;
  const collectGarbage = (globalThis as { gc?: () => void }).gc;
  if (collect) collectGarbage?.();
  setImmediate(() => {
    if (collect) collectGarbage?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const usage: Usage = { rssBytes: rss, heapBytes: heapUsed + external, cpuMs: (user + system) / 1_000 };
    process.send?.({ probe, usage });
  });
});
process.on('disconnect', () => process.exit(0));
