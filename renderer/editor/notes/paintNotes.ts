import { $getRoot, type LexicalEditor } from 'lexical';
import type { LabelWords } from '../decorations/LabelPainter.ts';
import type { DocumentIndex } from '../EditorApi.ts';
import type { NotesIndex } from './indexNotes.ts';

/** What stands on an element of the page: reading it from there for every footnote takes longer than painting. */
const painted = new WeakMap<HTMLElement, string>();

/** Writes the numbers of the footnotes into the text. */
export function paintReferences(editor: LexicalEditor, references: NotesIndex['references'], words: LabelWords): void {
  for (const { nodeKey, number } of references) {
    const element = editor.getElementByKey(nodeKey);
    if (!element) continue;
    const text = String(number);
    const name = words.footnote(number);
    if (painted.get(element) === name) continue;
    painted.set(element, name);
    if (element.textContent !== text) element.textContent = text;
    element.setAttribute('aria-label', name);
  }
}

/**
 * Numbers the notes and puts them on screen in the order of their references, by style alone: the order in the document
 * means nothing. A note without a place is not shown here.
 */
export function paintNotes(
  editor: LexicalEditor,
  root: HTMLElement,
  { notes }: DocumentIndex,
  words: LabelWords,
): void {
  const byKey = new Map(notes.map((note) => [note.noteKey, note]));
  for (const key of editor.getEditorState().read(() => $getRoot().getChildrenKeys())) {
    const element = editor.getElementByKey(key);
    if (!element) continue;
    const number = byKey.get(key)?.number;
    if (number === undefined) {
      delete element.dataset.number;
      painted.delete(element);
      continue;
    }
    const name = words.footnote(number);
    if (painted.get(element) === name) continue;
    painted.set(element, name);
    element.dataset.number = String(number);
    element.style.order = String(number);
    element.setAttribute('aria-label', name);
  }
  const section = root.closest<HTMLElement>('.notes');
  const hidden = !notes.some(({ noteKey }) => noteKey !== null);
  if (section && section.hidden !== hidden) section.hidden = hidden;
}
