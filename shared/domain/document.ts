import type { ExhibitId, ImageId, NoteId, PersonId, RowId } from './ids.ts';

/**
 * The serialized body: exactly what Lexical's `editorState.toJSON()` gives for our nodes. The editor writes it, the
 * filing reads it, the template and the sample are stored in it.
 */

/** One block class with a style attribute: replacing a node by another class would lose concurrent edits. */
export const BLOCK_STYLES = [
  'h1',
  'h2',
  'h3',
  'h4', // I. / A. / 1. / a.
  'numbered', // ¶ with a continuous number
  'plain',
  'centered',
  'right',
  'address',
  're',
  'quote',
  'bullet',
  'ordered',
  'signature',
  'letterhead',
  'transmission', // how the letter is sent: VIA EMAIL
] as const;
export type BlockStyle = (typeof BLOCK_STYLES)[number];

/** Lexical's text format bits. */
export const FORMAT = { bold: 1, italic: 2, strikethrough: 4, underline: 8, subscript: 32, superscript: 64 } as const;

/**
 * NodeState of text and inline nodes, in JSON under `$` (SPEC.md, Marks): `cl_<claimId>: 1` marks the words of a claim (one
 * key a claim, so that claims overlap freely); `sc: 1` is small caps; `fmt_` holds the look before.
 */
export type TextState = { [key: `${'cl_' | 'cm_' | 'ins_' | 'del_'}${string}`]: 1 } & {
  [key: `${'fmt_' | 'lnk_' | 'lng_'}${string}`]: string;
} & { sc?: 1; href?: string; lang?: 'en' | 'es' };

/** NodeState of a block: its name for references, its language, and the marks on its end and its style. */
export type BlockState = { [key: `${'cm_' | 'pIns_' | 'pDel_'}${string}`]: 1 } & {
  [key: `sty_${string}`]: BlockStyle;
} & {
  [key: `lng_${string}`]: string;
} & {
  id?: string;
  lang?: 'en' | 'es';
};

export interface SerializedText {
  type: 'text';
  version: 1;
  text: string;
  format: number;
  style: string;
  mode: 'normal';
  detail: number;
  $?: TextState;
}
/** Inline citation of an exhibit. Shown and filed as `(Ex. C at 4)`; the label is computed, never stored. */
export interface SerializedCitation {
  type: 'citation';
  version: 1;
  exhibitId: ExhibitId | '';
  /** Page from 1; 0 means no pinpoint: `(Ex. C)`. */
  page: number;
  $?: TextState;
}
/** Inline mention of a person. Shown as the person's pseudonym with an asterisk. */
export interface SerializedPersonMention {
  type: 'person';
  version: 1;
  personId: PersonId | '';
  $?: TextState;
}
/** Reference to a footnote in the body; the number is computed from its place, never stored. */
export interface SerializedFootnote {
  type: 'footnote';
  version: 1;
  noteId: NoteId | '';
  $?: TextState;
}
/** What a reference can name. */
export const REFERENCE_KINDS = ['paragraph', 'heading', 'exhibit', 'person', 'note'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];
/** Live cross-reference. Its target is a block's `id` or the id of a record; the words are computed, never stored. */
export interface SerializedReference {
  type: 'reference';
  version: 1;
  kind: ReferenceKind;
  target: string;
  $?: TextState;
}
/** An image in the text [DO80]; its file is that of its record. */
export interface SerializedImage {
  type: 'image';
  version: 1;
  imageId: ImageId | '';
  alt: string;
  /** Hundredths of the width of its paragraph's text. */
  width: number;
  $?: TextState;
}
export interface SerializedLineBreak {
  type: 'linebreak';
  version: 1;
  $?: TextState;
}
export interface SerializedTab {
  type: 'tab';
  version: 1;
  text: string;
  format: number;
  style: string;
  mode: string;
  detail: number;
  $?: TextState;
}

export type SerializedInline =
  | SerializedText
  | SerializedCitation
  | SerializedPersonMention
  | SerializedReference
  | SerializedFootnote
  | SerializedImage
  | SerializedLineBreak
  | SerializedTab;

export interface SerializedBlock {
  type: 'block';
  version: 1;
  blockStyle: BlockStyle;
  children: SerializedInline[];
  direction: 'ltr' | 'rtl' | null;
  format: string;
  indent: number;
  $?: BlockState;
}
/** NodeState of a table: its columns with their widths, and what is suggested of it (SPEC.md, Tables). */
export type TableState = {
  [key: `${'col_' | 'cIns_' | 'cDel_'}${string}`]: string;
} & { [key: `${'rIns_' | 'rDel_'}${string}`]: 1 };
/** NodeState of a row. */
export type RowState = { [key: `${'rIns_' | 'rDel_'}${string}`]: 1 } & { head?: 1 };

/** A cell names its column, never its position [DO62]; `toColumn` and `toRow` make it a merged one [DO64]. */
export interface SerializedCell {
  type: 'cell';
  version: 1;
  column: string;
  toColumn: string;
  toRow: string;
  children: SerializedBlock[];
  direction: 'ltr' | 'rtl' | null;
  format: string;
  indent: number;
}
export interface SerializedRow {
  type: 'row';
  version: 1;
  rowId: RowId | '';
  children: SerializedCell[];
  direction: 'ltr' | 'rtl' | null;
  format: string;
  indent: number;
  $?: RowState;
}
/** What is shown of it is what `layOutTable` says. */
export interface SerializedTable {
  type: 'table';
  version: 1;
  children: SerializedRow[];
  direction: 'ltr' | 'rtl' | null;
  format: string;
  indent: number;
  $?: TableState;
}
/** What stands in the body. */
export type SerializedElement = SerializedBlock | SerializedTable;

export interface SerializedRoot {
  type: 'root';
  version: 1;
  children: SerializedElement[];
  direction: 'ltr' | 'rtl' | null;
  format: string;
  indent: number;
}
export interface SerializedBody {
  root: SerializedRoot;
}

/** A footnote: blocks of its own. Which of them are printed, and their order, is that of the references in the body. */
export interface SerializedNote {
  type: 'note';
  version: 1;
  noteId: NoteId | '';
  children: SerializedBlock[];
  direction: 'ltr' | 'rtl' | null;
  format: string;
  indent: number;
}
/** The serialized notes: what `toJSON()` of their editor gives. */
export interface SerializedNotes {
  root: Omit<SerializedRoot, 'children'> & { children: SerializedNote[] };
}

/** The claim ids a text state names. */
export function claimIdsOf(state: object | undefined): string[] {
  if (!state) return [];
  return Object.keys(state)
    .filter((key) => key.startsWith('cl_') && (state as Record<string, unknown>)[key])
    .map((key) => key.slice(3));
}
