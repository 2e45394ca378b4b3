import { $getRoot, type EditorState, type LexicalEditor, type NodeKey } from 'lexical';
import type { NoteId } from '../../../shared/domain/ids.ts';
import { $readBlock, type BlockEntry } from '../index/readBlock.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $isNoteNode } from '../nodes/NoteNode.ts';

/** One note as its editor has it. */
export interface NoteEntry {
  key: NodeKey;
  noteId: NoteId | '';
  blocks: readonly BlockEntry[];
}

const WORDS_DELAY_MS = 150;

/** What the editor of the notes holds, read again within 150 ms of a change; of one note at once when notes come or go. */
export class NotesReader {
  readonly #editor: LexicalEditor;
  readonly #known = new Map<NodeKey, NoteEntry>();
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #notes: readonly NoteEntry[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(editor: LexicalEditor) {
    this.#editor = editor;
    this.#notes = this.#read(editor.getEditorState());
    this.#stop = editor.registerUpdateListener(({ dirtyElements, editorState }) => {
      if (dirtyElements.size === 0) return;
      let structural = false;
      for (const [key, intentional] of dirtyElements) {
        this.#known.delete(key);
        if (intentional && key !== 'root') structural = true;
      }
      if (structural || editorState.read(() => $getRoot().getChildrenSize()) !== this.#notes.length) this.refresh();
      else this.#timer ??= setTimeout(this.refresh, WORDS_DELAY_MS);
    });
  }

  readonly getNotes = (): readonly NoteEntry[] => this.#notes;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop();
    this.#listeners.clear();
  }

  /** Reads again what changed, without waiting. */
  readonly refresh = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#notes = this.#read(this.#editor.getEditorState());
    for (const listener of this.#listeners) listener();
  };

  #read(state: EditorState): NoteEntry[] {
    return state.read(
      () =>
        $getRoot()
          .getChildren()
          .filter($isNoteNode)
          .map((note) => {
            const key = note.getKey();
            const entry = this.#known.get(key) ?? {
              key,
              noteId: note.getNoteId(),
              blocks: note.getChildren().filter($isBlockNode).map($readBlock),
            };
            this.#known.set(key, entry);
            return entry;
          }),
      { editor: this.#editor },
    );
  }
}

/** The words of a note, a line a paragraph. */
export function noteText(entry: NoteEntry): string {
  return entry.blocks.map(({ text }) => text).join('\n');
}

/** True when it holds no words, no citation and no person. */
export function isBlankEntry(entry: NoteEntry): boolean {
  return entry.blocks.every(
    ({ text, citations, mentions }) => text.trim() === '' && citations.length === 0 && mentions.length === 0,
  );
}
