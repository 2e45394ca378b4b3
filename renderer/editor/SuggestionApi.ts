import type { NodeKey } from 'lexical';
import type { SerializedBody } from '../../shared/domain/document.ts';
import type { SuggestionMark, SuggestionView } from '../../shared/domain/resolveSuggestions.ts';

/** What one open suggestion would do to the text. */
export interface OpenSuggestion {
  id: string;
  /** Words that would be new and words that would go, at most 300 characters each. */
  inserted: string;
  deleted: string;
  /** Words whose look would change. */
  formatted: string;
  /** Words whose address or language would change: 'href' or 'lang'; null without. */
  value: 'href' | 'lang' | null;
  splits: number;
  joins: number;
  /** The style before and the one it would have; null without a change of style. */
  style: { before: string; after: string } | null;
  /** Rows, columns or a table that would come or go; absent for everything else. */
  part?: { what: 'table' | 'row' | 'column'; way: 'inserted' | 'deleted'; count: number };
  /** Where it begins. */
  nodeKey: NodeKey;
  blockKey: NodeKey;
  /** It begins in a footnote. */
  inNote: boolean;
}

/** Who made a suggestion, as the page shows it. */
export interface SuggestionAuthor {
  /** Index 0–7 in the design tokens. */
  color: number;
  name: string;
}

/** What the window asks of suggestions in the text. */
export interface SuggestionApi {
  isSuggesting(): boolean;
  setSuggesting(on: boolean): void;
  /** Whether this person may only suggest and comment; what cannot be suggested is closed then. */
  isReviewer(): boolean;
  setReviewer(on: boolean): void;
  /** Called when the mode or the list changes, within 200 ms. */
  subscribe(listener: () => void): () => void;
  /** Every open suggestion in the order of reading; the same array until it changes. */
  list(): readonly OpenSuggestion[];
  /** The list with what changed this moment, told to the listeners at once: for a key that goes to the next one. */
  listNow(): readonly OpenSuggestion[];
  /** Accepts or rejects those that are named and still there, in one step of undo; how many they were. */
  answer(view: SuggestionView, ids: readonly string[]): number;
  /** At the caret or touched by the selection. */
  selected(): string[];
  /** Shows the place of one, with the caret in it when `focus` is set; false when it is gone. */
  reveal(id: string, focus?: boolean): boolean;
  /** Lights up one; null for none. */
  show(id: string | null): void;
  /** How the page shows the text; read-only but with marks. */
  setView(view: 'marked' | SuggestionView): void;
  /** The text as it would be. */
  resolve(view: SuggestionView): SerializedBody;
  /** Who made what, by device, and the sentence for a mark. */
  setWords(words: {
    authorOf(device: number): SuggestionAuthor;
    describe(mark: SuggestionMark, name: string): string;
  }): void;
}
