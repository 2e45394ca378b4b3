import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { PastedTable } from './PastedTable.ts';

/** A run of words with one look. `format` holds Lexical's bits; `href` is an allowed address, or empty. */
export interface PastedText {
  kind: 'text';
  text: string;
  format: number;
  smallCaps: boolean;
  href: string;
}
export type PastedInline = PastedText | { kind: 'break' } | { kind: 'tab' };

/** One block to be. 'plain' is an ordinary paragraph: it takes the style of the place where it is pasted. */
export interface PastedBlock {
  style: BlockStyle;
  direction: 'rtl' | null;
  inlines: PastedInline[];
}

export type PastedItem = PastedBlock | PastedTable;

/** What another program had on the clipboard, as ours; and what of it was left out, so that it can be told. */
export interface PastedContent {
  blocks: PastedItem[];
  /** Tables whose rows came as lines, because they are too large. */
  largeTables: number;
  /** Pictures left out. */
  pictures: number;
  /** Links whose words were kept without their address. */
  refusedLinks: number;
  /** Passages that were marked as deleted there, and left out. */
  deletions: number;
}

export interface PasteLimits {
  /** Beyond it formatted text is not read; the plain text of the same clipboard is. */
  htmlCharacters: number;
  textCharacters: number;
  blocks: number;
  characters: number;
}

/** What one paste may bring: about the whole of the largest complaint, which holds 50,000 blocks. */
export const PASTE_LIMITS: PasteLimits = {
  htmlCharacters: 8_000_000,
  textCharacters: 4_000_000,
  blocks: 20_000,
  characters: 4_000_000,
};

/** The paste would bring more than a complaint can take at once. */
export class PasteTooLarge extends Error {}
