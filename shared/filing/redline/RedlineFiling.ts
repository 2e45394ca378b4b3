import type { BlockStyle } from '../../domain/document.ts';
import type { EndMark, RunMark } from '../../domain/redline/Redline.ts';
import type { FilingModel, FilingRun } from '../FilingModel.ts';

/** A filing in which the changes from another one are marked [FI90]. Pages, header and index are those of the new text. */
export interface RedlineFiling extends Pick<FilingModel, 'title' | 'legend' | 'language' | 'exhibits'> {
  rows: readonly RedlineFilingRow[];
}

/** A paragraph as Word has it: what is deleted and what is inserted stand in one row of paragraphs. */
export interface RedlineFilingRow {
  /** `deleted`: in the new text the next row goes on here; `inserted`: in the old one. */
  end: EndMark;
  style: BlockStyle;
  /** The old style, where it is another one in a paragraph that stayed; else null. */
  styleBefore: BlockStyle | null;
  /** Bookmark of the new text's paragraph; empty for none. */
  bookmark: string;
  move: { id: number; side: 'from' | 'to' } | null;
  runs: readonly RedlineFilingRun[];
}

export interface RedlineFilingRun {
  mark: RunMark;
  /** Null where the mark says that it is not in that text. */
  before: FilingRun | null;
  after: FilingRun | null;
  /** The words of a footnote whose place this is. */
  note?: readonly RedlineFilingRow[];
}
