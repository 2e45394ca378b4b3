import type { SerializedBlock, SerializedCell, SerializedElement, SerializedTable } from '../document.ts';
import { layOutTable, type Place, parseColumnWidth, type TableLayout, type TableShape } from './layOutTable.ts';

const COLUMN_KEY = 'col_';

/** The key of the state that names a column of its table. */
export const columnKey = (id: string): string => `${COLUMN_KEY}${id}`;

/** The columns that the state of a table names. */
export function namedColumns(state: Readonly<Record<string, unknown>> | undefined): { id: string; width: number }[] {
  return Object.entries(state ?? {})
    .filter(([key, value]) => key.startsWith(COLUMN_KEY) && typeof value === 'string')
    .map(([key, value]) => ({ id: key.slice(COLUMN_KEY.length), width: parseColumnWidth(value) }));
}

export function isSerializedTable(element: SerializedElement): element is SerializedTable {
  return element.type === 'table';
}

/** A table's JSON as `layOutTable` and `planRemoval` read it. */
export function readShape(table: SerializedTable): TableShape<SerializedCell> {
  return {
    columns: namedColumns(table.$),
    rows: table.children.map(({ rowId, children, $ }) => ({
      id: rowId,
      head: $?.head === 1,
      cells: children.map((cell) => ({
        cell,
        column: cell.column,
        toColumn: cell.toColumn,
        toRow: cell.toRow,
        hasWords: cell.children.some((block) => block.children.length > 0),
      })),
    })),
  };
}

export function layOutSerialized(table: SerializedTable): TableLayout<SerializedCell> {
  return layOutTable(readShape(table));
}

/** The blocks shown in a place, in their order; without those that say nothing around what another cell says. */
export function blocksOfPlace({ cells }: Place<SerializedCell>): SerializedBlock[] {
  if (cells.length === 1) return cells[0]?.children ?? [];
  return cells.flatMap(({ children }) => (children.some((block) => block.children.length > 0) ? children : []));
}

/** Every block of a body or a note in the order of reading, those in tables included [DO69]. */
export function listBlocks(elements: readonly SerializedElement[]): SerializedBlock[] {
  if (!elements.some(isSerializedTable)) return elements as SerializedBlock[];
  return elements.flatMap((element) =>
    isSerializedTable(element)
      ? layOutSerialized(element).rows.flatMap(({ places }) => places.flatMap(blocksOfPlace))
      : [element],
  );
}
