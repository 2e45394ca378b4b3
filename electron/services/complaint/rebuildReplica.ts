import * as Y from 'yjs';
import { newId } from '../../../shared/domain/ids.ts';
import { applyExactly } from '../../../shared/sync/applyExactly.ts';
import { readBodyBlocks } from '../../../shared/sync/bodyBlocks.ts';
import type { LatePassage } from '../../../shared/sync/carryOver.ts';
import { deviceOfClient, mayWrite } from '../../../shared/sync/clientIds.ts';
import { sortCarried } from '../../../shared/sync/sortCarried.ts';
import { randomBytes } from '../storage/Sealer.ts';
import type { StoredRecovered } from './ComplaintIdentity.ts';

/** Whether the replica holds words of others that the shared doc does not: they came in frames that count no longer. */
export function holdsVoidWords(replica: Y.Doc, shared: Y.Doc, own: number): boolean {
  const sharedClocks = Y.decodeStateVector(Y.encodeStateVector(shared));
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(replica)))
    if (!mayWrite(own, client) && clock > (sharedClocks.get(client) ?? 0)) return true;
  return false;
}

/** A document of this state and of those of the carried own changes that it can take. [SY55] */
export function buildReplica(state: Uint8Array, carried: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc: true });
  applyExactly(doc, state, null);
  for (const update of sortCarried(doc, carried).fits) applyExactly(doc, update, null);
  return doc;
}

/** Own passages of the old replica that the new document does not have, a paragraph each, in their order. [SY55] */
export function findLostPassages(old: Y.Doc, now: Y.Doc, own: number, nowMs: number): StoredRecovered {
  const here = new Set(readBodyBlocks(now).map(({ text }) => text));
  return readBodyBlocks(old)
    .filter(({ text, clients }) => text.trim() !== '' && !here.has(text) && writtenBy(own, clients))
    .map(({ text }) => ({ id: newId(randomBytes), text, sinceMs: nowMs }));
}

/** Passages with what was typed in them since; one whose paragraph was kept already takes its place. */
export function addLate(recovered: StoredRecovered, late: readonly LatePassage[], nowMs: number): StoredRecovered {
  const next = [...recovered];
  for (const { before, text } of late) {
    const place = before === '' ? -1 : next.findIndex((passage) => passage.text === before);
    const passage = { id: next[place]?.id ?? newId(randomBytes), text, sinceMs: nowMs };
    if (place >= 0) next[place] = passage;
    else if (!next.some((kept) => kept.text === text)) next.push(passage);
  }
  return next;
}

/** Some of the words were written on this device. */
function writtenBy(own: number, clients: ReadonlyMap<number, number>): boolean {
  return [...clients.keys()].some((client) => deviceOfClient(client) === own);
}
