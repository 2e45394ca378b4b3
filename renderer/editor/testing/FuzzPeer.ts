import { createHeadlessEditor } from '@lexical/headless';
import type { LexicalEditor } from 'lexical';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { BODY_ROOT, NOTES_ROOT } from '../../../shared/domain/collections.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import { Authors } from '../authorship/Authors.ts';
import { bindEditor, type EditorBinding } from '../binding/bindEditor.ts';
import { compareWithDocument } from '../binding/compareWithDocument.ts';
import { FailureLatch } from '../binding/FailureLatch.ts';
import { renderFresh } from '../binding/renderFresh.ts';
import { SectionMover } from '../binding/SectionMover.ts';
import { takeBody } from '../binding/takeBody.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { SuggestionBook } from '../suggestions/SuggestionBook.ts';
import { writtenBy } from './authorAlphabets.ts';
import { othersLetters } from './othersLetters.ts';

/** One editor on one document, whose updates wait in a queue for each other peer until they are delivered. */
export class FuzzPeer {
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  readonly editor: LexicalEditor;
  readonly binding: EditorBinding;
  readonly mover: SectionMover;
  /** The editor of the notes; null when this peer has none. */
  readonly notes: LexicalEditor | null = null;
  readonly #notesBinding: EditorBinding | null = null;
  /** The suggestions that this peer makes. */
  readonly book: SuggestionBook;
  /** Updates on their way to this peer, oldest first, by sender. */
  readonly inbox = new Map<number, Uint8Array[]>();
  online = true;
  readonly failures = new FailureLatch();
  readonly noteFailures = new FailureLatch();
  readonly #authors = new Authors(this.doc);
  /** Letters of others that undo has taken away, which it never does. [DO110] */
  undone = 0;
  /** 0 when this peer writes in everybody's letters. */
  readonly device: number;

  /** Words as this peer writes them. */
  readonly written: (words: string) => string;

  /** `authors` false: words in everybody's letters, for the seeds pinned before, unless `written` says how. */
  constructor(
    clientId: number,
    genesis: Uint8Array,
    authors: boolean,
    { withNotes = false, written }: { withNotes?: boolean; written?: ((words: string) => string) | undefined } = {},
  ) {
    Y.applyUpdate(this.doc, genesis, 'genesis');
    this.doc.clientID = clientId;
    this.awareness = new Awareness(this.doc);
    this.editor = createHeadlessEditor({ namespace: 'fuzz', nodes: [...EDITOR_NODES], onError: this.failures.onError });
    this.device = authors ? deviceOfClient(clientId) : 0;
    this.written = written ?? ((words) => writtenBy(this.device, words));
    const suggestions = this.doc.getMap<unknown>('suggestions');
    let made = 0;
    this.book = new SuggestionBook({
      map: suggestions,
      by: deviceOfClient(clientId),
      now: () => ++made,
      freshId: () =>
        newId((length) => Uint8Array.from({ length }, (_, at) => (clientId / 65_536) * 7 + (made >> (at * 5)))),
    });
    this.binding = bindEditor({
      editor: this.editor,
      doc: this.doc,
      awareness: this.awareness,
      cursorsContainer: null,
      failures: this.failures,
      recordRoots: [suggestions],
      alongside: this.book.write,
    });
    this.mover = new SectionMover(this.editor, this.doc);
    if (!withNotes) return;
    this.notes = createHeadlessEditor({
      namespace: 'fuzz-notes',
      nodes: [...EDITOR_NODES],
      onError: this.noteFailures.onError,
    });
    this.#notesBinding = bindEditor({
      editor: this.notes,
      doc: this.doc,
      awareness: this.awareness,
      cursorsContainer: null,
      failures: this.noteFailures,
      recordRoots: [],
      rootName: NOTES_ROOT,
      undoManager: this.binding.undoManager,
      ownsCaret: () => false,
    });
  }

  undo(): void {
    const before = othersLetters(this.doc, this.#authors);
    this.binding.undoManager.undo();
    const after = othersLetters(this.doc, this.#authors);
    for (const letter of before) if (!after.has(letter)) this.undone += 1;
  }

  /** Does what the editors have put off to the end of the current task. */
  settle(): void {
    for (const editor of [this.editor, this.notes]) editor?.update(() => {}, { discrete: true });
  }

  /** What this peer shows. */
  live(): string {
    return JSON.stringify(takeBody(this.editor)) + (this.notes ? `\n${JSON.stringify(takeBody(this.notes))}` : '');
  }

  /** What a fresh start would show of the same document. */
  reloaded(): string {
    const body = JSON.stringify(renderFresh(this.doc));
    const whole = body + (this.notes ? `\n${JSON.stringify(renderFresh(this.doc, NOTES_ROOT))}` : '');
    // The check in steps, which the window makes, must say the same as rendering everything.
    return this.#isLikeDocument() === (whole === this.live()) ? whole : `${whole}\nanother answer in steps`;
  }

  #isLikeDocument(): boolean {
    const roots = [[this.editor, BODY_ROOT] as const, ...(this.notes ? [[this.notes, NOTES_ROOT] as const] : [])];
    return roots.every(([editor, rootName]) => {
      const steps = compareWithDocument(editor, this.doc, rootName);
      for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
    });
  }

  /** Renders what it shows again from the document. */
  reload(): void {
    this.binding.reload();
    this.#notesBinding?.reload();
  }

  dispose(): void {
    this.#notesBinding?.dispose();
    this.mover.dispose();
    this.binding.dispose();
    this.#authors.dispose();
    this.awareness.destroy();
    this.doc.destroy();
  }
}
