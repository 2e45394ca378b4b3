import {
  $getNearestNodeFromDOMNode,
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_HIGH,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_ESCAPE_COMMAND,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  type RangeSelection,
  SELECT_ALL_COMMAND,
  SELECTION_CHANGE_COMMAND,
} from 'lexical';
import type { NoteId } from '../../../shared/domain/ids.ts';
import { isKeyOf } from '../../ui/commands/commands.ts';
import type { EditorApi } from '../EditorApi.ts';
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $isNoteNode, type NoteNode } from '../nodes/NoteNode.ts';

/** Keys of references in the text: Ctrl+Alt+F (Cmd+Option+F) inserts one, Enter or a click on one goes to its note. */
export function registerReferenceKeys(
  editor: LexicalEditor,
  api: Pick<EditorApi, 'goToNote' | 'insertFootnote'>,
): () => void {
  const goTo = (noteId: NoteId | ''): boolean => noteId !== '' && api.goToNote(noteId, 'note');
  return mergeRegister(
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        if (!isKeyOf(event, 'footnote')) return false;
        event.preventDefault();
        queueMicrotask(() => api.insertFootnote());
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        const selection = $getSelection();
        const [node] = $isNodeSelection(selection) ? selection.getNodes() : [];
        if (!$isFootnoteNode(node)) return false;
        event?.preventDefault();
        const noteId = node.getNoteId();
        queueMicrotask(() => goTo(noteId));
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      CLICK_COMMAND,
      (event) => {
        const node = event.target instanceof Node ? $getNearestNodeFromDOMNode(event.target) : null;
        if (!$isFootnoteNode(node)) return false;
        const noteId = node.getNoteId();
        queueMicrotask(() => goTo(noteId));
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
}

/**
 * Keys of the notes: Escape and a click on the number go back to the reference. No key joins two notes or takes one
 * away: a selection ends where its note ends, and nothing is deleted across that end.
 */
export function registerNoteKeys(editor: LexicalEditor, api: Pick<EditorApi, 'goToNote' | 'getIndex'>): () => void {
  const goBack = (note: NoteNode | null): boolean => {
    const noteId = note?.getNoteId() ?? '';
    if (noteId === '') return false;
    queueMicrotask(() => api.goToNote(noteId, 'reference'));
    return true;
  };
  const $holdAtEdge = (isBackward: boolean): boolean => {
    const selection = $getSelection();
    return $isRangeSelection(selection) && selection.isCollapsed() && $isAtEdge(selection, isBackward);
  };
  const $toNeighbour = (event: KeyboardEvent, isUp: boolean): boolean => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
    const selection = $getSelection();
    if (!$isRangeSelection(selection) || !$isAtEdge(selection, isUp)) return false;
    const notes = api.getIndex().notes.filter(({ noteKey }) => noteKey !== null);
    const at = notes.findIndex(({ noteKey }) => noteKey === $noteOf(selection.anchor.getNode())?.getKey());
    const next = at < 0 ? undefined : notes[at + (isUp ? -1 : 1)];
    const node = next?.noteKey ? $getNodeByKey(next.noteKey) : null;
    event.preventDefault();
    if ($isElementNode(node)) isUp ? node.selectEnd() : node.selectStart();
    return true;
  };
  return mergeRegister(
    editor.registerCommand(KEY_ESCAPE_COMMAND, () => goBack($selectedNote()), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        // Styles are for the text: a note is set in one.
        if (!(event.ctrlKey || event.metaKey) || !event.altKey || !/^(Digit\d|KeyF)$/.test(event.code)) return false;
        event.preventDefault();
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      CLICK_COMMAND,
      (event) => {
        if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('note')) return false;
        const note = $getNearestNodeFromDOMNode(event.target);
        const start = event.target.getBoundingClientRect().left;
        const indent = Number.parseFloat(getComputedStyle(event.target).paddingLeft);
        return $isNoteNode(note) && event.clientX < start + indent && goBack(note);
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(SELECT_ALL_COMMAND, $selectWholeNote, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(SELECTION_CHANGE_COMMAND, () => ($keepInOneNote(), false), COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(DELETE_CHARACTER_COMMAND, $holdAtEdge, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(DELETE_WORD_COMMAND, $holdAtEdge, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(DELETE_LINE_COMMAND, $holdAtEdge, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(KEY_ARROW_UP_COMMAND, (event) => $toNeighbour(event, true), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(KEY_ARROW_DOWN_COMMAND, (event) => $toNeighbour(event, false), COMMAND_PRIORITY_HIGH),
  );
}

function $noteOf(node: LexicalNode): NoteNode | null {
  for (let at: LexicalNode | null = node; at !== null; at = at.getParent()) if ($isNoteNode(at)) return at;
  return null;
}

function $selectedNote(): NoteNode | null {
  const selection = $getSelection();
  const [node] = selection?.getNodes() ?? [];
  return node ? $noteOf(node) : null;
}

function $selectWholeNote(): boolean {
  const note = $selectedNote();
  if (!note) return false;
  const { key, offset, type } = note.selectStart().anchor;
  note.selectEnd().anchor.set(key, offset, type);
  return true;
}

/** The words of two notes must not become one selection: deleting it would join them. */
function $keepInOneNote(): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return;
  const note = $noteOf(selection.anchor.getNode());
  if (note?.is($noteOf(selection.focus.getNode())) || !note) return;
  const { key, offset, type } = selection.anchor;
  const held = selection.isBackward() ? note.selectStart() : note.selectEnd();
  held.anchor.set(key, offset, type);
}

/** The caret stands before the first or behind the last character of its note. */
function $isAtEdge(selection: RangeSelection, isStart: boolean): boolean {
  const { key, offset } = selection.focus;
  let node: LexicalNode | null = $getNodeByKey(key);
  if (!node || offset !== (isStart ? 0 : $sizeOf(node))) return false;
  for (; node !== null && !$isNoteNode(node); node = node.getParent())
    if ((isStart ? node.getPreviousSibling() : node.getNextSibling()) !== null) return false;
  return node !== null;
}

function $sizeOf(node: LexicalNode): number {
  return $isElementNode(node) ? node.getChildrenSize() : node.getTextContentSize();
}
