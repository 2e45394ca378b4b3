import {
  $createTextNode,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  DELETE_CHARACTER_COMMAND,
  REDO_COMMAND,
  UNDO_COMMAND,
} from 'lexical';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { readCollection } from '../../../shared/domain/collections.ts';
import type { SerializedBody, SerializedNotes } from '../../../shared/domain/document.ts';
import type { NoteId } from '../../../shared/domain/ids.ts';
import { resolveSuggestions } from '../../../shared/domain/resolveSuggestions.ts';
import { readNotes } from '../../../shared/filing/filingNotes.ts';
import { fillBody } from '../binding/fillBody.ts';
import { takeBody } from '../binding/takeBody.ts';
import { $createBlockNode, BlockNode } from '../nodes/BlockNode.ts';
import { $createFootnoteNode } from '../nodes/FootnoteNode.ts';
import { ReviewDesk } from '../testing/ReviewDesk.ts';

const NOTE = 'nnnnnnnnnnnnnnnn' as NoteId;
const desks: ReviewDesk[] = [];
afterEach(() => {
  for (const desk of desks.splice(0)) desk.dispose();
});

function genesis(): Uint8Array {
  const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
  const text = {
    type: 'text',
    version: 1,
    text: 'Ten officers work there.',
    format: 0,
    style: '',
    mode: 'normal',
    detail: 0,
  } as const;
  const block = { ...layout, type: 'block', blockStyle: 'numbered', children: [text] } as const;
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillBody(doc, { root: { ...layout, type: 'root', children: [block] } } as unknown as SerializedBody);
  return Y.encodeStateAsUpdate(doc);
}
/** Two people, each of whom has everything of the other at once. */
function startTwo(): [ReviewDesk, ReviewDesk] {
  const state = genesis();
  const [one, other] = [2, 3].map((device) => new ReviewDesk(device * 65_536, state)) as [ReviewDesk, ReviewDesk];
  desks.push(one, other);
  one.doc.on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'peer' && Y.applyUpdate(other.doc, update, 'peer'),
  );
  other.doc.on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'peer' && Y.applyUpdate(one.doc, update, 'peer'),
  );
  return [one, other];
}
const type = (desk: ReviewDesk, words: string): void =>
  desk.edit(desk.notes, () => void desk.notes.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, words));
const noteWords = (desk: ReviewDesk): string => desk.notes.read(() => $getRoot().getTextContent());
const records = (desk: ReviewDesk) => readCollection('suggestions', desk.doc.getMap('suggestions'));

/** A note that an editor wrote, without suggesting. */
function writeNote(desk: ReviewDesk): void {
  desk.select(desk.text, 0, 3);
  desk.edit(desk.text, () => {
    const selection = $getSelection();
    if ($isRangeSelection(selection)) selection.insertNodes([$createFootnoteNode(NOTE)]);
  });
  desk.select(desk.notes, 0, 0);
  type(desk, 'See the report.');
}

