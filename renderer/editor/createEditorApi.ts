import { FORMAT_TEXT_COMMAND, type LexicalEditor, REDO_COMMAND, UNDO_COMMAND } from 'lexical';
import { takeBody } from './binding/takeBody.ts';
import { $insertCitation, $insertPerson, $markClaim, $unmarkClaim } from './commands/claimCommands.ts';
import { $setBlockStyles, $toggleSmallCaps } from './commands/formatCommands.ts';
import { $insertLines, $insertWords } from './commands/letterCommands.ts';
import { NO_SELECTION, readSelection, sameSelection } from './commands/readSelection.ts';
import type { EditorApi, SelectionState } from './EditorApi.ts';
import type { DocumentIndexer } from './index/DocumentIndexer.ts';
import { $insertPart } from './letter/insertPart.ts';
import type { NoteApi } from './notes/createNoteApi.ts';
import type { ReferenceApi } from './ReferenceApi.ts';
import { reveal } from './reveal.ts';
import type { ThreadApi } from './ThreadApi.ts';

/** The editor as the rest of the window sees it. */
export function createEditorApi(
  editor: LexicalEditor,
  indexer: DocumentIndexer,
  threads: ThreadApi,
  references: ReferenceApi,
): Omit<
  EditorApi,
  'tools' | 'publishCaret' | 'tables' | 'links' | 'pages' | 'images' | 'suggestions' | keyof NoteApi
> & {
  dispose(): void;
} {
  let selection: SelectionState = NO_SELECTION;
  const listeners = new Set<() => void>();
  const stop = editor.registerUpdateListener(() => {
    const next = readSelection(editor);
    if (sameSelection(selection, next)) return;
    selection = next;
    for (const listener of listeners) listener();
  });
  const update = (run: () => boolean): boolean => {
    let done = false;
    editor.update(
      () => {
        done = run();
      },
      { discrete: true },
    );
    return done;
  };
  return {
    ...threads,
    ...references,
    toggleFormat(format) {
      if (format === 'small-caps') editor.update($toggleSmallCaps);
      else editor.dispatchCommand(FORMAT_TEXT_COMMAND, format);
    },
    setBlockStyle: (style) => editor.update(() => $setBlockStyles(style)),
    markClaim: (claimId) => update(() => $markClaim(claimId)),
    unmarkClaim: (claimId) => editor.update(() => $unmarkClaim(claimId)),
    insertCitation: ({ exhibitId, page, afterClaim }) => update(() => $insertCitation(exhibitId, page, afterClaim)),
    insertPerson: (personId) => update(() => $insertPerson(personId)),
    insertLines: (lines) => update(() => $insertLines(lines)),
    insertPart: (part) => update(() => $insertPart(part)),
    insertWords: (words) => update(() => $insertWords(words)),
    undo: () => void editor.dispatchCommand(UNDO_COMMAND, undefined),
    redo: () => void editor.dispatchCommand(REDO_COMMAND, undefined),
    reveal: (place, options) => reveal(editor, place, options?.focus ?? false),
    // Without a caret yet, a reader begins at the top.
    focus: () => editor.focus(undefined, { defaultSelection: 'rootStart' }),
    hasFocus: () => {
      const root = editor.getRootElement();
      return root !== null && root === document.activeElement;
    },
    takeBody: () => takeBody(editor),
    getIndex: indexer.getIndex,
    subscribeIndex: indexer.subscribe,
    getSelection: () => selection,
    subscribeSelection(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      stop();
      listeners.clear();
    },
  };
}
