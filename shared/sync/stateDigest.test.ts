import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hex } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { applyExactly } from './applyExactly.ts';
import { clientIdOf } from './clientIds.ts';
import { seededCiphers, seededNumbers } from './testing/seededCiphers.ts';
import { digestOf, stateOf } from './testing/TestReplica.ts';

let ciphers: Ciphers;
beforeAll(async () => {
  await sodium.ready;
  ciphers = seededCiphers(sodium, 1);
});
const digest = (doc: Y.Doc): string => hex(digestOf(ciphers, doc));

/** Three people who write at once and exchange now and then; every update anybody made. */
function writeTogether(seed: number, formats: boolean): { docs: Y.Doc[]; updates: Uint8Array[] } {
  const below = seededNumbers(seed);
  const updates: Uint8Array[] = [];
  const docs = [1, 2, 3].map((number) => {
    const doc = new Y.Doc();
    doc.clientID = clientIdOf(number, 0);
    doc.on('update', (update: Uint8Array, origin: unknown) => void (origin === 'received' || updates.push(update)));
    return doc;
  });
  const seen = docs.map(() => 0);
  const undo = docs.map((doc) => new Y.UndoManager([doc.getText('text'), doc.getArray('list')], { captureTimeout: 0 }));
  for (let step = 0; step < 50; step++) {
    const which = below(docs.length);
    const doc = docs[which] as Y.Doc;
    const text = doc.getText('text');
    const list = doc.getArray('list');
    const xml = doc.get('body', Y.XmlElement);
    const inner = xml.length > 0 ? xml.get(0) : null;
    switch (below(formats ? 10 : 9)) {
      case 0:
      case 1:
        text.insert(below(text.length + 1), ['palabra ', 'x', '“', 'ñ '][below(4)] as string);
        break;
      case 2:
        if (text.length > 4) text.delete(below(text.length - 3), 1 + below(3));
        break;
      case 3:
        doc.getMap('map').set(`k${below(3)}`, [below(9), '😀', null, { a: [1] }][below(4)]);
        break;
      case 4:
        list.insert(below(list.length + 1), [below(9), 'item']);
        break;
      case 5:
        if (list.length > 1) list.delete(below(list.length - 1), 1);
        break;
      case 6: {
        const what = below(3);
        if (!(inner instanceof Y.XmlText)) xml.insert(0, [new Y.XmlText('first words')]);
        else if (inner.length < 6 || what === 0) inner.insert(below(inner.length + 1), 'inner ');
        else if (what === 1 || !formats) inner.delete(below(inner.length - 4), 1 + below(3));
        else
          inner.format(below(inner.length - 4), 1 + below(4), {
            [['b', 'i'][below(2)] as string]: below(2) === 0 || null,
          });
        break;
      }
      case 7:
        if (below(2) === 0) undo[which]?.undo();
        else undo[which]?.redo();
        break;
      case 8:
        for (; (seen[which] as number) < updates.length; (seen[which] as number)++)
          Y.applyUpdate(doc, updates[seen[which] as number] as Uint8Array, 'received');
        break;
      case 9:
        if (text.length > 3) text.format(below(text.length - 2), 2, { bold: below(2) === 0 ? true : null });
        break;
    }
  }
  return { docs, updates };
}

function built(updates: readonly Uint8Array[], client = 7): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = client;
  for (const update of updates) applyExactly(doc, update, 'received');
  return doc;
}

