import {
  $createRangeSelection,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  type LexicalNode,
  type RangeSelection,
} from 'lexical';
import { $blockOf } from '../commands/formatCommands.ts';
import { $createBlockNode, $isBlockNode } from '../nodes/BlockNode.ts';
import type { CellNode } from './CellNode.ts';
import { $isTableNode } from './TableNode.ts';
import { $makeCell, $placeAround, $selectedRectangle } from './tableCommands.ts';
import { $cellAround, $tableAround, placesOf } from './tableShape.ts';

/** True for a selection that begins and ends in different cells, or with one end in a table. */
export function $crossesCells(selection: RangeSelection): boolean {
  const [one, other] = [$cellAround(selection.anchor.getNode()), $cellAround(selection.focus.getNode())];
  return one === null || other === null ? one !== other : !one.is(other);
}

/**
 * Takes the next place into the selection, which from then on is one of whole cells; false while it has words left to
 * take in its own cell, and at the edge of the table.
 */
export function $extendByCell([down, across]: readonly [number, number]): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const focus = $placeAround(selection.focus.getNode());
  if (!focus || !$tableAround(selection.anchor.getNode())?.is(focus.table)) return false;
  if (!$crossesCells(selection) && !$isAtCellEdge(selection, focus.cell, down + across < 0)) return false;
  const { row, column, rows, columns } = focus.place;
  const [y, x] = [down > 0 ? row + rows : row + down, across > 0 ? column + columns : column + across];
  const next = placesOf(focus.layout).find(
    (place) => y >= place.row && y < place.row + place.rows && x >= place.column && x < place.column + place.columns,
  );
  if (!next) return $crossesCells(selection);
  const block = (next.cells[0] ?? $makeCell(focus.table, next)).getLastChild();
  if (!$isBlockNode(block)) return false;
  const last = block.getLastChild();
  if ($isTextNode(last)) selection.focus.set(last.getKey(), last.getTextContentSize(), 'text');
  else selection.focus.set(block.getKey(), block.getChildrenSize(), 'element');
  return true;
}

function $isAtCellEdge({ focus }: RangeSelection, cell: CellNode, backward: boolean): boolean {
  const block = $blockOf(focus.getNode());
  const edge = backward ? cell.getFirstChild() : cell.getLastChild();
  if (!block?.is(edge)) return false;
  const node = focus.getNode();
  const end = focus.type === 'text' ? node.getTextContentSize() : block.getChildrenSize();
  if (backward ? focus.offset > 0 : focus.offset < end) return false;
  return node.is(block) || (backward ? node.getPreviousSibling() : node.getNextSibling()) === null;
}

/** Empties the cells that the selection touches and takes the words before or behind the table; no cell goes. */
export function $clearAcrossCells(selection: RangeSelection): void {
  const rectangle = $selectedRectangle();
  if (rectangle) {
    for (const { cells } of rectangle.places) for (const cell of cells) $empty(cell);
    rectangle.at.cell.selectStart();
    return;
  }
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus];
  const first = $blockOf(start.getNode());
  const last = $blockOf(end.getNode());
  const inside = { start: $tableAround(start.getNode()), end: $tableAround(end.getNode()) };
  const cells = new Set<CellNode>();
  const whole = new Set<LexicalNode>();
  for (const node of selection.getNodes()) {
    const cell = $cellAround(node);
    const table = $tableAround(node);
    if (table && (table.is(inside.start) || table.is(inside.end))) {
      if (cell) cells.add(cell.getLatest());
    } else if (table) whole.add(table);
    else if ($isBlockNode(node) && !node.is(first) && !node.is(last)) whole.add(node);
  }
  const caret = { key: start.key, offset: start.offset, type: start.type };
  if (first && !inside.start) $removeFrom(start, first, 'end');
  if (last && !inside.end) $removeFrom(end, last, 'start');
  for (const cell of cells) $empty(cell);
  for (const node of whole) if (node.isAttached() && ($isTableNode(node) || $isBlockNode(node))) node.remove(true);
  const startCell = inside.start && first ? $cellAround(first) : null;
  if (startCell) startCell.selectStart();
  else if (first?.isAttached()) {
    const now = $getSelection();
    if (
      $isRangeSelection(now) &&
      caret.type === 'text' &&
      first.getChildren().some((node) => node.getKey() === caret.key)
    ) {
      now.anchor.set(caret.key, caret.offset, 'text');
      now.focus.set(caret.key, caret.offset, 'text');
    } else first.selectEnd();
  }
}

function $removeFrom(point: RangeSelection['anchor'], block: LexicalNode, to: 'start' | 'end'): void {
  if (!$isBlockNode(block)) return;
  const range = $createRangeSelection();
  range.anchor.set(point.key, point.offset, point.type);
  range.focus.set(block.getKey(), to === 'end' ? block.getChildrenSize() : 0, 'element');
  $setSelection(range);
  range.removeText();
}

/** Leaves a cell one block without words. */
function $empty(cell: CellNode): void {
  const [first, ...rest] = cell.getLatest().getChildren();
  for (const node of rest) node.remove(true);
  if ($isBlockNode(first)) for (const node of first.getChildren()) node.remove();
  else {
    first?.remove(true);
    cell.append($createBlockNode('plain'));
  }
}
