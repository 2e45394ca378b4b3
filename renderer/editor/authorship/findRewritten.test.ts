import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { findRewritten } from './findRewritten.ts';
import { readInserted, readRemoved } from './transactionText.ts';

const OWN = 65_536;

/** Two texts in one document, and what the change of them wrote again: `[source letters, as they stand now]`. */
function rewrittenBy(first: string, second: string, change: (one: Y.XmlText, other: Y.XmlText) => void): string[] {
  const doc = new Y.Doc();
  doc.clientID = OWN;
  const body = doc.get('body', Y.XmlElement);
  const [one, other] = [new Y.XmlText(first), new Y.XmlText(second)];
  body.push([one, new Y.XmlElement('linebreak'), other]);
  const found: string[] = [];
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    for (const { target, source } of findRewritten(readInserted(transaction), readRemoved(transaction))) {
      const item = Y.getItem(doc.store, Y.createID(target.client, target.clock)) as Y.Item;
      const from = target.clock - item.id.clock;
      found.push((item.content as Y.ContentString).str.slice(from, from + source.length));
    }
  });
  doc.transact(() => change(one, other));
  return found;
}

describe('What was written again rather than typed', () => {
  it('is found where a diff left the last letter to whoever had it before', () => {
    // “knX” | “own” with “…n” and “o” replaced by “Z”: the old n stays, “Zw” is put before it
    const found = rewrittenBy('not known', 'own', (one, other) => {
      one.delete(4, 4);
      one.insert(4, 'Zw');
      other.delete(0, 3);
    });
    expect(found).toEqual(['w']);
  });

  it('is not found where the letter is the same by chance', () => {
    const found = rewrittenBy('not knowx', 'own', (one, other) => {
      one.delete(4, 4);
      one.insert(4, 'Zw');
      other.delete(0, 3);
    });
    expect(found).toEqual([]);
  });

  it('is found where the new words stand in the middle of those that went', () => {
    const found = rewrittenBy('start abcXYZ', '', (one, other) => {
      one.delete(9, 3);
      one.insert(9, 'new');
      one.delete(6, 3);
      other.insert(0, 'YZ');
    });
    expect(found).toEqual(['YZ']);
  });
});
