import { $getRoot, $isElementNode, type ElementNode, type LexicalNode } from 'lexical';
import {
  layOutTable,
  type Place,
  type TableLayout,
  type TableShape,
} from '../../../shared/domain/tables/layOutTable.ts';
import { namedColumns } from '../../../shared/domain/tables/serializedTable.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $hasMark, stateOf } from '../nodes/textState.ts';
import { $isCellNode, type CellNode } from './CellNode.ts';
import { $isRowNode, type RowNode } from './RowNode.ts';
import { $isTableNode, type TableNode } from './TableNode.ts';

/** The mark of a header row. */
export const HEAD_MARK = 'head';

export function $rowsOf(table: TableNode): RowNode[] {
  return table.getChildren().filter($isRowNode);
}

export function $cellsOf(row: RowNode): CellNode[] {
  return row.getChildren().filter($isCellNode);
}

export function $hasWords(cell: CellNode): boolean {
  return cell.getChildren().some((block) => $isElementNode(block) && !block.isEmpty());
}

/** A table of the editor as `layOutTable` reads it: as its JSON would be read. */
export function $readShape(table: TableNode): TableShape<CellNode> {
  return {
    columns: namedColumns(stateOf(table.getLatest())),
    rows: $rowsOf(table).map((row) => ({
      id: row.getRowId(),
      head: $hasMark(row, HEAD_MARK),
      cells: $cellsOf(row).map((cell) => ({
        cell,
        column: cell.getColumn(),
        toColumn: cell.getToColumn(),
        toRow: cell.getToRow(),
        hasWords: $hasWords(cell),
      })),
    })),
  };
}

export function $layOut(table: TableNode): TableLayout<CellNode> {
  return layOutTable($readShape(table));
}

/** The cell around a node; null outside of any. */
export function $cellAround(node: LexicalNode | null): CellNode | null {
  for (let at = node; at !== null; at = at.getParent()) if ($isCellNode(at)) return at;
  return null;
}

export function $tableAround(node: LexicalNode | null): TableNode | null {
  for (let at = node; at !== null; at = at.getParent()) if ($isTableNode(at)) return at;
  return null;
}

/** The place that shows the cell; null for a hidden one. */
export function placeOf(layout: TableLayout<CellNode>, cell: CellNode): Place<CellNode> | null {
  for (const { places } of layout.rows)
    for (const place of places) if (place.cells.some((each) => each.is(cell))) return place;
  return null;
}

/** Every place of a table in the order of reading. */
export function placesOf(layout: TableLayout<CellNode>): Place<CellNode>[] {
  return layout.rows.flatMap(({ places }) => [...places]);
}

/** Every block in the order of reading, those in tables included [DO69]. */
export function $listBlocks(parent: ElementNode = $getRoot()): BlockNode[] {
  const blocks: BlockNode[] = [];
  for (let node = parent.getFirstChild(); node !== null; node = node.getNextSibling()) {
    if ($isBlockNode(node)) blocks.push(node);
    else if ($isTableNode(node)) blocks.push(...$blocksOfTable(node));
  }
  return blocks;
}

function $blocksOfTable(table: TableNode): BlockNode[] {
  return placesOf($layOut(table)).flatMap(({ cells }) => {
    const shown = cells.length === 1 ? cells : cells.filter($hasWords);
    return shown.flatMap((cell) => cell.getChildren().filter($isBlockNode));
  });
}
