import type { ExhibitRow, FilingBlock, FilingModel, FilingRun } from './FilingModel.ts';
import { imageWords } from './filingImages.ts';
import { formatCitation, formatExhibitLabel } from './formatCitation.ts';

/** Heading of the exhibit index in every output. */
export const INDEX_TITLE = 'EXHIBIT INDEX';
/** Column titles of the exhibit index, in the order of `exhibitCells`. */
export const INDEX_COLUMNS = [
  'Label',
  'Description',
  'Date',
  'Source',
  'Pages',
  'Language',
  'Confidentiality',
  'Status',
  'Cited at',
] as const;

/** The filing as plain text: a line a paragraph, numbers and labels printed, index rows with tabs between cells. */
export function buildFilingText(model: FilingModel): string {
  const lines: string[] = [];
  let at = 0;
  for (const table of model.tables) {
    lines.push(...model.blocks.slice(at, table.from).map(blockText));
    for (const { cells } of table.rows)
      lines.push(cells.map(({ from, to }) => model.blocks.slice(from, to).map(blockText).join(' ')).join('\t'));
    at = table.to;
  }
  lines.push(...model.blocks.slice(at).map(blockText));
  if (model.exhibits.length > 0) {
    lines.push(INDEX_TITLE, INDEX_COLUMNS.join('\t'));
    for (const row of model.exhibits) lines.push([formatExhibitLabel(row.label), ...exhibitCells(row)].join('\t'));
  }
  for (const { number, paragraphs } of model.notes)
    paragraphs.forEach((runs, index) => {
      lines.push((index === 0 ? `${noteMark(number)} ` : '') + runs.map(runText).join(''));
    });
  return `${lines.join('\n')}\n`;
}

function blockText(block: FilingBlock): string {
  const mark =
    block.number !== null
      ? `${block.number}. `
      : block.label !== ''
        ? `${block.label} `
        : block.style === 'bullet'
          ? `${BULLET} `
          : '';
  return mark + block.runs.map(runText).join('');
}

/** How plain text shows the number of a footnote, at its place and before its words. */
export function noteMark(number: number): string {
  return `[${number}]`;
}

/** The mark before a bullet block. */
export const BULLET = '•';

/** The words of a run as printed; a break is a line feed. */
export function runText(run: FilingRun): string {
  switch (run.kind) {
    case 'text':
    case 'person':
    case 'reference':
      return run.text;
    case 'image':
      return imageWords(run);
    case 'citation':
      return formatCitation(run.label, run.page);
    case 'note':
      // Where a note is only mentioned again, its number stands as text.
      return run.first ? noteMark(run.number) : String(run.number);
    case 'break':
      return '\n';
    case 'tab':
      return '\t';
  }
}

const NONE = '—';
const STATUS = { held: 'held', 'to-obtain': 'to be obtained' } as const;

/** What an exhibit's index row says after its label, one string a column; a dash where nothing is known. */
export function exhibitCells(row: ExhibitRow): string[] {
  return [
    row.title || NONE,
    row.date || NONE,
    row.source || NONE,
    row.pages > 0 ? String(row.pages) : NONE,
    row.language || NONE,
    row.confidentiality,
    STATUS[row.status],
    citedText(row),
  ];
}

function citedText(row: ExhibitRow): string {
  const places: string[] = [];
  if (row.citedAt.length > 0)
    places.push(`${row.citedAt.length > 1 ? '¶¶' : '¶'}\u00a0${ranges(row.citedAt).join(', ')}`);
  if (row.citedElsewhere) places.push('unnumbered text');
  return places.join('; ') || NONE;
}

function ranges(numbers: readonly number[]): string[] {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans.flatMap(([from, to]) =>
    from === to ? [`${from}`] : to === from + 1 ? [`${from}`, `${to}`] : [`${from}–${to}`],
  );
}
