import type { BlockStyle } from '../domain/document.ts';
import type { ExhibitId, NoteId } from '../domain/ids.ts';
import type { PassageLanguage } from '../domain/passageLanguage.ts';

/** The filing as plain data, in reading order; the same model feeds DOCX, PDF and text. Deeply frozen. */
export interface FilingModel {
  title: string;
  subject: string;
  /** Words for the header of every page; empty for a real complaint. */
  legend: string;
  /** Of every passage that names no other [FI80]. */
  language: PassageLanguage;
  /** Those of tables among them, in the order of reading. */
  blocks: readonly FilingBlock[];
  tables: readonly FilingTable[];
  /** The footnotes in the order of their numbers, from 1 [FI60]. */
  notes: readonly FilingNote[];
  /** Rows of the exhibit index in label order; uncited exhibits come last. */
  exhibits: readonly ExhibitRow[];
  /** Not printed: the body holds the letter's own addressees [FI17]. */
  recipients: readonly { kind: 'to' | 'cc'; lines: readonly string[]; via: string }[];
}
export interface FilingNote {
  number: number;
  /** At least one paragraph. */
  paragraphs: readonly (readonly FilingRun[])[];
}
/** Blocks `from` to `to` of the model stand in a table [FI70]. */
export interface FilingTable {
  from: number;
  to: number;
  /** In twips, a column each; they fill the width of the text. */
  widths: readonly number[];
  rows: readonly { head: boolean; cells: readonly FilingCell[] }[];
}
/** The cells that begin in a row, from left to right; its blocks are `from` to `to`, at least one. */
export interface FilingCell {
  column: number;
  /** How many columns and rows it covers. */
  columns: number;
  rows: number;
  from: number;
  to: number;
}
export interface FilingBlock {
  style: BlockStyle;
  /** ¶ number, continuous; null for other styles. */
  number: number | null;
  /** Heading label 'I.' …, list label '(a)' …; empty for others. */
  label: string;
  /** Stands on the page of the block behind it, besides what its style says [DO94]. */
  keepNext?: true;
  /** What references jump to; empty for a block that none names [FI52]. */
  bookmark: string;
  runs: readonly FilingRun[];
}
export type FilingRun =
  | {
      kind: 'text';
      text: string;
      bold: boolean;
      italic: boolean;
      underline: boolean;
      smallCaps: boolean;
      superscript: boolean;
      subscript: boolean;
      strikethrough: boolean;
      /** Where a link leads; absent for other words [FI56]. */
      href?: string;
      /** Only where it is another language than the complaint's [FI80]. */
      lang?: PassageLanguage;
    }
  /** `label` and `bookmark` are empty when the exhibit no longer exists [FI9]; `page` 0 means no pinpoint. */
  | { kind: 'citation'; exhibitId: ExhibitId | ''; label: string; page: number; bookmark: string }
  /** `parts` are live: each shows the number of the block with its bookmark. Empty where `text` stands for itself. */
  | { kind: 'reference'; text: string; missing: boolean; lead: string; parts: readonly ReferencePart[] }
  | { kind: 'person'; text: string }
  /** The place of a footnote; `first` where its text belongs, false where it is only referred to again [FI61]. */
  | { kind: 'note'; number: number; first: boolean; noteId: NoteId | '' }
  /** A picture [FI110]; `sha256` names its file, and is empty where there is none [FI111]. Sizes on the page in twips. */
  | { kind: 'image'; alt: string; sha256: string; mime: 'image/png' | 'image/jpeg'; wide: number; high: number }
  | { kind: 'break' }
  | { kind: 'tab' };
/** `full`: the number with those of the headings above it; `words`: the words between the bookmarks. */
export interface ReferencePart {
  bookmark: string;
  text: string;
  shows: 'number' | 'full' | 'words';
}
export interface ExhibitRow {
  id: ExhibitId;
  /** 'C', 'C-2'; without "Ex.". */
  label: string;
  bookmark: string;
  title: string;
  date: string;
  source: string;
  pages: number;
  language: string;
  confidentiality: 'public' | 'redacted' | 'confidential';
  status: 'held' | 'to-obtain';
  /** ¶ numbers where it is cited, ascending, without repetition. */
  citedAt: readonly number[];
  /** True when text outside the numbered ¶s cites it too. */
  citedElsewhere: boolean;
}