describe('[DO33] suggestions in footnotes', () => {
  it('words in a note are suggested, listed at their place, filed only when accepted', () => {
    const [owner, reviewer] = startTwo();
    writeNote(owner);
    reviewer.suggestions.api.setReviewer(true);
    reviewer.select(reviewer.notes, 0, 8, 14);
    type(reviewer, 'article');
    const [entry, ...others] = owner.suggestions.api.list();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ inserted: 'article', deleted: 'report', inNote: true });
    const filed = (): string => {
      const body = resolveSuggestions(takeBody(owner.text), records(owner), 'rejected').root.children;
      const { notes } = readNotes(body as never, takeBody(owner.notes) as unknown as SerializedNotes, records(owner));
      return JSON.stringify(notes);
    };
    expect(filed()).toContain('See the ');
    expect(filed()).toContain('report');
    expect(filed()).not.toContain('article');
    expect(owner.suggestions.api.answer('accepted', [entry?.id ?? ''])).toBe(1);
    expect(noteWords(reviewer)).toBe('See the article.');
    expect(filed()).toContain('article');
    expect(records(reviewer)).toEqual([]);
  });

  it('a key that goes to the next one finds what came this moment, and those who look are told', () => {
    const [owner, reviewer] = startTwo();
    writeNote(owner);
    const told = vi.fn();
    const stop = owner.suggestions.api.subscribe(told);
    expect(owner.suggestions.api.listNow()).toEqual([]);
    told.mockClear();
    reviewer.suggestions.api.setReviewer(true);
    reviewer.select(reviewer.notes, 0, 8, 14);
    type(reviewer, 'article');
    expect(owner.suggestions.api.list()).toEqual([]);
    expect(owner.suggestions.api.listNow()).toMatchObject([{ inserted: 'article' }]);
    expect(told).toHaveBeenCalledTimes(1);
    stop();
  });

  it('a suggested footnote and its words are one suggestion; rejected, both go, and undo brings both back', () => {
    const [owner, reviewer] = startTwo();
    reviewer.suggestions.api.setReviewer(true);
    reviewer.select(reviewer.text, 0, 3);
    reviewer.api.insertFootnote();
    reviewer.select(reviewer.notes, 0, 0);
    type(reviewer, 'Suggested words.');
    const [entry, ...others] = owner.suggestions.api.list();
    expect(others).toEqual([]);
    expect(entry?.inserted).toContain('Suggested words.');
    expect(records(owner).map(({ kind }) => kind)).toEqual(['footnote']);
    owner.suggestions.api.answer('rejected', [entry?.id ?? '']);
    expect(noteWords(reviewer)).toBe('');
    expect(owner.suggestions.api.list()).toEqual([]);
    owner.edit(owner.text, () => void owner.text.dispatchCommand(UNDO_COMMAND, undefined));
    expect(noteWords(reviewer)).toBe('Suggested words.');
    expect(owner.suggestions.api.list()).toHaveLength(1);
    owner.suggestions.api.answer('accepted', [entry?.id ?? '']);
    expect(noteWords(owner)).toBe('Suggested words.');
    expect(owner.suggestions.api.list()).toEqual([]);
  });

  it('deleting one’s own suggested reference leaves the words of others in its note', () => {
    const [owner, reviewer] = startTwo();
    reviewer.suggestions.api.setReviewer(true);
    reviewer.select(reviewer.text, 0, 3);
    reviewer.api.insertFootnote();
    reviewer.select(reviewer.notes, 0, 0);
    type(reviewer, 'Mine.');
    owner.edit(owner.notes, () => {
      const note = $getRoot().getFirstChild();
      if ($isElementNode(note)) note.append($createBlockNode('plain').append($createTextNode('Of the owner.')));
    });
    const before = noteWords(reviewer);
    expect(before).toContain('Of the owner.');
    reviewer.select(reviewer.text, 0, 4);
    reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(DELETE_CHARACTER_COMMAND, true));
    expect(noteWords(owner)).toContain('Of the owner.');
  });
});

describe('[DO19] a suggestion that nothing carries any more', () => {
  it('is withdrawn with the last of its words, and undo brings both back', () => {
    const [owner, reviewer] = startTwo();
    reviewer.suggestions.api.setReviewer(true);
    reviewer.select(reviewer.text, 0, 3);
    reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'x'));
    expect(records(owner)).toHaveLength(1);
    reviewer.binding.undoManager.stopCapturing();
    reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(DELETE_CHARACTER_COMMAND, true));
    expect(records(owner)).toEqual([]);
    reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(UNDO_COMMAND, undefined));
    expect(records(owner)).toHaveLength(1);
    expect(owner.suggestions.api.list()).toHaveLength(1);
    reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(REDO_COMMAND, undefined));
    expect(records(owner)).toEqual([]);
  });

  it('also when somebody else deletes the paragraph around it, but not while a mark is left', () => {
    const [owner, reviewer] = startTwo();
    reviewer.suggestions.api.setReviewer(true);
    for (const at of [3, 12]) {
      reviewer.select(reviewer.text, 0, at);
      reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'x'));
    }
    const [first] = records(owner);
    owner.edit(owner.text, () => {
      const block = $getRoot().getFirstChild();
      if ($isElementNode(block)) block.getChildAtIndex(1)?.remove();
    });
    expect(records(owner)).toHaveLength(1);
    expect(records(owner)[0]?.id).not.toBe(first?.id);
    owner.edit(owner.text, () => $getRoot().getFirstChild()?.remove());
    expect(records(reviewer)).toEqual([]);
  });

  it('[SY80] what was accepted is not taken back by the reviewer’s undo', () => {
    const [owner, reviewer] = startTwo();
    reviewer.suggestions.api.setReviewer(true);
    reviewer.select(reviewer.text, 0, 3);
    reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, ' new'));
    owner.suggestions.api.answer(
      'accepted',
      owner.suggestions.api.list().map(({ id }) => id),
    );
    const accepted = owner.wordsOf(0);
    expect(accepted).toContain(' new');
    reviewer.edit(reviewer.text, () => void reviewer.text.dispatchCommand(UNDO_COMMAND, undefined));
    expect(owner.wordsOf(0)).toBe(accepted);
  });
});

