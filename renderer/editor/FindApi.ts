import type { SearchQuery, TextMatch } from '../../shared/domain/search/buildMatcher.ts';

/** One text that can be searched: a paragraph, a note's paragraph, a comment. */
export interface SearchText {
  /** Unique within its root. */
  key: string;
  text: string;
}

/** A place in a text of a root. */
export interface FoundPlace {
  key: string;
  start: number;
  end: number;
}

/** A change of the words at a place; it is left out when they are no longer `found`. */
export interface Replacement extends FoundPlace {
  found: string;
  words: string;
}

/** A part of the complaint that find looks through: the body is the first one, others register themselves. */
export interface SearchRoot {
  /** All its texts in reading order; the same array until one changes. */
  getTexts(): readonly SearchText[];
  subscribe(listener: () => void): () => void;
  /** Where the caret or the start of the selection is; null without one. */
  getCaret(): { key: string; offset: number } | null;
  /** The selected words, when they lie in one text. */
  getSelectedWords(): string;
  /** Places on the page, for painting; none for what is not shown. */
  getRanges(places: readonly FoundPlace[]): AbstractRange[];
  /** Scrolls there; with `select` the words are selected and the focus goes there. */
  reveal(place: FoundPlace, select: boolean): void;
  /** All changes as one undo step, through the way that typing takes. The number made. */
  replace(changes: readonly Replacement[]): number;
  isEditable(): boolean;
}

export interface FindState {
  status: 'idle' | 'searching' | 'done' | 'bad-pattern' | 'too-slow' | 'too-long';
  count: number;
  /** There are more than are counted. */
  more: boolean;
  /** From 0; -1 without matches. */
  current: number;
  /** Words of the current match with some around them, for reading aloud. */
  context: string;
  /** The current match can be replaced. */
  editable: boolean;
}

/** Find and replace over all roots. */
export interface FindApi {
  get(): FindState;
  subscribe(listener: () => void): () => void;
  register(root: SearchRoot): () => void;
  /** Looks from where the caret was when the first query came. */
  find(query: SearchQuery): void;
  step(direction: 1 | -1): void;
  replaceCurrent(replacement: string): boolean;
  replaceAll(replacement: string): number;
  /** Ends it; with `select` the current match is selected and has the focus. */
  close(select: boolean): void;
  getSelectedWords(): string;
}

/** Finds a pattern in texts within a time limit; null when it took too long. */
export type FindPatterns = (query: SearchQuery, texts: readonly string[]) => Promise<TextMatch[][] | null>;
