import { $getSelection, $isRangeSelection } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { NoteId, ThreadId } from '../../../shared/domain/ids.ts';
import { fillBody } from '../binding/fillBody.ts';
import { $createFootnoteNode } from '../nodes/FootnoteNode.ts';
import { ReviewDesk } from '../testing/ReviewDesk.ts';

const THREAD = 'tttttttttttttttt' as ThreadId;
const desks: ReviewDesk[] = [];
afterEach(() => {
  for (const desk of desks.splice(0)) desk.dispose();
});

describe('[DO20] a thread about words of a footnote', () => {
  it('is placed at the reference of its note, and is without a place when the words go', () => {
    const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
    const text = { type: 'text', version: 1, text: 'Ten officers.', format: 0, style: '', mode: 'normal', detail: 0 };
    const block = { ...layout, type: 'block', blockStyle: 'numbered', children: [text] };
    const doc = new Y.Doc();
    doc.clientID = 1;
    fillBody(doc, { root: { ...layout, type: 'root', children: [block] } } as unknown as SerializedBody);
    const desk = new ReviewDesk(2 * 65_536, Y.encodeStateAsUpdate(doc));
    desks.push(desk);
    desk.select(desk.text, 0, 3);
    desk.edit(desk.text, () => {
      const selection = $getSelection();
      if ($isRangeSelection(selection)) selection.insertNodes([$createFootnoteNode('nnnnnnnnnnnnnnnn' as NoteId)]);
    });
    desk.select(desk.notes, 0, 0);
    const insert = (words: string): void =>
      desk.edit(desk.notes, () => {
        const selection = $getSelection();
        if ($isRangeSelection(selection)) selection.insertText(words);
      });
    insert('See the annual report.');
    desk.select(desk.notes, 0, 8, 14);
    const place = { anchor: 'text', quote: 'annual', anchorPos: null, focusPos: null, inNote: true } as const;
    expect(desk.api.markThread(THREAD, place)).toBe(true);
    expect(desk.recompute().threads.get(THREAD)).toEqual({
      text: 'annual',
      blockKey: desk.keyOf(0),
      number: null,
      noteNumber: 1,
    });
    desk.select(desk.notes, 0, 0, 22);
    desk.edit(desk.notes, () => {
      const selection = $getSelection();
      if ($isRangeSelection(selection)) selection.removeText();
    });
    expect(desk.recompute().threads.has(THREAD)).toBe(false);
  });
});
