import { $getNodeByKey, $isElementNode, type ElementNode } from 'lexical';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $setStateValue } from '../nodes/stateValue.ts';
import { stateOf } from '../nodes/textState.ts';
import type { SuggestedEdit } from '../suggestions/SuggestionBook.ts';
import { ownIdOn } from '../suggestions/suggestEdits.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import type { TableCommand } from '../TableApi.ts';
import type { RowNode } from './RowNode.ts';
import type { TableNode } from './TableNode.ts';
import {
  $caretPlaceInTable,
  $insertColumn,
  $insertRow,
  $insertTable,
  $mergeCells,
  $moveBorder,
  $removeParts,
  $removeTable,
  $selectedRectangle,
  $splitCell,
  $toggleHead,
  type DrawId,
  type TablePlace,
} from './tableCommands.ts';
import { $cellsOf, $rowsOf } from './tableShape.ts';

/** The share of the table by which a key moves a border. */
const STEP = 0.02;
/** What cannot be a suggestion: it has no state before and after that both could be shown. */
const UNSUGGESTED: ReadonlySet<TableCommand> = new Set(['header', 'merge', 'split', 'wider', 'narrower']);

export const isSuggestible = (command: TableCommand): boolean => !UNSUGGESTED.has(command);

/** Inserts a table, or suggests it; false where there is no place for it. */
export function $runInsertTable(rows: number, columns: number, draw: DrawId): boolean {
  const hand = $suggesting();
  const table = $insertTable(rows, columns, draw);
  if (!table) return false;
  if (hand) $mark(table, `rIns_${hand.begin('table').id()}`, 1);
  return true;
}

/** Does to the table of the caret, or suggests, what the command says; false where it is not possible. */
export function $runTableCommand(command: TableCommand, draw: DrawId): boolean {
  const at = $caretPlaceInTable();
  if (!at) return false;
  const edit = $suggesting()?.begin('table') ?? null;
  if (edit && !isSuggestible(command)) return false;
  switch (command) {
    case 'row-above':
    case 'row-below': {
      const row = $insertRow(at, command === 'row-above' ? 'above' : 'below', draw);
      if (edit) $mark(row, `rIns_${edit.id()}`, 1);
      $cellsOf(row)[at.place.column]?.selectStart();
      return true;
    }
    case 'column-left':
    case 'column-right': {
      const id = $insertColumn(at, command === 'column-left' ? 'left' : 'right', draw);
      if (id === null) return false;
      if (edit) $mark(at.table, `cIns_${edit.id()}`, id);
      $cellsOf(at.row)
        .find((cell) => cell.getColumn() === id)
        ?.selectStart();
      return true;
    }
    case 'delete-row':
      return $deleteRows(at, edit);
    case 'delete-column':
      return $deleteColumns(at, edit);
    case 'delete-table':
      if (edit && !($ownMark(at.table, 'rIns_', edit) && $holdsOwnWords(at.table, edit))) $suggestGone(at.table, edit);
      else $removeTable(at.table);
      return true;
    case 'header':
      $toggleHead(at);
      return true;
    case 'merge':
      return $mergeCells();
    case 'split':
      return $splitCell(at);
    case 'wider':
    case 'narrower': {
      const share = command === 'wider' ? STEP : -STEP;
      const { column, columns } = at.place;
      const last = column + columns === at.layout.columns.length;
      return $moveBorder(at.table, last ? column - 1 : column + columns - 1, last ? -share : share);
    }
  }
}

function $deleteRows({ table, place }: TablePlace, edit: SuggestedEdit | null): boolean {
  const touched = $selectedRectangle()?.places ?? [place];
  const from = Math.min(...touched.map(({ row }) => row));
  const to = Math.max(...touched.map(({ row, rows }) => row + rows));
  const rows = $rowsOf(table);
  const gone = new Set<number>();
  for (let at = from; at < to; at++) {
    const row = rows[at] as RowNode;
    const own = edit && ($ownMark(row, 'rIns_', edit) || $ownMark(table, 'rIns_', edit));
    if (edit && !(own && $holdsOwnWords(row, edit))) $suggestGone(row, edit);
    else gone.add(at);
  }
  if (gone.size > 0) $removeParts(table, { rows: gone, columns: new Set() });
  return true;
}

function $deleteColumns({ table, layout, place }: TablePlace, edit: SuggestedEdit | null): boolean {
  const touched = $selectedRectangle()?.places ?? [place];
  const from = Math.min(...touched.map(({ column }) => column));
  const to = Math.max(...touched.map(({ column, columns }) => column + columns));
  const ids = layout.columns.slice(from, to).map(({ id }) => id);
  if (!edit) {
    $removeParts(table, { rows: new Set(), columns: new Set(ids) });
    return true;
  }
  const own = new Map<string, string | null>();
  if ($ownMark(table, 'rIns_', edit)) for (const id of ids) own.set(id, null);
  for (const [key, value] of Object.entries(stateOf(table) ?? {}))
    if (key.startsWith('cIns_') && typeof value === 'string' && edit.isOwn(key.slice(5)))
      for (const id of value.split(' ')) own.set(id, key);
  for (const cell of $rowsOf(table).flatMap($cellsOf)) if (!$holdsOwnWords(cell, edit)) own.delete(cell.getColumn());
  const others = ids.filter((id) => !own.has(id) && id !== '');
  if (others.length > 0) $setStateValue(table, `cDel_${edit.id()}`, others.join(' '));
  const real = new Set(ids.filter((id) => own.has(id)));
  if (real.size === 0) return true;
  for (const key of new Set([...real].map((id) => own.get(id)))) {
    if (!key) continue;
    const left = String(stateOf(table)?.[key] ?? '')
      .split(' ')
      .filter((id) => !real.has(id));
    $setStateValue(table, key, left.length > 0 ? left.join(' ') : null);
  }
  $removeParts(table, { rows: new Set(), columns: real });
  return true;
}

/** [DO14] An own insertion is taken back for good, unless somebody else has written in it. */
function $ownMark(node: TableNode | RowNode, mark: string, edit: SuggestedEdit): boolean {
  return Object.keys(stateOf(node.getLatest()) ?? {}).some(
    (key) => key.startsWith(mark) && edit.isOwn(key.slice(mark.length)),
  );
}

/** Whether every word in it is an own suggestion. */
function $holdsOwnWords(node: ElementNode, edit: SuggestedEdit): boolean {
  return node.getChildren().every((child) => {
    if ($isElementNode(child) && !$isBlockNode(node)) return $holdsOwnWords(child, edit);
    return ownIdOn(child, 'ins_', edit) !== null && edit.mayRemove(child);
  });
}

function $suggestGone(node: TableNode | RowNode, edit: SuggestedEdit): void {
  if (!$ownMark(node, 'rDel_', edit)) $mark(node, `rDel_${edit.id()}`, 1);
}

function $mark(node: TableNode | RowNode, key: string, value: 1 | string): void {
  const there = $getNodeByKey(node.getKey());
  if (there) $setStateValue(there, key, value);
}
