import type { SerializedBlock, SerializedElement } from '../domain/document.ts';
import { shareWidths } from '../domain/tables/layOutTable.ts';
import { blocksOfPlace, isSerializedTable, layOutSerialized } from '../domain/tables/serializedTable.ts';
import type { FilingCell, FilingTable } from './FilingModel.ts';

/** The width between the margins, in twips: what the columns of a table fill [FI70]. */
const TEXT_WIDTH_TWIPS = 9360;
const LEAST_COLUMN_TWIPS = 360;

const EMPTY: SerializedBlock = {
  type: 'block',
  version: 1,
  blockStyle: 'plain',
  children: [],
  direction: null,
  format: '',
  indent: 0,
};

/**
 * Every block of a body in the order of reading, and where the tables stand among them. A place without words has one
 * empty block, as Word wants it. A table without rows is not filed [DO68].
 */
export function readTables(elements: readonly SerializedElement[]): {
  blocks: readonly SerializedBlock[];
  tables: readonly FilingTable[];
} {
  const blocks: SerializedBlock[] = [];
  const tables: FilingTable[] = [];
  for (const element of elements) {
    if (!isSerializedTable(element)) {
      blocks.push(element);
      continue;
    }
    const { columns, rows } = layOutSerialized(element);
    if (rows.length === 0) continue;
    const from = blocks.length;
    const filed = rows.map(({ head, places }) => ({
      head,
      cells: places.map((place): FilingCell => {
        const at = blocks.length;
        const own = blocksOfPlace(place);
        blocks.push(...(own.length > 0 ? own : [EMPTY]));
        return { column: place.column, columns: place.columns, rows: place.rows, from: at, to: blocks.length };
      }),
    }));
    tables.push({
      from,
      to: blocks.length,
      widths: shareWidths(columns, TEXT_WIDTH_TWIPS, LEAST_COLUMN_TWIPS),
      rows: filed,
    });
  }
  return { blocks, tables };
}