describe('stateDigest', () => {
  for (const formats of [false, true])
    it(`[SY51] is one digest for all who hold the same updates, in every order${formats ? ', with formats' : ''} (150 seeds)`, () => {
      for (let seed = 1; seed <= 150; seed++) {
        const { docs, updates } = writeTogether(seed, formats);
        const below = seededNumbers(seed + 500);
        const expected = digest(built(updates));
        const shuffled = [...updates].map((update) => ({ update, key: below(1_000) })).sort((a, b) => a.key - b.key);
        const others = [
          built([...updates].reverse()),
          built(shuffled.map(({ update }) => update)),
          built([...updates, ...updates]),
          built([Y.mergeUpdates(updates)]),
          built([Y.mergeUpdates(shuffled.map(({ update }) => update))]),
          built([Y.mergeUpdates(updates.slice(0, 20)), Y.mergeUpdates(updates.slice(15))]),
          built([Y.encodeStateAsUpdate(docs[1] as Y.Doc), ...updates]),
        ];
        for (const [i, doc] of others.entries()) {
          expect(digest(doc), `seed ${seed}, replica ${i}`).toBe(expected);
          expect(digest(built([stateOf(doc)])), `seed ${seed}, reloaded ${i}`).toBe(expected);
        }
      }
    }, 120_000);

  it('[SY51] differs after any word, order, deletion, value or attribute', () => {
    const start = (): Y.Doc => {
      const doc = new Y.Doc();
      doc.clientID = clientIdOf(1, 0);
      doc.getText('text').insert(0, 'one two three');
      doc.getMap('map').set('key', 'value');
      doc.getArray('list').insert(0, [1, 2, 3]);
      doc.get('body', Y.XmlElement).insert(0, [new Y.XmlElement('p'), new Y.XmlText('inner')]);
      return doc;
    };
    const edits: ((doc: Y.Doc) => void)[] = [
      () => {},
      (doc) => doc.getText('text').insert(3, '!'),
      (doc) => doc.getText('text').insert(4, '!'),
      (doc) => doc.getText('text').insert(3, '?'),
      (doc) => doc.getText('text').delete(3, 1),
      (doc) => doc.getText('text').delete(4, 1),
      (doc) => doc.getText('text').delete(3, 2),
      (doc) => doc.getText('text').format(0, 3, { bold: true }),
      (doc) => doc.getText('text').format(0, 3, { bold: false }),
      (doc) => doc.getText('text').format(0, 4, { bold: true }),
      (doc) => doc.getText('other').insert(0, '!'),
      (doc) => doc.getMap('map').set('key', 'other'),
      (doc) => doc.getMap('map').set('key2', 'value'),
      (doc) => doc.getMap('map').delete('key'),
      (doc) => doc.getArray('list').insert(1, [9]),
      (doc) => doc.getArray('list').insert(2, [9]),
      (doc) => doc.getArray('list').delete(0),
      (doc) => (doc.get('body', Y.XmlElement).get(0) as Y.XmlElement).setAttribute('style', 'x'),
      (doc) => (doc.get('body', Y.XmlElement).get(0) as Y.XmlElement).setAttribute('style', 'y'),
      (doc) => (doc.get('body', Y.XmlElement).get(1) as Y.XmlText).insert(0, 'x'),
      (doc) => doc.get('body', Y.XmlElement).delete(0, 1),
    ];
    const digests = edits.map((edit) => {
      const doc = start();
      edit(doc);
      return digest(doc);
    });
    expect(new Set(digests).size).toBe(edits.length);
  });

  it('[SY51] differs for one changed character anywhere', () => {
    const of = (text: string): string => {
      const doc = new Y.Doc();
      doc.clientID = clientIdOf(1, 0);
      doc.getText('text').insert(0, text);
      return digest(doc);
    };
    const words = 'The prisoner was held for nine days.';
    const all = new Set([of(words)]);
    for (let at = 0; at < words.length; at++) all.add(of(`${words.slice(0, at)}#${words.slice(at + 1)}`));
    expect(all.size).toBe(words.length + 1);
  });

  it('[SY51] [SY52] is the same whatever was typed and removed: deleted words are not in it', () => {
    const of = (secret: string): string => {
      const doc = new Y.Doc();
      doc.clientID = clientIdOf(1, 0);
      doc.getText('text').insert(0, `before ${secret} after`);
      doc.getText('text').delete(7, secret.length);
      expect(Buffer.from(stateOf(doc)).toString('latin1')).not.toContain(secret);
      return digest(doc);
    };
    expect(of('Maria')).toBe(of('Pedro'));
  });

  it('[SY51] structs cut and merged otherwise are one run', () => {
    const typed = new Y.Doc();
    typed.clientID = clientIdOf(1, 0);
    const single: Uint8Array[] = [];
    typed.on('update', (update: Uint8Array) => void single.push(update));
    for (const character of 'abcdefgh') typed.getText('text').insert(typed.getText('text').length, character);
    const pasted = new Y.Doc();
    pasted.clientID = clientIdOf(1, 0);
    pasted.getText('text').insert(0, 'abcdefgh');
    expect(digest(typed)).toBe(digest(pasted));
    expect(digest(built([...single].reverse()))).toBe(digest(pasted));
    const split = new Y.Doc();
    Y.applyUpdate(split, stateOf(pasted), 'received');
    split.clientID = clientIdOf(2, 0);
    split.getText('text').insert(4, 'X');
    const whole = built([stateOf(pasted), Y.encodeStateAsUpdate(split, Y.encodeStateVector(pasted))]);
    expect(digest(whole)).toBe(digest(split));
  });
});
