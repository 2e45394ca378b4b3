import { isColumnId } from './columnIds.ts';

/** What a table holds, whoever holds it: the editor's nodes or their JSON. */
export interface TableShape<Cell> {
  /** Those the table names, in any order. */
  columns: readonly TableColumn[];
  rows: readonly ShapeRow<Cell>[];
}
export interface TableColumn {
  id: string;
  /** A share of the whole, as it is stored [DO63]. */
  width: number;
}
export interface ShapeRow<Cell> {
  id: string;
  head: boolean;
  cells: readonly ShapeCell<Cell>[];
}
export interface ShapeCell<Cell> {
  cell: Cell;
  column: string;
  toColumn: string;
  toRow: string;
  hasWords: boolean;
}

/** What is shown: places that cover the grid once [DO66]. */
export interface TableLayout<Cell> {
  columns: readonly TableColumn[];
  rows: readonly LaidRow<Cell>[];
  /** How many rows at the top are header rows. */
  headRows: number;
  /** Cells without words that no place shows [DO62] [DO65]. */
  hidden: readonly Cell[];
}
export interface LaidRow<Cell> {
  id: string;
  head: boolean;
  /** Those that begin in this row, from left to right. */
  places: readonly Place<Cell>[];
}
export interface Place<Cell> {
  row: number;
  column: number;
  rows: number;
  columns: number;
  /** Shown one under the other; none where nobody has made a cell yet. */
  cells: readonly Cell[];
}

/** The width of a column whose own is none [DO63]. */
export const COLUMN_WIDTH = 1000;
const WIDEST = 9999;

/** A stored width; anything that is none counts as COLUMN_WIDTH. */
export function parseColumnWidth(value: unknown): number {
  const width = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : 0;
  return width >= 1 && width <= WIDEST ? width : COLUMN_WIDTH;
}

