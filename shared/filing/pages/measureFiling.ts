import { exhibitCells, INDEX_COLUMNS, INDEX_TITLE } from '../buildFilingText.ts';
import type { ExhibitRow, FilingBlock, FilingModel, FilingRun } from '../FilingModel.ts';
import { imageWords } from '../filingImages.ts';
import { formatCitation, formatExhibitLabel } from '../formatCitation.ts';
import { measureText } from './advanceOf.ts';
import { type EstimatedLine, estimateLines, type MeasuredRun } from './estimateLines.ts';
import {
  INDEX_TITLE_SHAPE,
  NOTE_RULE_PT,
  NOTE_SHAPE,
  PAGE,
  type ParagraphShape,
  SHAPES,
  SOLID,
  TEXT_WIDTH_PT,
  topOfText,
} from './pageSetup.ts';
import type { PageBlock, PageRoom } from './paginate.ts';

/** A paragraph with its lines. */
export interface MeasuredParagraph {
  shape: ParagraphShape;
  /** Number or label that hangs before the first line; empty for none. */
  label: string;
  runs: readonly MeasuredRun[];
  lines: readonly EstimatedLine[];
  /** Footnotes whose references stand in it, and on which line. */
  notes: readonly { number: number; line: number }[];
  keepNext: boolean;
}

/** Width of a line of a paragraph of that shape. */
export function lineWidth(shape: ParagraphShape): number {
  return TEXT_WIDTH_PT - shape.leftPt - shape.rightPt;
}

/** How much further right the first line begins: a label that is wider than its hang pushes it to the next tab stop. */
export function firstLineOffset(shape: ParagraphShape, label: string): number {
  if (label === '') return -shape.hangPt;
  const width = measureText(label, shape.bold ? 2 : 0, shape.sizePt);
  if (width < shape.hangPt) return 0;
  const reached = shape.leftPt - shape.hangPt + width;
  return (Math.floor(reached / 36) + 1) * 36 - shape.leftPt;
}

/** Breaks a paragraph into lines. */
export function measureParagraph(
  shape: ParagraphShape,
  label: string,
  runs: readonly MeasuredRun[],
  references: readonly { number: number; offset: number }[] = [],
  widthPt = lineWidth(shape),
): MeasuredParagraph {
  const lines = estimateLines(runs, {
    widthPt,
    sizePt: shape.sizePt,
    firstPt: firstLineOffset(shape, label),
  });
  const notes = references.map(({ number, offset }) => ({
    number,
    line: Math.max(
      0,
      lines.findIndex((line) => offset < line.end),
    ),
  }));
  return { shape, label, runs, lines, notes, keepNext: shape.keepNext };
}

/** The paragraph of a block of the filing. */
export function measureBlock(
  block: Pick<FilingBlock, 'style' | 'number' | 'label' | 'runs' | 'keepNext'>,
): MeasuredParagraph {
  const shape = SHAPES[block.style];
  const label = block.number === null ? (block.style === 'bullet' ? '•' : block.label) : `${block.number}.`;
  const { runs, references } = readRuns(block.runs, shape);
  const paragraph = measureParagraph(shape, label, block.style === 're' ? hangSubject(runs) : runs, references);
  return { ...paragraph, keepNext: shape.keepNext || block.keepNext === true };
}

/** Height of a footnote, in points. */
export function measureNote(paragraphs: readonly MeasuredParagraph[]): number {
  return paragraphs.reduce((sum, { lines }) => sum + lines.length * NOTE_SHAPE.linePt + NOTE_SHAPE.afterPt, 0);
}

/** The paragraphs of a footnote, its number before the first one. */
export function measureNoteText(number: number, paragraphs: readonly (readonly FilingRun[])[]): MeasuredParagraph[] {
  return paragraphs.map((runs, index) => {
    const own = readRuns(runs, NOTE_SHAPE).runs;
    return measureParagraph(
      NOTE_SHAPE,
      '',
      index === 0 ? [{ text: String(number), raised: true }, { text: ' ' }, ...own] : own,
    );
  });
}

/** What a paragraph is to the pages; `noteHeights` in points, one for each of its notes. */
export function pageBlockOf(paragraph: MeasuredParagraph, noteHeights: readonly number[]): PageBlock {
  const { shape, lines, notes } = paragraph;
  return {
    lines: lines.length,
    linePt: shape.linePt,
    leadPt: shape.linePt - shape.sizePt * SOLID,
    beforePt: shape.beforePt,
    afterPt: shape.afterPt,
    keepNext: paragraph.keepNext,
    keepLines: shape.keepLines,
    notes: notes.map(({ line }, at) => ({ line, heightPt: noteHeights[at] ?? 0 })),
  };
}

/** Room for text and footnotes; the title stands above all pages but the first, a legend above every one. */
export function pageRoom(model: { title: string; legend: string }): PageRoom {
  const legend = headerHeight(model.legend, 10, 2);
  const title = headerHeight(model.title, 9, 0);
  const room = (header: number): number => PAGE.heightPt - PAGE.marginPt - topOfText(header);
  return { firstPt: room(legend), followingPt: room(legend + title), noteRulePt: NOTE_RULE_PT };
}

