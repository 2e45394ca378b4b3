import type { BlockStyle, ReferenceKind, SerializedBody, SerializedNotes } from '../../shared/domain/document.ts';
import type { BlockId, ClaimId, ExhibitId, NoteId, PersonId, ThreadId } from '../../shared/domain/ids.ts';
import type { LetterPart } from '../../shared/domain/letterParts.ts';
import type { EditorTools } from './EditorTools.ts';
import type { ImageApi, ImagePlace } from './ImageApi.ts';
import type { LinkApi } from './LinkApi.ts';
import type { PageApi } from './PageApi.ts';
import type { ReferenceApi } from './ReferenceApi.ts';
import type { SuggestionApi } from './SuggestionApi.ts';
import type { TableApi } from './TableApi.ts';
import type { ThreadApi } from './ThreadApi.ts';

/** What the rest of the window may ask of the editor. Commands answer false when the selection does not allow them. */
export interface EditorApi extends ReferenceApi, ThreadApi {
  toggleFormat(format: 'bold' | 'italic' | 'underline' | 'small-caps'): void;
  setBlockStyle(style: BlockStyle): void;
  /** Marks the selected words as the claim; false without a selection of words. */
  markClaim(claimId: ClaimId): boolean;
  unmarkClaim(claimId: ClaimId): void;
  /** Inserts `(Ex. C at 4)`: after the last words of `afterClaim` when given, else at the caret. */
  insertCitation(citation: { exhibitId: ExhibitId; page: number; afterClaim?: ClaimId }): boolean;
  insertPerson(personId: PersonId): boolean;
  /** Inserts a footnote at the caret of the text and puts the caret into it; false without a caret there. */
  insertFootnote(): boolean;
  /** Refers at the caret to a note that has no place; false without a caret. */
  placeNote(noteId: NoteId): boolean;
  /** Puts the caret into the note, or with `reference` behind its reference in the text; false when it is gone. */
  goToNote(noteId: NoteId, to: 'note' | 'reference'): boolean;
  /** Puts lines as blocks of their own after the block of the caret, which ends up behind them. */
  insertLines(lines: readonly { style: BlockStyle; text: string }[]): boolean;
  /** Puts a new part of the letter behind that of the caret, to be filled in [DO95]. */
  insertPart(part: LetterPart): boolean;
  /** Types words at the caret. */
  insertWords(words: string): boolean;
  undo(): void;
  redo(): void;
  readonly tools: EditorTools;
  readonly suggestions: SuggestionApi;
  readonly links: LinkApi;
  readonly pages: PageApi;
  readonly images: ImageApi;
  readonly tables: TableApi;
  /** Scrolls into view, flashes, and puts the caret there when `focus` is set. False when the place is gone. */
  reveal(
    place: { claimId: ClaimId } | { threadId: ThreadId } | { blockKey: string } | { nodeKey: string },
    options?: { focus?: boolean },
  ): boolean;
  focus(): void;
  hasFocus(): boolean;
  /** Says in the presence where the caret is now, which it else does behind the next frame. */
  publishCaret(): void;
  /** One synchronous step, every key sorted. */
  takeBody(): SerializedBody;
  /** The footnotes, in the same way. */
  takeNotes(): SerializedNotes;
  getIndex(): DocumentIndex;
  subscribeIndex(listener: () => void): () => void;
  getSelection(): SelectionState;
  subscribeSelection(listener: () => void): () => void;
}

/** What the text holds, recomputed after changes (at once for structure, within 600 ms for words). What stays the same keeps its identity. */
export interface DocumentIndex {
  blocks: readonly IndexedBlock[];
  /** Claims that have words in the text, in order of first appearance. */
  claims: ReadonlyMap<ClaimId, { text: string; blockKey: string; number: number | null }>;
  /**
   * Threads with a place, in order of first appearance; `text` as far as a quote goes. One about words of a footnote has
   * the note's number, and the block of its reference.
   */
  threads: ReadonlyMap<ThreadId, { text: string; blockKey: string; number: number | null; noteNumber?: number }>;
  citations: readonly {
    nodeKey: string;
    exhibitId: ExhibitId;
    page: number;
    blockKey: string;
    number: number | null;
  }[];
  /** Cross-references in reading order; `text` is null when what they name is gone. */
  references: readonly {
    nodeKey: string;
    kind: ReferenceKind;
    target: string;
    text: string | null;
    /** The block it names, where it names one. */
    targetBlockKey: string | null;
    blockKey: string;
    number: number | null;
  }[];
  /** Images in reading order, those in footnotes left out. */
  images: readonly (ImagePlace & { blockKey: string; number: number | null })[];
  /** Exhibit to its label without "Ex.": 'C', 'C-2', 'AA'. Cited ones by first citation, then the rest by their order. */
  labels: ReadonlyMap<ExhibitId, string>;
  /** Words of the text without its notes. */
  wordCount: number;
  /** The footnotes in the order of their numbers. */
  notes: readonly {
    noteId: NoteId;
    number: number;
    /** The first reference in the text, and its block. */
    referenceKey: string;
    blockKey: string;
    /** Of the note in the editor of the notes; null while it has not arrived. */
    noteKey: string | null;
    text: string;
  }[];
  /** Notes with words that nothing refers to any more. */
  looseNotes: readonly { noteId: NoteId | ''; noteKey: string; text: string }[];
  /** Words of the notes that have a place. */
  noteWordCount: number;
}
export interface IndexedBlock {
  key: string;
  /** What references name; empty until the first one needs it, and on a second block with the same id [DO3]. */
  id: BlockId | '';
  /** What references to it read: '¶ 12', 'Part II.A'; empty for a block that cannot be named. */
  name: string;
  style: BlockStyle;
  /** Continuous ¶ number for 'numbered', else null. */
  number: number | null;
  /** Heading label 'I.', 'A.', '1.', 'a.', list label '(a)'; empty for others. */
  label: string;
  text: string;
  claimIds: readonly ClaimId[];
}
export interface SelectionState {
  collapsed: boolean;
  /** Words of the selection; 0 for a caret. */
  selectedWords: number;
  blockStyle: BlockStyle | null;
  blockKey: string | null;
  formats: { bold: boolean; italic: boolean; underline: boolean; smallCaps: boolean };
  /** Claims at the caret or touched by the selection. */
  claimIds: readonly ClaimId[];
  /** Threads about what is at the caret or touched by the selection, then those about its paragraph. */
  threadIds: readonly ThreadId[];
  /** Set when a citation is selected or was just clicked. */
  citation: { nodeKey: string; exhibitId: ExhibitId; page: number } | null;
  personId: PersonId | null;
}
