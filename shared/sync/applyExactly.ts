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

/**
 * As `applyExactly`, and listeners of 'update' are not told: for one that they are handed as it is. Yjs would write out
 * what changed for them, which for a whole state takes nearly as long as to apply it. Not inside a transaction.
 */
export function applyUntold(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  const listeners = doc._observers.get('update');
  doc._observers.delete('update');
  try {
    applyExactly(doc, update, origin);
  } finally {
    if (listeners) doc._observers.set('update', listeners);
  }
}
