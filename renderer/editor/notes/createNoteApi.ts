import {
  $getNodeByKey,
  $getSelection,
  $insertNodes,
  $isElementNode,
  $isRangeSelection,
  FORMAT_TEXT_COMMAND,
  type LexicalEditor,
} from 'lexical';
import type { SerializedNotes } from '../../../shared/domain/document.ts';
import type { NoteId } from '../../../shared/domain/ids.ts';
import { freshId } from '../../ui/freshId.ts';
import type { EditorBinding } from '../binding/bindEditor.ts';
import { takeBody } from '../binding/takeBody.ts';
import { $insertCitation, $insertPerson } from '../commands/claimCommands.ts';
import { $toggleSmallCaps } from '../commands/formatCommands.ts';
import { $insertWords } from '../commands/letterCommands.ts';
import { NO_SELECTION, readSelection, sameSelection } from '../commands/readSelection.ts';
import type { EditorApi, SelectionState } from '../EditorApi.ts';
import { $createFootnoteNode } from '../nodes/FootnoteNode.ts';
import { reveal } from '../reveal.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import type { ThreadApi } from '../ThreadApi.ts';

/** What the editor of the text answers for itself. */
export type NoteApi = Pick<EditorApi, 'insertFootnote' | 'placeNote' | 'goToNote' | 'takeNotes'>;
export type TextApi = Omit<
  EditorApi,
  keyof NoteApi | 'tools' | 'publishCaret' | 'tables' | 'links' | 'pages' | 'images' | 'suggestions'
>;

/** The editor of the notes beside that of the text: footnotes, and the commands that follow the caret into a note. */
export function createNoteApi<T extends TextApi>(options: {
  text: T;
  textEditor: LexicalEditor;
  textBinding: EditorBinding;
  notesEditor: LexicalEditor;
  /** Of the notes. */
  threads: ThreadApi;
}): T & NoteApi & { dispose(): void } {
  const { text, textEditor, textBinding, notesEditor, threads } = options;
  const follow = followCaret(textEditor, notesEditor);
  const { isInNote } = follow;
  const inNote = (run: () => boolean): boolean => update(notesEditor, run);

  const goToNote: EditorApi['goToNote'] = (noteId, to) => {
    const note = text.getIndex().notes.find((known) => known.noteId === noteId);
    if (!note) return false;
    if (to === 'reference') return text.reveal({ nodeKey: note.referenceKey }) && enterReference(note.referenceKey);
    return note.noteKey !== null && enterNote(note.noteKey);
  };
  const enterReference = (key: string): boolean => {
    const entered = update(textEditor, () => {
      const node = $getNodeByKey(key);
      node?.selectNext(0, 0);
      return node !== null;
    });
    textEditor.getRootElement()?.focus({ preventScroll: true });
    return entered;
  };
  const enterNote = (key: string): boolean => {
    notesEditor.getRootElement()?.focus({ preventScroll: true });
    const entered = update(notesEditor, () => {
      const note = $getNodeByKey(key);
      if (!$isElementNode(note)) return false;
      note.selectEnd();
      return true;
    });
    notesEditor.getElementByKey(key)?.scrollIntoView({ block: 'nearest' });
    return entered;
  };
  const refer = (noteId: NoteId): boolean => {
    if (!textEditor.isEditable() || isInNote()) return false;
    textBinding.undoManager.stopCapturing();
    const inserted = update(textEditor, () => {
      const selection = $getSelection();
      if (!$isRangeSelection(selection)) return false;
      // As Word does: behind the selected words, which stay.
      const end = selection.isBackward() ? selection.anchor : selection.focus;
      selection.anchor.set(end.key, end.offset, end.type);
      selection.focus.set(end.key, end.offset, end.type);
      const footnote = $createFootnoteNode(noteId);
      const hand = $suggesting();
      if (hand) return hand.nodes([footnote], 'footnote');
      $insertNodes([footnote]);
      return true;
    });
    textBinding.undoManager.stopCapturing();
    return inserted && goToNote(noteId, 'note');
  };

  return {
    ...text,
    toggleFormat(format) {
      if (!isInNote()) text.toggleFormat(format);
      else if (format === 'small-caps') notesEditor.update($toggleSmallCaps);
      else notesEditor.dispatchCommand(FORMAT_TEXT_COMMAND, format);
    },
    setBlockStyle: (style) => {
      if (!isInNote()) text.setBlockStyle(style);
    },
    markClaim: (claimId) => !isInNote() && text.markClaim(claimId),
    insertCitation: (citation) =>
      isInNote() && citation.afterClaim === undefined
        ? inNote(() => $insertCitation(citation.exhibitId, citation.page))
        : text.insertCitation(citation),
    insertPerson: (personId) => (isInNote() ? inNote(() => $insertPerson(personId)) : text.insertPerson(personId)),
    insertLines: (lines) => !isInNote() && text.insertLines(lines),
    insertPart: (part) => !isInNote() && text.insertPart(part),
    insertWords: (words) => (isInNote() ? inNote(() => $insertWords(words)) : text.insertWords(words)),
    holdSubject() {
      if (!isInNote()) return text.holdSubject();
      const subject = threads.holdSubject();
      return subject && { ...subject, inNote: true };
    },
    markThread: (threadId, subject) => (subject.inNote ? threads : text).markThread(threadId, subject),
    unmarkThread(threadId) {
      text.unmarkThread(threadId);
      threads.unmarkThread(threadId);
    },
    showThreads(show) {
      text.showThreads(show);
      threads.showThreads(show);
    },
    reveal: (place, how) => text.reveal(place, how) || reveal(notesEditor, place, how?.focus ?? false),
    focus: () => (isInNote() ? notesEditor.focus() : text.focus()),
    hasFocus: () => text.hasFocus() || isFocused(notesEditor),
    getSelection: () => (isInNote() ? follow.getSelection() : text.getSelection()),
    subscribeSelection(listener) {
      const stopText = text.subscribeSelection(listener);
      const stopNotes = follow.subscribe(listener);
      return () => {
        stopText();
        stopNotes();
      };
    },
    insertFootnote: () => refer(freshId<NoteId>()),
    placeNote: refer,
    takeNotes: () => takeBody(notesEditor) as unknown as SerializedNotes,
    goToNote,
    dispose: follow.dispose,
  };
}

