import type { BlockStyle } from '../document.ts';

/** A piece of a block with the device number of whoever put it there; null where that is not known, 0 for nobody. */
export type PassagePiece =
  | { kind: 'words'; text: string; by: number | null }
  | { kind: 'citation'; exhibitId: string; page: number; by: number | null }
  | { kind: 'person'; personId: string; by: number | null };

/** Stands for the author of letters that were there at the last visit already: they are nobody's news. */
export const SEEN_BEFORE = -1;

/** One block of the text. */
export interface Passage {
  style: BlockStyle;
  pieces: PassagePiece[];
}
