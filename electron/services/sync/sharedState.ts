import * as Y from 'yjs';

/** The whole state of a document as an update, without what waits in it for something that is not there. [SY52] */
export function readSharedState(doc: Y.Doc): Uint8Array {
  const state = Y.encodeStateAsUpdate(doc);
  if (!doc.store.pendingStructs && !doc.store.pendingDs) return state;
  const copy = new Y.Doc({ gc: doc.gc });
  Y.applyUpdate(copy, state);
  copy.store.pendingStructs = null;
  copy.store.pendingDs = null;
  const clean = Y.encodeStateAsUpdate(copy);
  copy.destroy();
  return clean;
}
