import type { PastedBlock, PastedInline, PastedItem } from './Pasted.ts';

/** A cell at its place; `columns` and `rows` say how far it reaches, 1 for no further than itself. */
export interface PastedCell {
  column: number;
  columns: number;
  rows: number;
  blocks: PastedBlock[];
}
export interface PastedRow {
  head: boolean;
  cells: PastedCell[];
}
export interface PastedTable {
  columns: number;
  /** Of the columns, in whatever unit; null where the other program said nothing. */
  widths: number[] | null;
  rows: PastedRow[];
}

/** What Word takes across. */
const MOST_COLUMNS = 63;
/** Larger tables come as lines: as exhibits they are better kept. */
const MOST_CELLS = 2_000;
/** Between the cells of a row that comes as a line. */
const CELL_SEPARATOR = ' | ';

export function isPastedTable(item: PastedItem): item is PastedTable {
  return 'rows' in item;
}

export function countBlocks({ rows }: PastedTable): number {
  return rows.reduce(
    (sum, { cells }) => sum + cells.reduce((all, { blocks }) => all + Math.max(1, blocks.length), 0),
    0,
  );
}

/** Puts the rows and cells of an HTML table together, as a browser lays them out. */
export class TableBuilder {
  private readonly widths: number[] | null;
  private readonly rows: PastedRow[] = [];
  /** By column: the first row that no cell above reaches. */
  private readonly freeFrom: number[] = [];
  /** Where the next cell of the row may stand. */
  private column = 0;

  constructor(widths: number[] | null) {
    this.widths = widths;
  }

  /** Header rows stand at the top. */
  openRow(head: boolean): void {
    const before = this.rows.at(-1);
    this.rows.push({ head: head && before?.head !== false, cells: [] });
    this.column = 0;
  }

  addCell(blocks: PastedBlock[], columns: number, rows: number): void {
    if (this.rows.length === 0) this.openRow(false);
    const at = this.rows.length - 1;
    let { column } = this;
    while ((this.freeFrom[column] ?? 0) > at) column++;
    let reach = 1;
    while (reach < columns && (this.freeFrom[column + reach] ?? 0) <= at) reach++;
    for (let each = column; each < column + reach; each++) this.freeFrom[each] = at + rows;
    this.column = column + reach;
    this.rows[at]?.cells.push({ column, columns: reach, rows, blocks });
  }

  /** The table, or its rows as lines where it is too large for one; nothing for one without words. */
  done(): { items: PastedItem[]; asLines: boolean } {
    const { rows, freeFrom } = this;
    const columns = freeFrom.length;
    const hasWords = rows.some(({ cells }) => cells.some(({ blocks }) => blocks.length > 0));
    if (!hasWords) return { items: [], asLines: false };
    const heads = rows.filter(({ head }) => head).length;
    rows.forEach(({ cells }, at) => {
      // No cell reaches out of the header, or out of the table.
      for (const cell of cells) cell.rows = Math.min(cell.rows, (at < heads ? heads : rows.length) - at);
    });
    const widths = this.widths?.length === columns ? this.widths : null;
    const table = { columns, widths, rows };
    const asLines = columns > MOST_COLUMNS || columns * rows.length > MOST_CELLS;
    return { items: asLines ? linesOf(table) : [table], asLines };
  }
}

/** Each row as a line, where no table can stand; rows without words are left out. */
export function linesOf({ rows }: PastedTable): PastedBlock[] {
  return rows.flatMap(({ cells }) => {
    if (cells.every(({ blocks }) => blocks.length === 0)) return [];
    const inlines: PastedInline[] = [];
    const write = (text: string): void =>
      void inlines.push({ kind: 'text', text, format: 0, smallCaps: false, href: '' });
    cells.forEach(({ blocks }, at) => {
      if (at > 0) write(CELL_SEPARATOR);
      blocks.forEach((block, nth) => {
        if (nth > 0) write(' ');
        for (const inline of block.inlines) {
          if (inline.kind === 'text') inlines.push(inline);
          else write(' ');
        }
      });
    });
    const direction = cells.flatMap(({ blocks }) => blocks)[0]?.direction ?? null;
    return [{ style: 'plain' as const, direction, inlines: joined(inlines) }];
  });
}

/** Runs of one look as one. */
function joined(inlines: readonly PastedInline[]): PastedInline[] {
  const runs: PastedInline[] = [];
  for (const inline of inlines) {
    const last = runs.at(-1);
    const same =
      inline.kind === 'text' &&
      last?.kind === 'text' &&
      last.format === inline.format &&
      last.smallCaps === inline.smallCaps &&
      last.href === inline.href;
    if (same) runs[runs.length - 1] = { ...last, text: last.text + inline.text };
    else runs.push(inline);
  }
  return runs;
}
