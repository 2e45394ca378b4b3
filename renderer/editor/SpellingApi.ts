import type { PassageLanguage } from '../../shared/domain/passageLanguage.ts';
import type { FoundPlace } from './FindApi.ts';

/** A word that its dictionary does not have. */
export interface Misspelling extends FoundPlace {
  word: string;
  language: PassageLanguage;
  /** Where it stands in the window, in CSS pixels. */
  at: { left: number; top: number; bottom: number };
}

/** The spell-check of the body. */
export interface SpellingApi {
  /** The wrong word at the caret, or at a point of the window; null when there is none. */
  find(point: { x: number; y: number } | null): Misspelling | null;
  /** Selects the next wrong word behind the caret, from the top again at the end; null when every word is known. */
  next(): Promise<Misspelling | null>;
  propose(misspelling: Misspelling): Promise<readonly string[]>;
  replace(misspelling: Misspelling, word: string): boolean;
  /** Takes the word for right until the complaint is closed. */
  ignore(word: string): void;
}
