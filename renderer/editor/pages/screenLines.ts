import type { BlockStyle } from '../../../shared/domain/document.ts';
import { type EstimatedLine, estimateLines, type MeasuredRun } from '../../../shared/filing/pages/estimateLines.ts';
import { SHAPES } from '../../../shared/filing/pages/pageSetup.ts';

/** The column of a style on the screen at 100 %, in points; editor.css says it in em. */
const WIDTHS_PT: Partial<Record<BlockStyle, number>> = {
  h1: 441,
  h2: 441,
  h3: 441,
  h4: 441,
  re: 432,
  quote: 396,
  bullet: 432,
  ordered: 432,
};
const RE_HANG_PT = -36;
/** A citation stands in a box of its own on the screen. */
export const CITATION_PADDING_PT = 4.5;

/** Where a block breaks on the screen, which has other columns than the filing. */
export function screenLines(style: BlockStyle, runs: readonly MeasuredRun[]): EstimatedLine[] {
  const { bold, italic } = SHAPES[style];
  return estimateLines(
    runs.map((run) => ({ ...run, bold: run.bold || bold, italic: run.italic || italic })),
    { widthPt: WIDTHS_PT[style] ?? 468, sizePt: 12, ...(style === 're' ? { firstPt: RE_HANG_PT } : {}) },
  );
}

/** The line that holds the character at that offset. */
export function lineAt(lines: readonly EstimatedLine[], offset: number): number {
  const at = lines.findIndex((line) => offset < line.end);
  return at < 0 ? lines.length - 1 : at;
}
