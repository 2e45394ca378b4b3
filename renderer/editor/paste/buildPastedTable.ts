import type { RowId } from '../../../shared/domain/ids.ts';
import { newColumnIds } from '../../../shared/domain/tables/columnIds.ts';
import { COLUMN_WIDTH } from '../../../shared/domain/tables/layOutTable.ts';
import { columnKey } from '../../../shared/domain/tables/serializedTable.ts';
import type { BlockNode } from '../nodes/BlockNode.ts';
import { $setStateValue } from '../nodes/stateValue.ts';
import { $setMark } from '../nodes/textState.ts';
import { $createCellNode, type CellNode } from '../tables/CellNode.ts';
import { $createRowNode } from '../tables/RowNode.ts';
import { $createTableNode, type TableNode } from '../tables/TableNode.ts';
import { $buildCell, type DrawId } from '../tables/tableCommands.ts';
import { HEAD_MARK } from '../tables/tableShape.ts';
import type { PastedBlock } from './Pasted.ts';
import type { PastedCell, PastedTable } from './PastedTable.ts';

/** A column this much narrower than the others could not be read. */
const LEAST_SHARE = 0.2;

/** Our table of a pasted one, with merged cells, header rows and the proportions of its columns. */
export function $buildPastedTable(
  { columns, widths, rows }: PastedTable,
  draw: DrawId,
  $buildBlock: (block: PastedBlock) => BlockNode,
): TableNode {
  const table = $createTableNode();
  const columnIds = newColumnIds(columns, draw);
  const rowIds = rows.map(() => draw() as RowId);
  const mean = widths ? widths.reduce((sum, width) => sum + width, 0) / columns : 0;
  columnIds.forEach((id, at) => {
    const share = widths && mean > 0 ? Math.max(LEAST_SHARE, (widths[at] as number) / mean) : 1;
    $setStateValue(table, columnKey(id), String(Math.round(share * COLUMN_WIDTH)));
  });
  const covered = new Set<string>();
  rows.forEach(({ head, cells }, at) => {
    const row = $createRowNode(rowIds[at] as RowId);
    const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
    columnIds.forEach((id, column) => {
      const cell = byColumn.get(column);
      if (cell) {
        row.append($buildPastedCell(cell, at, { columnIds, rowIds }, $buildBlock));
        for (let y = at; y < at + cell.rows; y++)
          for (let x = column; x < column + cell.columns; x++) covered.add(`${y}/${x}`);
      } else if (!covered.has(`${at}/${column}`)) row.append($buildCell(id));
    });
    if (head) $setMark(row, HEAD_MARK, true);
    table.append(row);
  });
  return table;
}

function $buildPastedCell(
  { column, columns, rows, blocks }: PastedCell,
  at: number,
  ids: { columnIds: readonly string[]; rowIds: readonly RowId[] },
  $buildBlock: (block: PastedBlock) => BlockNode,
): CellNode {
  const id = ids.columnIds[column] as string;
  const cell = blocks.length > 0 ? $createCellNode(id).append(...blocks.map($buildBlock)) : $buildCell(id);
  return cell.setReach(
    columns > 1 ? (ids.columnIds[column + columns - 1] ?? '') : '',
    rows > 1 ? (ids.rowIds[at + rows - 1] ?? '') : '',
  );
}
