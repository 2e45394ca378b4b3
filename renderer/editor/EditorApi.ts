import type { BlockStyle, SerializedBody } from '../../shared/domain/document.ts';
import type { ClaimId, ExhibitId, PersonId } from '../../shared/domain/ids.ts';

/** What the rest of the window may ask of the editor. Commands answer false when the selection does not allow them. */
export interface EditorApi {
  toggleFormat(format: 'bold' | 'italic' | 'underline' | 'small-caps'): void;
  setBlockStyle(style: BlockStyle): void;
  /** Marks the selected words as the claim; false without a selection of words. */
  markClaim(claimId: ClaimId): boolean;
  unmarkClaim(claimId: ClaimId): void;
  /** Inserts `(Ex. C at 4)`: after the last words of `afterClaim` when given, else at the caret. */
  insertCitation(citation: { exhibitId: ExhibitId; page: number; afterClaim?: ClaimId }): boolean;
  insertPerson(personId: PersonId): boolean;
  /** Puts lines as blocks of their own after the block of the caret, which ends up behind them. */
  insertLines(lines: readonly { style: BlockStyle; text: string }[]): boolean;
  /** Types words at the caret. */
  insertWords(words: string): boolean;
  undo(): void;
  redo(): void;
  /** Scrolls into view, flashes, and puts the caret there when `focus` is set. False when the place is gone. */
  reveal(
    place: { claimId: ClaimId } | { blockKey: string } | { nodeKey: string },
    options?: { focus?: boolean },
  ): boolean;
  focus(): void;
  hasFocus(): boolean;
  /** One synchronous step, every key sorted. */
  takeBody(): SerializedBody;
  getIndex(): DocumentIndex;
  subscribeIndex(listener: () => void): () => void;
  getSelection(): SelectionState;
  subscribeSelection(listener: () => void): () => void;
}

/** What the text holds, recomputed after changes (at once for structure, within 150 ms for words). A new object each time. */
export interface DocumentIndex {
  blocks: readonly IndexedBlock[];
  /** Claims that have words in the text, in order of first appearance. */
  claims: ReadonlyMap<ClaimId, { text: string; blockKey: string; number: number | null }>;
  citations: readonly {
    nodeKey: string;
    exhibitId: ExhibitId;
    page: number;
    blockKey: string;
    number: number | null;
  }[];
  /** Exhibit to its label without "Ex.": 'C', 'C-2', 'AA'. Cited ones by first citation, then the rest by their order. */
  labels: ReadonlyMap<ExhibitId, string>;
  wordCount: number;
}
export interface IndexedBlock {
  key: string;
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
  blockStyle: BlockStyle | null;
  blockKey: string | null;
  formats: { bold: boolean; italic: boolean; underline: boolean; smallCaps: boolean };
  /** Claims at the caret or touched by the selection. */
  claimIds: readonly ClaimId[];
  /** Set when a citation is selected or was just clicked. */
  citation: { nodeKey: string; exhibitId: ExhibitId; page: number } | null;
  personId: PersonId | null;
}
