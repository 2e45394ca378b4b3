import { createEditor, type EditorThemeClasses, type LexicalEditor } from 'lexical';
import { NOTES_ROOT } from '../../../shared/domain/collections.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { type BindOptions, bindEditor, type EditorBinding } from '../binding/bindEditor.ts';
import { FailureLatch } from '../binding/FailureLatch.ts';
import { watchBinding } from '../binding/watchBinding.ts';
import { registerKeys } from '../commands/registerKeys.ts';
import { LabelPainter, type LabelWords } from '../decorations/LabelPainter.ts';
import type { ProofPainter } from '../decorations/ProofPainter.ts';
import type { DocumentIndex, EditorApi } from '../EditorApi.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { NotesReader } from './NotesReader.ts';
import { paintNotes } from './paintNotes.ts';
import { registerNoteKeys } from './registerNoteKeys.ts';

export interface MountedNotes {
  editor: LexicalEditor;
  binding: EditorBinding;
  reader: NotesReader;
  paint(index: DocumentIndex, pseudonyms: ReadonlyMap<PersonId, string>, words: LabelWords): void;
  /** To be called once the API over both editors is there. */
  listen(api: Pick<EditorApi, 'goToNote' | 'getIndex'>): void;
  dispose(): void;
}

/** The editor of the footnotes below the text, on the same document and with the same undo. */
export function mountNotes(options: {
  session: ComplaintSession;
  root: HTMLElement;
  cursors: HTMLElement;
  theme: EditorThemeClasses;
  textBinding: EditorBinding;
  proofs: ProofPainter;
  /** For records that go with what is written in the notes. */
  alongside: BindOptions['alongside'];
}): MountedNotes {
  const { session, root, cursors, theme, textBinding, proofs, alongside } = options;
  const failures = new FailureLatch();
  const editor = createEditor({
    namespace: 'alegato-notes',
    nodes: [...EDITOR_NODES],
    theme,
    onError: failures.onError,
    editable: !session.readOnly,
  });
  editor.setRootElement(root);
  const binding = bindEditor({
    editor,
    doc: session.doc,
    awareness: session.awareness,
    cursorsContainer: cursors,
    failures,
    recordRoots: [],
    alongside,
    rootName: NOTES_ROOT,
    undoManager: textBinding.undoManager,
    ownsCaret: () => document.activeElement === root,
  });
  const watch = watchBinding(editor, session.doc, binding, NOTES_ROOT);
  const reader = new NotesReader(editor);
  const labels = new LabelPainter(editor, proofs);
  const resized = new ResizeObserver(() => binding.placeCursors());
  resized.observe(root);
  let stopKeys = (): void => {};

  return {
    editor,
    binding,
    reader,
    paint(index, pseudonyms, words) {
      paintNotes(editor, root, index, words);
      const entries = reader.getNotes();
      const citations = entries.flatMap(({ blocks }) =>
        blocks.flatMap((block) => block.citations.map((citation) => ({ ...citation, blockKey: '', number: null }))),
      );
      labels.paintCitations({ ...index, citations }, words);
      labels.paintMentions(
        entries.flatMap(({ blocks }) => blocks.flatMap((block) => block.mentions)),
        pseudonyms,
        words,
      );
    },
    listen(api) {
      const stopOwn = registerNoteKeys(editor, api);
      const stopShared = registerKeys(editor, binding);
      stopKeys = () => {
        stopOwn();
        stopShared();
      };
    },
    dispose() {
      stopKeys();
      resized.disconnect();
      reader.dispose();
      watch.dispose();
      binding.dispose();
      editor.setRootElement(null);
    },
  };
}
