import { $getRoot, $isElementNode, $isTextNode } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBlock, SerializedBody, SerializedNotes } from '../../../shared/domain/document.ts';
import type { NoteId } from '../../../shared/domain/ids.ts';
import { buildRedline } from '../../../shared/domain/redline/buildRedline.ts';
import { compareNotes } from '../../../shared/domain/redline/compareNotes.ts';
import { fillBody } from '../binding/fillBody.ts';
import { takeBody } from '../binding/takeBody.ts';
import { $createFootnoteNode } from '../nodes/FootnoteNode.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { createRedlineApi } from './createRedlineApi.ts';

const [FIRST, SECOND] = ['a', 'b'].map((letter) => letter.repeat(16) as NoteId) as [NoteId, NoteId];
const peers: FuzzPeer[] = [];
afterEach(() => {
  for (const peer of peers.splice(0)) peer.dispose();
});

const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
const block = (words: string): SerializedBlock => ({
  ...layout,
  type: 'block',
  blockStyle: 'numbered',
  children: [{ type: 'text', version: 1, text: words, format: 0, style: '', mode: 'normal', detail: 0 }],
});

function startTwo(): [FuzzPeer, FuzzPeer] {
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillBody(doc, { root: { ...layout, type: 'root', children: [block('One.'), block('Two.')] } });
  const genesis = Y.encodeStateAsUpdate(doc);
  const both = [1, 2].map((device) => new FuzzPeer(device * 65_536, genesis, false, { withNotes: true }));
  peers.push(...both);
  return both as [FuzzPeer, FuzzPeer];
}

function refer({ editor }: FuzzPeer, at: number, id: NoteId): void {
  editor.update(
    () => {
      const paragraph = $getRoot().getChildAtIndex(at);
      if ($isElementNode(paragraph)) paragraph.append($createFootnoteNode(id));
    },
    { discrete: true },
  );
}

function write({ notes }: FuzzPeer, at: number, words: string): void {
  notes?.update(
    () => {
      const note = $getRoot().getChildAtIndex(at);
      const paragraph = $isElementNode(note) ? note.getFirstChild() : null;
      const text = $isElementNode(paragraph) ? paragraph.getFirstChild() : null;
      if ($isTextNode(text)) text.setTextContent(words);
      else if ($isElementNode(note)) note.selectEnd().insertText(words);
    },
    { discrete: true },
  );
}

const deliver = (from: FuzzPeer, to: FuzzPeer): void =>
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'remote');
const stateOf = (peer: FuzzPeer): { body: SerializedBody; notes: SerializedNotes } => ({
  body: takeBody(peer.editor),
  notes: takeBody(peer.notes as FuzzPeer['editor']) as unknown as SerializedNotes,
});
const wordsOf = (peer: FuzzPeer): string[] =>
  peer.notes?.getEditorState().read(() =>
    $getRoot()
      .getChildren()
      .map((note) => note.getTextContent()),
  ) ?? [];

function goBack(peer: FuzzPeer, target: { body: SerializedBody; notes: SerializedNotes }): boolean {
  const api = createRedlineApi(peer.editor, peer.notes as FuzzPeer['editor'], peer.binding);
  const before = takeBody(peer.editor);
  return api.applyRedline(buildRedline(before, target.body), before, target, () => undefined);
}

describe('going back to a version with notes', () => {
  it('[DO55] gives its notes, one that is gone as well, and undo takes it back in one step', () => {
    const [a, b] = startTwo();
    refer(a, 0, FIRST);
    write(a, 0, 'See the report of 2017.');
    const then = stateOf(a);
    a.binding.undoManager.stopCapturing();
    write(a, 0, 'See the report of 2018 at 7.');
    refer(a, 1, SECOND);
    write(a, 1, 'A second note.');
    const now = stateOf(a);
    expect(compareNotes(now, then).map(({ noteId, before, after }) => [noteId, before, after])).toEqual([
      [FIRST, true, true],
      [SECOND, true, false],
    ]);
    expect(goBack(a, then)).toBe(true);
    expect(takeBody(a.editor)).toEqual(then.body);
    expect(wordsOf(a)[0]).toBe('See the report of 2017.');
    expect(wordsOf(a).join('')).not.toContain('A second note.');
    a.binding.undoManager.undo();
    expect(stateOf(a)).toEqual(now);
    expect(a.reloaded()).toBe(a.live());
    expect(goBack(a, { ...now })).toBe(true);
    deliver(a, b);
    expect(b.live()).toBe(a.live());
  });

  it('[DO55] leaves what a partner types into a note at that moment', () => {
    const [a, b] = startTwo();
    refer(a, 0, FIRST);
    write(a, 0, 'See the report of 2017.');
    const then = stateOf(a);
    write(a, 0, 'Something wholly different stands here by now.');
    deliver(a, b);
    write(b, 0, 'Something wholly different stands here by now. PARTNER');
    expect(goBack(a, then)).toBe(true);
    deliver(a, b);
    deliver(b, a);
    expect(wordsOf(a)[0]).toContain('See the report of 2017.');
    expect(wordsOf(a)[0]).toContain('PARTNER');
    expect([b.live(), a.reloaded()]).toEqual([a.live(), a.live()]);
  });
});
