import * as Y from 'yjs';
import { BODY_ROOT, NOTES_ROOT } from '../../../shared/domain/collections.ts';

/** The notes of a document as its Y.Doc holds them, in the order of that list, which means nothing. */
export function notesRoot(doc: Y.Doc): Y.XmlElement {
  return doc.get(NOTES_ROOT, Y.XmlElement) as Y.XmlElement;
}

/** The id an element of a note or of a reference carries; null when it is neither. */
export function noteIdOf(element: unknown): string | null {
  if (!(element instanceof Y.XmlElement) || (element.nodeName !== 'note' && element.nodeName !== 'footnote'))
    return null;
  // From the map itself: a removed element still tells what it was while its transaction lasts.
  const value: unknown = element._map.get('__noteId')?.content.getContent().at(-1);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Every element of a note with one of these ids. */
export function findNotes(doc: Y.Doc, ids: ReadonlySet<string>): Y.XmlElement[] {
  return notesRoot(doc)
    .toArray()
    .filter((child): child is Y.XmlElement => child instanceof Y.XmlElement && ids.has(noteIdOf(child) ?? ''));
}

/** Ids that the body refers to, of those given. */
export function findReferred(doc: Y.Doc, ids: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const open: Y.AbstractType<unknown>[] = [doc.get(BODY_ROOT, Y.XmlElement) as Y.AbstractType<unknown>];
  // a table holds rows, cells and blocks before it holds a reference; words hold none
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
      const inner = item.content.type as Y.AbstractType<unknown>;
      const id = noteIdOf(inner);
      if (id !== null && ids.has(id)) found.add(id);
      else if (id === null && inner instanceof Y.XmlElement) open.push(inner as Y.AbstractType<unknown>);
    }
  }
  return found;
}

/** Adds an empty note of one paragraph. */
export function addNote(doc: Y.Doc, noteId: string): void {
  const note = new Y.XmlElement('note');
  note.setAttribute('__noteId', noteId);
  note.insert(0, [buildBlock()]);
  notesRoot(doc).push([note]);
}

/** Takes all words out of a note. Its paragraphs and the texts in them stay: what a partner types there meanwhile is kept. [DO30] */
export function clearNote(note: Y.XmlElement): void {
  for (const block of note.toArray()) {
    if (!(block instanceof Y.XmlElement)) continue;
    for (let index = block.length - 1; index >= 0; index--) {
      const child = block.get(index);
      if (child instanceof Y.XmlText) {
        if (child.length > 0) child.delete(0, child.length);
      } else block.delete(index, 1);
    }
  }
}

/** True when nothing can be read in it. */
export function isBlankNote(note: Y.XmlElement): boolean {
  return note
    .toArray()
    .every(
      (block) =>
        !(block instanceof Y.XmlElement) ||
        block.toArray().every((child) => child instanceof Y.XmlText && child.length === 0),
    );
}

/** Puts paragraphs in the place of those of a blank note. */
export function fillNote(note: Y.XmlElement, blocks: readonly Y.XmlElement[]): void {
  note.delete(0, note.length);
  note.insert(0, blocks.length > 0 ? [...blocks] : [buildBlock()]);
}

/** The paragraphs of a note, copied as they are now. */
export function copyBlocks(note: Y.XmlElement): Y.XmlElement[] {
  return note
    .toArray()
    .filter((block): block is Y.XmlElement => block instanceof Y.XmlElement)
    .map((block) => block.clone() as Y.XmlElement);
}

function buildBlock(): Y.XmlElement {
  const block = new Y.XmlElement('block');
  block.setAttribute('__blockStyle', 'plain');
  return block;
}
