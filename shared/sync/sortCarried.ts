import * as Y from 'yjs';
import { applyExactly } from './applyExactly.ts';

/**
 * Parts a computer's own updates, in their order, into those that a document can take and those that rest on something
 * it does not have. An update is taken whole or not at all: half of one could delete words and not bring their
 * successors. After the first refusal of a client nothing of it fits, and no pure deletion of anybody.
 */
export function sortCarried(doc: Y.Doc, updates: readonly Uint8Array[]): { fits: Uint8Array[]; refused: Uint8Array[] } {
  const fits: Uint8Array[] = [];
  const refused: Uint8Array[] = [];
  if (updates.length === 0) return { fits, refused };
  const refusedClients = new Set<number>();
  let copy = copyOf(doc, fits);
  for (const update of updates) {
    const clients = [...Y.parseUpdateMeta(update).from.keys()];
    const after = clients.length === 0 ? refusedClients.size > 0 : clients.some((client) => refusedClients.has(client));
    if (!after) applyExactly(copy, update, null);
    if (!after && !waits(copy)) {
      fits.push(update);
      continue;
    }
    refused.push(update);
    for (const client of clients) refusedClients.add(client);
    if (after) continue;
    copy.destroy();
    copy = copyOf(doc, fits);
  }
  copy.destroy();
  return { fits, refused };
}

function waits({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null;
}

/** Without what waits in the document for something else. */
function copyOf(doc: Y.Doc, updates: readonly Uint8Array[]): Y.Doc {
  const copy = new Y.Doc({ gc: doc.gc });
  applyExactly(copy, Y.encodeStateAsUpdate(doc), null);
  copy.store.pendingStructs = null;
  copy.store.pendingDs = null;
  for (const update of updates) applyExactly(copy, update, null);
  return copy;
}
