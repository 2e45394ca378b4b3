import * as Y from 'yjs';
import { applyExactly } from '../../../shared/sync/applyExactly.ts';

/** The whole state of a document as an update, without what waits in it for something that is not there. [SY52] */
export function readSharedState(doc: Y.Doc): Uint8Array {
  const state = Y.encodeStateAsUpdate(doc);
  if (!doc.store.pendingStructs && !doc.store.pendingDs) return state;
  const copy = new Y.Doc({ gc: doc.gc });
  applyExactly(copy, state, null);
  copy.store.pendingStructs = null;
  copy.store.pendingDs = null;
  const clean = Y.encodeStateAsUpdate(copy);
  copy.destroy();
  return clean;
}