describe('what suggestions cost while somebody reads or writes', () => {
  const write = (desk: ReviewDesk, block: number, at: number, words: string): void => {
    desk.select(desk.text, block, at);
    desk.edit(desk.text, () => void desk.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, words));
  };
  const addParagraph = (desk: ReviewDesk): void =>
    desk.edit(
      desk.text,
      () => void $getRoot().append($createBlockNode('numbered').append($createTextNode('Nobody was seen there.'))),
    );

  it('asking what the selection touches changes nothing: no node is split, no update, no transaction', () => {
    const [owner, reviewer] = startTwo();
    reviewer.suggestions.api.setReviewer(true);
    write(reviewer, 0, 3, ' new');
    const [id] = owner.suggestions.api.list().map((entry) => entry.id);
    const nodes = owner.text.getEditorState()._nodeMap.size;
    const calls = vi.fn();
    const stop = owner.text.registerUpdateListener(calls);
    owner.doc.on('afterTransaction', calls);
    const touched = [
      [0, 3],
      [0, 4],
      [4, 5],
      [5, 6],
      [6, 12],
      [7, 12],
      [1, 2],
    ].map(([from = 0, to = 0]) => {
      owner.select(owner.text, 0, from, to);
      calls.mockClear();
      const ids = owner.suggestions.api.selected();
      expect(calls).not.toHaveBeenCalled();
      return ids[0] === id;
    });
    expect(touched).toEqual([false, true, true, true, true, false, false]);
    expect(owner.text.getEditorState()._nodeMap.size).toBe(nodes);
    stop();
  });

  it('the text is not read again for words that carry no suggestion; the list stays the very same', () => {
    const [owner, reviewer] = startTwo();
    addParagraph(owner);
    reviewer.suggestions.api.setReviewer(true);
    write(reviewer, 0, 3, ' new');
    const { api } = owner.suggestions;
    vi.useFakeTimers();
    const told = vi.fn();
    const stop = api.subscribe(told);
    try {
      const before = api.list();
      expect(before).toMatchObject([{ inserted: ' new' }]);
      const read = vi.spyOn(BlockNode.prototype, 'getFirstChild');
      for (const letter of 'words') write(owner, 1, 6, letter);
      // In the paragraph of the suggestion, but not in its words.
      write(owner, 0, 12, ' often');
      vi.advanceTimersByTime(1_000);
      expect(told).not.toHaveBeenCalled();
      read.mockClear();
      expect(api.list()).toBe(before);
      expect(read).not.toHaveBeenCalled();
      read.mockRestore();
      write(reviewer, 0, 7, 'ly');
      vi.advanceTimersByTime(150);
      expect(told).toHaveBeenCalledTimes(1);
      expect(api.list()).toMatchObject([{ inserted: ' newly' }]);
      owner.edit(owner.text, () => $getRoot().getFirstChild()?.remove());
      vi.advanceTimersByTime(150);
      expect(api.list()).toEqual([]);
    } finally {
      stop();
      vi.useRealTimers();
    }
  });
});