function headerHeight(text: string, sizePt: number, face: 0 | 2): number {
  if (text === '') return 0;
  const { length } = estimateLines([{ text, bold: face === 2 }], { widthPt: TEXT_WIDTH_PT, sizePt });
  return length * sizePt * SOLID + 2;
}

/** Words of a filing as the lines see them. */
/** One line of the text, 12 points with its spacing. */
const TWIPS_PER_LINE = 318;

export function readRuns(
  runs: readonly FilingRun[],
  shape: Pick<ParagraphShape, 'bold' | 'italic'>,
): { runs: MeasuredRun[]; references: { number: number; offset: number }[] } {
  const read: MeasuredRun[] = [];
  const references: { number: number; offset: number }[] = [];
  let offset = 0;
  const add = (run: MeasuredRun): void => {
    read.push({ ...run, bold: run.bold || shape.bold, italic: run.italic || shape.italic });
    offset += run.text.length;
  };
  for (const run of runs) {
    switch (run.kind) {
      case 'text': {
        const raised = run.superscript || run.subscript;
        const { text, bold, italic, smallCaps, strikethrough: struck } = run;
        add({ text, bold, italic, smallCaps, raised, struck, underlined: run.underline || run.href !== undefined });
        break;
      }
      case 'citation':
        add({ text: formatCitation(run.label, run.page) });
        break;
      case 'reference':
      case 'person':
        add({ text: run.text });
        break;
      case 'note':
        if (run.first) references.push({ number: run.number, offset });
        add({ text: String(run.number), raised: true });
        break;
      case 'image':
        // Its words, on as many lines as it is high.
        add({ text: imageWords(run) + '\n'.repeat(Math.max(0, Math.round(run.high / TWIPS_PER_LINE) - 1)) });
        break;
      case 'break':
        add({ text: '\n' });
        break;
      case 'tab':
        add({ text: '\t' });
        break;
    }
  }
  return { runs: read, references };
}

/** The runs of a `re` line as Word gets them: the lines of its subject stand under each other. */
export function hangSubject(runs: readonly MeasuredRun[]): MeasuredRun[] {
  const [first, ...rest] = runs;
  if (!first) return [];
  return [{ ...first, text: first.text.replace(/^(Re:)[ \u00a0]/, '$1\t') }, ...rest];
}

/** Widths of the exhibit index's columns in points, and what stands beside the words of a cell. */
export const INDEX_WIDTHS_PT = [38, 107, 47, 67, 27, 45, 58, 38, 41] as const;
const CELL_SIDES_PT = 5;
const CELL_SIZE_PT = 9;
const ROW_EXTRA_PT = 5.5;

/** A row of the exhibit index, cell by cell. */
export interface MeasuredRow {
  cells: readonly string[];
  bold: readonly boolean[];
  sizePt: number;
  heightPt: number;
}

/** The exhibit index: its head and its rows; null where a filing has none. */
export function measureIndex(model: Pick<FilingModel, 'exhibits'>): {
  title: MeasuredParagraph;
  head: MeasuredRow;
  rows: readonly MeasuredRow[];
  /** Title, head and rows as the pages see them. */
  blocks: readonly PageBlock[];
} | null {
  if (model.exhibits.length === 0) return null;
  const title = measureParagraph(INDEX_TITLE_SHAPE, '', [{ text: INDEX_TITLE, bold: true }]);
  const head = measureRow([...INDEX_COLUMNS], () => true, 8);
  const rows = model.exhibits.map((row: ExhibitRow) =>
    measureRow([formatExhibitLabel(row.label), ...exhibitCells(row)], (column) => column === 0, CELL_SIZE_PT),
  );
  const blocks = [
    { ...pageBlockOf(title, []), breakBefore: true },
    { ...rowBlock(head, 0), keepNext: true },
    ...rows.map((row) => rowBlock(row, head.heightPt)),
  ];
  return { title, head, rows, blocks };
}

function rowBlock(row: MeasuredRow, repeatPt: number): PageBlock {
  return {
    lines: 1,
    linePt: row.heightPt,
    beforePt: 0,
    afterPt: 0,
    keepNext: false,
    keepLines: true,
    repeatPt,
    notes: [],
  };
}

function measureRow(cells: readonly string[], isBold: (column: number) => boolean, sizePt: number): MeasuredRow {
  const bold = cells.map((_, column) => isBold(column));
  const lines = cells.map(
    (text, column) =>
      estimateLines([{ text, bold: bold[column] ?? false }], {
        widthPt: (INDEX_WIDTHS_PT[column] ?? 40) - CELL_SIDES_PT,
        sizePt,
      }).length,
  );
  return { cells, bold, sizePt, heightPt: Math.max(...lines) * sizePt * SOLID + ROW_EXTRA_PT };
}