/** Where the caret was last: in the text or in a note, and what is selected there. */
function followCaret(textEditor: LexicalEditor, notesEditor: LexicalEditor) {
  const listeners = new Set<() => void>();
  let isInNote = false;
  let selection: SelectionState = NO_SELECTION;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const stop = notesEditor.registerUpdateListener(() => {
    const next = { ...readSelection(notesEditor), blockStyle: null, blockKey: null };
    if (sameSelection(selection, next)) return;
    selection = next;
    tell();
  });
  const enter = (inNote: boolean) => (): void => {
    if (isInNote === inNote) return;
    isInNote = inNote;
    tell();
  };
  const enterText = enter(false);
  const enterNotes = enter(true);
  const textRoot = textEditor.getRootElement();
  const notesRoot = notesEditor.getRootElement();
  textRoot?.addEventListener('focus', enterText);
  notesRoot?.addEventListener('focus', enterNotes);
  return {
    isInNote: () => isInNote,
    getSelection: () => selection,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose(): void {
      stop();
      textRoot?.removeEventListener('focus', enterText);
      notesRoot?.removeEventListener('focus', enterNotes);
      listeners.clear();
    },
  };
}

/** True when the page's focus is in this editor. */
export function isFocused(editor: LexicalEditor): boolean {
  const root = editor.getRootElement();
  return root !== null && root === document.activeElement;
}

function update(editor: LexicalEditor, run: () => boolean): boolean {
  let done = false;
  editor.update(
    () => {
      done = run();
    },
    { discrete: true },
  );
  return done;
}
