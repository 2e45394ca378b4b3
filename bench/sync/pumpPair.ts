import * as Y from 'yjs';
import type { SyncClient } from './SyncClient.ts';

const AT_ONCE = 20;

/**
 * Types single characters at the end as fast as `window` edits that the observer has not seen allow, until `endMs`.
 * Returns how many the observer saw between `startMs` and `endMs`; every edit is one Yjs transaction.
 */
export async function pumpPair(
  { writer, observer }: { writer: SyncClient; observer: SyncClient },
  options: { window: number; startMs: number; endMs: number; nowMs(): number },
): Promise<number> {
  const { window, startMs, endMs, nowMs } = options;
  const author = writer.doc.clientID;
  const seen = (): number => Y.getState(observer.doc.store, author);
  let atStart = seen();
  let started = false;
  for (let now = nowMs(); now < endMs; now = nowMs()) {
    if (!started && now >= startMs) {
      started = true;
      atStart = seen();
    }
    for (let i = 0; i < AT_ONCE && Y.getState(writer.doc.store, author) - seen() < window; i += 1)
      writer.text.insert(writer.text.length, 'x');
    await new Promise((resolve) => setImmediate(resolve));
  }
  const count = seen() - atStart;
  while (seen() < Y.getState(writer.doc.store, author)) await new Promise((resolve) => setTimeout(resolve, 5));
  return count;
}
