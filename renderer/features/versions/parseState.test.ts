import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { clientIdOf } from '../../../shared/sync/clientIds.ts';
import { parseState } from './parseState.ts';
import { readChangers, readReached } from './readReached.ts';

const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
const text = { type: 'text', version: 1, text: 'Words', format: 1, style: '', mode: 'normal', detail: 0 };
const block = (...children: unknown[]) => ({ type: 'block', version: 1, blockStyle: 'plain', children });
const stateOf = (...children: unknown[]) =>
  encode({ body: { root: { children } }, records: { claims: [{ id: 'a'.repeat(16) }] } });

describe('parseState', () => {
  it('reads what a version holds', () => {
    const state = parseState(stateOf(block(text, { type: 'citation', version: 1, exhibitId: '', page: 2 })));
    expect(state?.body.root.children[0]?.children).toMatchObject([{ text: 'Words', format: 1 }, { page: 2 }]);
    expect(state?.records['claims']).toHaveLength(1);
  });

  it('[DO55] reads the notes; a state kept before versions held them has none', () => {
    const note = { type: 'note', version: 1, noteId: 'b'.repeat(16), children: [block(text)] };
    const body = { root: { children: [block(text)] } };
    const state = parseState(encode({ body, notes: { root: { children: [note] } } }));
    expect(state?.notes.root.children).toMatchObject([{ noteId: note.noteId, children: [{ children: [text] }] }]);
    expect(parseState(encode({ body }))?.notes.root.children).toEqual([]);
    for (const wrong of [7, [7], [{ ...note, noteId: 7 }], [{ ...note, children: ['words'] }]])
      expect(parseState(encode({ body, notes: { root: { children: wrong } } }))).toBeNull();
  });

  it('takes nothing that is no text, and no style or mode of its own', () => {
    for (const wrong of [
      new Uint8Array([1, 2, 3]),
      encode(null),
      encode([]),
      encode({ body: { root: {} } }),
      stateOf('block'),
      stateOf(block('words')),
      stateOf(block({ ...text, text: 7 })),
      stateOf(block({ ...text, format: 'bold' })),
      stateOf(block(...Array.from({ length: 20_001 }, () => text))),
    ])
      expect(parseState(wrong)).toBeNull();
    const state = parseState(stateOf(block({ ...text, style: 'color:red', mode: 'token', detail: 9, $: 'marks' })));
    expect(state?.body.root.children[0]?.children[0]).toEqual(text);
  });
});

describe('readChangers', () => {
  it('names the organizations whose devices wrote something since', () => {
    const doc = new Y.Doc();
    const write = (client: number, use: () => void) => {
      doc.clientID = client;
      doc.transact(use);
    };
    const organizations = doc.getMap('organizations');
    for (const [device, name] of [
      [1, 'Center'],
      [2, 'Partner'],
    ] as const)
      write(clientIdOf(device, 0), () => {
        organizations.set(`org${device}/id`, `org${device}`);
        organizations.set(`org${device}/name`, name);
      });
    const before = readReached(doc);
    expect(readChangers(doc, before, readReached(doc))).toEqual([]);
    write(clientIdOf(2, 9), () => doc.getText('body').insert(0, 'words'));
    expect(readChangers(doc, before, readReached(doc))).toEqual(['Partner']);
  });
});