/** The columns of a table in their order: those it names, and those that cells with words name [DO60] [DO61]. */
export function columnsOf<Cell>({ columns, rows }: TableShape<Cell>): TableColumn[] {
  const widths = new Map<string, number>();
  for (const { id, width } of columns) if (isColumnId(id)) widths.set(id, width);
  for (const row of rows)
    for (const { column, hasWords } of row.cells)
      if (hasWords && !widths.has(column) && isColumnId(column)) widths.set(column, COLUMN_WIDTH);
  if (widths.size === 0) return [{ id: '', width: COLUMN_WIDTH }];
  return [...widths].map(([id, width]) => ({ id, width })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The places of a table [DO60]–[DO66]. Linear in its places and cells. */
export function layOutTable<Cell>(shape: TableShape<Cell>): TableLayout<Cell> {
  const columns = columnsOf(shape);
  const at = new Map(columns.map(({ id }, index) => [id, index]));
  const headRows = countHeadRows(shape.rows);
  const rowAt = new Map<string, number>();
  shape.rows.forEach(({ id }, index) => {
    if (id !== '' && !rowAt.has(id)) rowAt.set(id, index);
  });
  const hidden: Cell[] = [];
  // What stands in each field of the grid, before merged cells are looked at.
  const fields = shape.rows.map((row) => {
    const fieldsOfRow: ShapeCell<Cell>[][] = columns.map(() => []);
    for (const cell of row.cells) {
      const column = at.get(cell.column) ?? (isColumnId(cell.column) ? undefined : 0);
      if (column === undefined) hidden.push(cell.cell);
      else fieldsOfRow[column]?.push(cell);
    }
    return fieldsOfRow;
  });
  const covered = shape.rows.map(() => new Uint8Array(columns.length));
  const rows = shape.rows.map(({ id }, row): LaidRow<Cell> => {
    const places: Place<Cell>[] = [];
    for (let column = 0; column < columns.length; column++) {
      if (covered[row]?.[column]) continue;
      const [wide, high] = reachOf(row, column);
      places.push({ row, column, columns: wide, rows: high, cells: cover(row, column, wide, high) });
    }
    return { id, head: row < headRows, places };
  });
  return { columns, rows, headRows, hidden };

  function reachOf(row: number, column: number): [wide: number, high: number] {
    const merged = fields[row]?.[column]?.find((cell) => cell.toColumn !== '' || cell.toRow !== '');
    if (!merged) return [1, 1];
    let wide = 1;
    while (
      column + wide < columns.length &&
      (columns[column + wide] as TableColumn).id <= merged.toColumn &&
      isColumnId(merged.toColumn) &&
      !covered[row]?.[column + wide]
    )
      wide += 1;
    const section = row < headRows ? headRows : shape.rows.length;
    const last = Math.min(rowAt.get(merged.toRow) ?? row, section - 1);
    let high = 1;
    while (row + high <= last && isFree(row + high, column, wide)) high += 1;
    return [wide, high];
  }

  function isFree(row: number, column: number, wide: number): boolean {
    for (let at = column; at < column + wide; at++) if (covered[row]?.[at]) return false;
    return true;
  }

  function cover(row: number, column: number, wide: number, high: number): Cell[] {
    const cells: Cell[] = [];
    for (let y = row; y < row + high; y++)
      for (let x = column; x < column + wide; x++) {
        (covered[y] as Uint8Array)[x] = 1;
        const own = y === row && x === column;
        // Of a place's own cells the first is shown also without words: that is where one types.
        for (const [index, { cell, hasWords }] of (fields[y]?.[x] ?? []).entries())
          if (hasWords || (own && index === 0)) cells.push(cell);
          else hidden.push(cell);
      }
    return cells;
  }
}

/** Header rows are the first ones, as far as each one is marked. */
function countHeadRows(rows: readonly { head: boolean }[]): number {
  const first = rows.findIndex(({ head }) => !head);
  return first < 0 ? rows.length : first;
}

/** What taking rows and columns away does to the cells that stay [DO67]. */
export interface RemovalPlan<Cell> {
  removed: readonly Cell[];
  changed: ReadonlyMap<Cell, { column?: string; toRow?: string }>;
}

/** Plans the removal of rows, by their positions, and of columns, by their ids. */
export function planRemoval<Cell>(
  shape: TableShape<Cell>,
  gone: { rows: ReadonlySet<number>; columns: ReadonlySet<string> },
): RemovalPlan<Cell> {
  const columns = columnsOf(shape).map(({ id }) => id);
  const removed: Cell[] = [];
  const changed = new Map<Cell, { column?: string; toRow?: string }>();
  const rowAt = new Map<string, number>();
  shape.rows.forEach(({ id }, index) => {
    if (id !== '' && !rowAt.has(id)) rowAt.set(id, index);
  });
  shape.rows.forEach((row, position) => {
    if (gone.rows.has(position)) return;
    for (const { cell, column, toColumn, toRow } of row.cells) {
      const change: { column?: string; toRow?: string } = {};
      if (gone.columns.has(column)) {
        const next = isColumnId(toColumn)
          ? columns.find((id) => id > column && id <= toColumn && !gone.columns.has(id))
          : undefined;
        if (next === undefined) {
          removed.push(cell);
          continue;
        }
        change.column = next;
      }
      let last = rowAt.get(toRow);
      if (last !== undefined && gone.rows.has(last)) {
        while (last > position && gone.rows.has(last)) last -= 1;
        change.toRow = last > position ? (shape.rows[last]?.id ?? '') : '';
      }
      if (change.column !== undefined || change.toRow !== undefined) changed.set(cell, change);
    }
  });
  return { removed, changed };
}

/** The widths in whole units that fill `total` exactly, each at least `least` where that is possible [DO63]. */
export function shareWidths(columns: readonly TableColumn[], total: number, least = 1): number[] {
  const floor = Math.min(least, Math.floor(total / Math.max(1, columns.length)));
  const sum = columns.reduce((all, { width }) => all + width, 0);
  const spare = total - floor * columns.length;
  const shares = columns.map(({ width }) => floor + Math.floor((spare * width) / sum));
  let left = total - shares.reduce((all, width) => all + width, 0);
  for (let at = 0; left > 0 && at < shares.length; at++, left--) shares[at] = (shares[at] as number) + 1;
  return shares;
}
