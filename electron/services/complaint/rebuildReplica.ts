import * as Y from 'yjs';
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { deviceOfClient, mayWrite } from '../../../shared/sync/clientIds.ts';
import { randomBytes } from '../storage/Sealer.ts';
import type { StoredRecovered } from './ComplaintIdentity.ts';

/** Whether the replica holds words of others that the shared doc does not: they came in frames that count no longer. */
export function holdsVoidWords(replica: Y.Doc, shared: Y.Doc, own: number): boolean {
  const sharedClocks = Y.decodeStateVector(Y.encodeStateVector(shared));
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(replica)))
    if (!mayWrite(own, client) && clock > (sharedClocks.get(client) ?? 0)) return true;
  return false;
}

/** Own passages of the old replica that the new document does not have, a paragraph each, in their order. [SY55] */
export function findLostPassages(old: Y.Doc, now: Y.Doc, own: number, nowMs: number): StoredRecovered {
  const here = new Set(readBlocks(now, own).map(({ text }) => text));
  return readBlocks(old, own)
    .filter(({ text, isOwn }) => isOwn && text.trim() !== '' && !here.has(text))
    .map(({ text }) => ({ id: newId(randomBytes), text, sinceMs: nowMs }));
}

interface Block {
  text: string;
  /** Some of its words were written on this device. */
  isOwn: boolean;
}

function readBlocks(doc: Y.Doc, own: number): Block[] {
  const root = doc.share.get(BODY_ROOT);
  const blocks: Block[] = [];
  for (let item = root?._start ?? null; item; item = item.right) {
    if (item.deleted) continue;
    const block: Block = { text: '', isOwn: false };
    readInto(item, own, block);
    blocks.push(block);
  }
  return blocks;
}

function readInto(item: Y.Item, own: number, block: Block): void {
  if (item.content instanceof Y.ContentString) {
    block.text += item.content.str;
    block.isOwn ||= deviceOfClient(item.id.client) === own;
  } else if (item.content instanceof Y.ContentType) {
    for (let inner = item.content.type._start; inner; inner = inner.right)
      if (!inner.deleted) readInto(inner, own, block);
  }
}
