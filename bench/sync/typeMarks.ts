import type { MarkTime } from './LoadCalls.ts';
import type { SyncClient } from './SyncClient.ts';

/**
 * One author: one character an edit at the end of the text, at a pace that wavers by half, and the cursor shown
 * after it when asked. The time of a mark is taken before the edit.
 */
export async function typeMarks(
  client: SyncClient,
  options: {
    id: string;
    firstMark: number | null;
    edits: number;
    paceMs: number;
    showCursor: boolean;
    nowMs(): number;
  },
): Promise<MarkTime[]> {
  const { id, firstMark, edits, paceMs, showCursor, nowMs } = options;
  const typed: MarkTime[] = [];
  const first = firstMark ?? 0;
  let nextMs = nowMs() + paceMs * ((first * 0.618034) % 1);
  for (let i = 0; i < edits; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextMs - nowMs())));
    const mark = first + i;
    typed.push({ id, mark, atMs: nowMs() });
    client.text.insert(client.text.length, firstMark === null ? 'x' : String.fromCodePoint(mark));
    if (showCursor) client.show({ name: id, cursor: client.text.length });
    nextMs += paceMs * (0.5 + ((mark * 0.618034) % 1));
  }
  return typed;
}
