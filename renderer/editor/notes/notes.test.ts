import { $createTextNode, $getRoot, $getSelection, $isElementNode, $isRangeSelection, type LexicalNode } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { NoteId } from '../../../shared/domain/ids.ts';
import { fillBody } from '../binding/fillBody.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $createFootnoteNode, $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $insertTable } from '../tables/tableCommands.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { notesRoot } from './noteElements.ts';

const NOTE = 'aaaaaaaaaaaaaaaa' as NoteId;
const peers: FuzzPeer[] = [];
afterEach(() => {
  for (const peer of peers.splice(0)) peer.dispose();
});

function startTwo(): [FuzzPeer, FuzzPeer] {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
  const text = { type: 'text', version: 1, text: 'Words', format: 0, style: '', mode: 'normal', detail: 0 } as const;
  const block = { ...layout, type: 'block', blockStyle: 'numbered', children: [text] } as const;
  fillBody(doc, { root: { ...layout, type: 'root', children: [block] } } as unknown as SerializedBody);
  const genesis = Y.encodeStateAsUpdate(doc);
  const both = [1, 2].map((device) => new FuzzPeer(device * 65_536, genesis, false, { withNotes: true }));
  peers.push(...both);
  return both as [FuzzPeer, FuzzPeer];
}

function insert({ editor }: FuzzPeer): void {
  editor.update(() => $firstBlock().append($createFootnoteNode(NOTE)), { discrete: true });
}

function removeReference({ editor }: FuzzPeer): void {
  editor.update(() => $firstBlock().getChildren().find($isFootnoteNode)?.remove(), { discrete: true });
}

function write({ notes }: FuzzPeer, words: string): void {
  notes?.update(
    () => {
      const note = $getRoot().getFirstChild();
      if ($isElementNode(note)) note.selectEnd().insertText(words);
    },
    { discrete: true },
  );
}

function $firstBlock() {
  const block: LexicalNode | null = $getRoot().getFirstChild();
  if (!$isElementNode(block)) throw new Error('no block');
  return block;
}

function deliver(from: FuzzPeer, to: FuzzPeer): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'remote');
}

const wordsOf = (peer: FuzzPeer): string =>
  peer.notes?.getEditorState().read(() => $getRoot().getTextContent().trim()) ?? '';
const referencesOf = (peer: FuzzPeer): number =>
  peer.editor.getEditorState().read(() => $firstBlock().getChildren().filter($isFootnoteNode).length);

describe('a footnote and its reference', () => {
  it('[DO30] come and go in one update each, so that a partner never has one without the other', () => {
    const [a] = startTwo();
    let updates = 0;
    a.doc.on('update', () => updates++);
    insert(a);
    expect([updates, referencesOf(a), notesRoot(a.doc).length]).toEqual([1, 1, 1]);
    write(a, 'A name.');
    updates = 0;
    removeReference(a);
    expect([updates, referencesOf(a), wordsOf(a)]).toEqual([1, 0, '']);
    expect(a.reloaded()).toBe(a.live());
  });

  it('[DO30] stay together in a table, also when a reference goes to the next paragraph of its cell', () => {
    const [a] = startTwo();
    const $cellBlock = () =>
      $getRoot()
        .getAllTextNodes()
        .find((node) => node.getTextContent() === 'In a cell')
        ?.getParent();
    a.editor.update(
      () => {
        $firstBlock().selectEnd();
        let drawn = 0;
        $insertTable(1, 1, () => `aaaaaaaaaaaaaaa${'bcdefgh'[drawn++ % 7]}`);
        const selection = $getSelection();
        if ($isRangeSelection(selection)) selection.insertText('In a cell');
        $cellBlock()?.append($createFootnoteNode(NOTE));
      },
      { discrete: true },
    );
    write(a, 'Kept words.');
    expect(wordsOf(a)).toBe('Kept words.');
    a.editor.update(
      () => {
        const block = $cellBlock();
        const footnote = block?.getChildren().find($isFootnoteNode);
        if ($isBlockNode(block) && footnote)
          block.insertNewAfter(block.selectEnd(), false).append(footnote, $createTextNode('next'));
      },
      { discrete: true },
    );
    expect(wordsOf(a)).toBe('Kept words.');
    expect(a.reloaded()).toBe(a.live());
  });

  it('[DO30] keep what a partner types into the note while its reference goes', () => {
    const [a, b] = startTwo();
    insert(a);
    write(a, 'A name.');
    deliver(a, b);
    write(b, ' Late words.');
    removeReference(a);
    deliver(a, b);
    deliver(b, a);
    expect([wordsOf(a), wordsOf(b)]).toEqual(['Late words.', 'Late words.']);
    expect([referencesOf(a), referencesOf(b)]).toEqual([0, 0]);
    expect([b.live(), a.reloaded(), b.reloaded()]).toEqual([a.live(), a.live(), a.live()]);
  });

  it('come back together by undo, and the words by pasting what was cut', () => {
    const [a, b] = startTwo();
    insert(a);
    write(a, 'A name.');
    a.binding.undoManager.stopCapturing();
    removeReference(a);
    a.binding.undoManager.undo();
    expect([referencesOf(a), wordsOf(a)]).toEqual([1, 'A name.']);
    removeReference(a);
    insert(a);
    expect([referencesOf(a), wordsOf(a)]).toEqual([1, 'A name.']);
    deliver(a, b);
    expect(b.live()).toBe(a.live());
  });

  it('[DO30] undoing the insertion takes away own words and leaves those of a partner', () => {
    const [a, b] = startTwo();
    insert(a);
    write(a, 'Mine. ');
    deliver(a, b);
    write(b, 'Theirs.');
    deliver(b, a);
    a.binding.undoManager.undo();
    expect([referencesOf(a), wordsOf(a)]).toEqual([0, 'Theirs.']);
    deliver(a, b);
    expect(b.live()).toBe(a.live());
  });

  it('the notes of a new document are none, for every peer', () => {
    const [a, b] = startTwo();
    write(a, 'Nowhere');
    deliver(a, b);
    expect([notesRoot(a.doc).length, notesRoot(b.doc).length, wordsOf(a), wordsOf(b)]).toEqual([0, 0, '', '']);
  });
});
