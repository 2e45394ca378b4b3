import * as Y from 'yjs';

/**
 * Applies an update and nothing else. After what it takes for a remote change, Yjs tidies up formats that look needless by
 * deletions of its own, which ones depending on the order of arrival; shared docs of the same frames would then differ.
 * Taken for a local one, the change stands as it is. [SY51]
 */
export function applyExactly(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  doc.transact((transaction) => {
    Y.applyUpdate(doc, update, origin);
    transaction.local = true;
  }, origin);
}
