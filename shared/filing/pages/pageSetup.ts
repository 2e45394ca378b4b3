import type { BlockStyle } from '../../domain/document.ts';

/** The page of a filing in points, as `shared/docx` writes it: US Letter with margins of an inch [FI30]. */
export const PAGE = { widthPt: 612, heightPt: 792, marginPt: 72, headerPt: 36 } as const;
export const TEXT_WIDTH_PT = PAGE.widthPt - 2 * PAGE.marginPt;

/** Height of a line of Times New Roman set solid, as a multiple of the size. */
export const SOLID = (1825 + 443 + 87) / 2048;
/** Line spacing of the text (276 of 240) and of what is set solid. */
const OPEN = 1.15;

/** How a paragraph of a style stands on the page; lengths in points. */
export interface ParagraphShape {
  sizePt: number;
  /** Height of one line. */
  linePt: number;
  beforePt: number;
  afterPt: number;
  leftPt: number;
  rightPt: number;
  /** How far the first line, or its number, hangs out to the left. */
  hangPt: number;
  align: 'left' | 'center' | 'right';
  bold: boolean;
  italic: boolean;
  /** On the page of the paragraph behind it. */
  keepNext: boolean;
  /** All lines on one page. */
  keepLines: boolean;
}

const shape = (fields: Partial<ParagraphShape>, spacing = OPEN): ParagraphShape => {
  const sizePt = fields.sizePt ?? 12;
  return {
    sizePt,
    linePt: sizePt * SOLID * spacing,
    beforePt: 0,
    afterPt: 10,
    leftPt: 0,
    rightPt: 0,
    hangPt: 0,
    align: 'left',
    bold: false,
    italic: false,
    keepNext: false,
    keepLines: false,
    ...fields,
  };
};
const heading = (beforePt: number, fields: Partial<ParagraphShape>): ParagraphShape =>
  shape({ beforePt, afterPt: 8, leftPt: 27, hangPt: 27, keepNext: true, keepLines: true, ...fields });

/** The styles of `shared/docx/filingStyles.ts`, which a test holds against these. */
export const SHAPES: Readonly<Record<BlockStyle, ParagraphShape>> = {
  h1: heading(18, { bold: true }),
  h2: heading(14, { bold: true }),
  h3: heading(12, { bold: true, italic: true }),
  h4: heading(10, { italic: true }),
  numbered: shape({ leftPt: 27, hangPt: 27 }),
  plain: shape({}),
  centered: shape({ align: 'center', afterPt: 6 }),
  right: shape({ align: 'right' }),
  letterhead: shape({ align: 'center', afterPt: 12, keepLines: true }),
  transmission: shape({ keepNext: true, keepLines: true }),
  address: shape({ afterPt: 12, keepLines: true }),
  re: shape({ beforePt: 6, afterPt: 14, leftPt: 36, hangPt: 36, bold: true, keepLines: true }),
  quote: shape({ leftPt: 63, rightPt: 36 }, 1),
  bullet: shape({ afterPt: 8, leftPt: 54, hangPt: 18 }),
  ordered: shape({ afterPt: 8, leftPt: 54, hangPt: 22.5 }),
  signature: shape({ beforePt: 18, afterPt: 12, keepLines: true }),
};

export const NOTE_SHAPE = shape({ sizePt: 10, afterPt: 3 }, 1);
export const INDEX_TITLE_SHAPE = shape({ align: 'center', bold: true, afterPt: 12, keepNext: true });
/** The short line above the footnotes of a page, with the room around it. */
export const NOTE_RULE_PT = 9;

/** Top of the text: a header of several lines pushes it down. */
export function topOfText(headerLinesPt: number): number {
  return Math.max(PAGE.marginPt, PAGE.headerPt + headerLinesPt);
}
