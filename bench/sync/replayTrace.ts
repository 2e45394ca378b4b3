import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { SyncClient } from './SyncClient.ts';

type Patch = [position: number, deletedCount: number, insertedText: string];

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Types the first `operations` of a trace, one Yjs transaction each. The expected text comes from the trace alone. */
export async function replayTrace(
  client: SyncClient,
  options: { file: string; operations: number; yieldEvery: number; nowMs(): number },
) {
  const { file, operations, yieldEvery, nowMs } = options;
  const trace = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as {
    endContent: string;
    txns: { patches: Patch[] }[];
  };
  const all = trace.txns.flatMap((transaction) => transaction.patches);
  const patches = all.slice(0, operations);
  const expected = patches.length === all.length ? trace.endContent : textOf(patches);
  const { doc, text } = client;
  const startMs = nowMs();
  for (const [index, [position, deleted, inserted]] of patches.entries()) {
    doc.transact(() => {
      if (deleted > 0) text.delete(position, deleted);
      if (inserted !== '') text.insert(position, inserted);
    });
    if (index % yieldEvery === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const ms = nowMs() - startMs;
  return {
    operations: patches.length,
    startMs,
    ms,
    length: text.length,
    digest: digestOf(text.toString()),
    expectedDigest: digestOf(expected),
  };
}

function textOf(patches: readonly Patch[]): string {
  const characters: string[] = [];
  for (const [position, deleted, inserted] of patches) characters.splice(position, deleted, ...inserted);
  return characters.join('');
}
