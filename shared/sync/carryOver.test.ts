import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT } from '../domain/collections.ts';
import { readBodyBlocks } from './bodyBlocks.ts';
import { beginUnsent, carryOver, type Unsent } from './carryOver.ts';
import { clientIdOf } from './clientIds.ts';

const OWN = clientIdOf(2, 1);
const REMOVED = clientIdOf(3, 1);

/** A window's document with a paragraph of a partner and one of somebody who is removed, and the one without the latter. */
function makeDocs(): { old: Y.Doc; next: Y.Doc; theirs: Y.XmlText; voided: Y.XmlText; unsent: Unsent } {
  const next = new Y.Doc();
  next.clientID = clientIdOf(1, 1);
  const theirs = new Y.XmlText('A partner wrote this.');
  next.get(BODY_ROOT, Y.XmlElement).push([theirs as unknown as Y.XmlElement]);
  const old = new Y.Doc();
  Y.applyUpdate(old, Y.encodeStateAsUpdate(next));
  old.clientID = REMOVED;
  old.get(BODY_ROOT, Y.XmlElement).push([new Y.XmlText('Void.') as unknown as Y.XmlElement]);
  old.getMap('claims').set('c/status', 'theirs');
  old.clientID = OWN;
  const unsent = beginUnsent(old);
  old.on('update', (update: Uint8Array) => unsent.updates.push(update));
  const [first, second] = old.get(BODY_ROOT, Y.XmlElement).toArray() as unknown as [Y.XmlText, Y.XmlText];
  return { old, next, theirs: first, voided: second, unsent };
}
const texts = (doc: Y.Doc): string[] => readBodyBlocks(doc).map(({ text }) => text);

describe('[SY55] what a window changed while its document was built anew', () => {
  it('is in the new document, words, deletions and fields of records', () => {
    const { old, next, theirs, unsent } = makeDocs();
    theirs.insert(theirs.length, ' So did I.');
    theirs.delete(0, 2);
    old.getMap('links').set('l/page', 4);
    expect(carryOver(old, unsent, next, false)).toEqual([]);
    expect(texts(next)).toEqual(['partner wrote this. So did I.']);
    expect(next.getMap('links').get('l/page')).toBe(4);
    expect(next.store.pendingStructs).toBeNull();
  });

  it('from the first change on top of what is gone: fields again, paragraphs given back, nothing deleted', () => {
    const { old, next, theirs, voided, unsent } = makeDocs();
    theirs.insert(theirs.length, ' Before.');
    voided.insert(voided.length, ' On top.');
    theirs.insert(theirs.length, ' After.');
    theirs.delete(0, 2);
    old.getMap('claims').set('c/status', 'mine');
    expect(carryOver(old, unsent, next, false)).toEqual([
      { before: 'A partner wrote this.', text: 'partner wrote this. Before. After.' },
      { before: 'Void.', text: 'Void. On top.' },
    ]);
    expect(texts(next)).toEqual(['A partner wrote this. Before.']);
    expect(next.getMap('claims').get('c/status')).toBe('mine');
    expect([next.store.pendingStructs, next.store.pendingDs]).toEqual([null, null]);
  });

  it('is given back whole where nothing may be written', () => {
    const { old, next, theirs, unsent } = makeDocs();
    theirs.insert(theirs.length, ' Too late.');
    old.getMap('links').set('l/page', 4);
    expect(carryOver(old, unsent, next, true)).toEqual([
      { before: 'A partner wrote this.', text: 'A partner wrote this. Too late.' },
    ]);
    expect(texts(next)).toEqual(['A partner wrote this.']);
    expect(next.getMap('links').size).toBe(0);
  });

  it('only deletes: a deletion of what is gone changes nothing', () => {
    const { old, next, voided, unsent } = makeDocs();
    voided.delete(0, 5);
    expect(carryOver(old, unsent, next, false)).toEqual([]);
    expect(texts(next)).toEqual(['A partner wrote this.']);
    expect(next.store.pendingDs).toBeNull();
  });
});
