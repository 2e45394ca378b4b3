import {
  $createRangeSelection,
  $getSelection,
  $isRangeSelection,
  $setSelection,
  type LexicalNode,
  type RangeSelection,
} from 'lexical';
import { $blockOf } from '../commands/formatCommands.ts';
import { $createBlockNode, $isBlockNode } from '../nodes/BlockNode.ts';
import type { CellNode } from './CellNode.ts';
import { $isTableNode } from './TableNode.ts';
import { $selectedRectangle } from './tableCommands.ts';
import { $cellAround, $tableAround } from './tableShape.ts';

/** True for a selection that begins and ends in different cells, or with one end in a table. */
export function $crossesCells(selection: RangeSelection): boolean {
  const [one, other] = [$cellAround(selection.anchor.getNode()), $cellAround(selection.focus.getNode())];
  return one === null || other === null ? one !== other : !one.is(other);
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
    if (cell && table && (table.is(inside.start) || table.is(inside.end))) cells.add(cell.getLatest());
    else if (table) whole.add(table);
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
