import { $getSelection, $isElementNode, $isRangeSelection, type ElementNode, type LexicalNode } from 'lexical';
import type { Settled } from '../../../shared/domain/resolveSuggestions.ts';
import { planRemoval } from '../../../shared/domain/tables/layOutTable.ts';
import { columnKey } from '../../../shared/domain/tables/serializedTable.ts';
import { $setStateValue } from '../nodes/stateValue.ts';
import { $setSuggestionMark, stateOf } from '../nodes/textState.ts';
import type { CellNode } from './CellNode.ts';
import type { TableNode } from './TableNode.ts';
import { $cellsOf, $readShape, $rowsOf } from './tableShape.ts';

/** [DO70] Takes rows and columns away as resolveSuggestions does in JSON; gives the cells that stay. */
export function $answerTable(table: TableNode, settle: (node: LexicalNode) => Settled): CellNode[] {
  const settled = settle(table);
  const rows = $rowsOf(table);
  const answers = rows.map(settle);
  const gone = {
    rows: new Set(answers.flatMap(({ removed }, position) => (removed ? [position] : []))),
    columns: new Set(settled.columns),
  };
  if (settled.removed || (gone.rows.size > 0 && gone.rows.size === rows.length)) {
    $takeAway(table);
    return [];
  }
  const { removed, changed } = planRemoval($readShape(table), gone);
  for (const [cell, { column, toRow }] of changed) {
    if (column !== undefined) cell.setColumn(column);
    if (toRow !== undefined) cell.setReach(cell.getToColumn(), toRow);
  }
  for (const cell of removed) $takeAway(cell);
  rows.forEach((row, at) => {
    if (gone.rows.has(at)) $takeAway(row);
    else for (const [key, value] of answers[at]?.changes ?? []) $setSuggestionMark(row, key, value);
  });
  for (const [key, value] of settled.changes) $setSuggestionMark(table, key, value);
  for (const id of gone.columns)
    if (columnKey(id) in (stateOf(table.getLatest()) ?? {})) $setStateValue(table, columnKey(id), null);
  return $rowsOf(table).flatMap($cellsOf);
}

/** Removes a node; a caret in it goes to what stands beside it. */
export function $takeAway(node: ElementNode): void {
  const selection = $getSelection();
  if (
    $isRangeSelection(selection) &&
    [selection.anchor, selection.focus].some((point) => node.is(point.getNode()) || node.isParentOf(point.getNode()))
  ) {
    let at: LexicalNode = node;
    while (at.getNextSibling() === null && at.getPreviousSibling() === null && at.getParent() !== null)
      at = at.getParent() as LexicalNode;
    const [next, previous] = [at.getNextSibling(), at.getPreviousSibling()];
    if ($isElementNode(next)) next.selectStart();
    else if ($isElementNode(previous)) previous.selectEnd();
  }
  node.remove(true);
}
