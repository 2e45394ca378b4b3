import { $getRoot, $getSelection, $isRangeSelection, type LexicalNode } from 'lexical';
import type { RowId } from '../../../shared/domain/ids.ts';
import { newColumnId, newColumnIds } from '../../../shared/domain/tables/columnIds.ts';
import { COLUMN_WIDTH, type Place, planRemoval, type TableLayout } from '../../../shared/domain/tables/layOutTable.ts';
import { columnKey } from '../../../shared/domain/tables/serializedTable.ts';
import { $createBlockNode, $isBlockNode } from '../nodes/BlockNode.ts';
import { $setStateValue } from '../nodes/stateValue.ts';
import { $hasMark, $setMark } from '../nodes/textState.ts';
import { $createCellNode, type CellNode } from './CellNode.ts';
import { $createRowNode, $isRowNode, type RowNode } from './RowNode.ts';
import { $createTableNode, type TableNode } from './TableNode.ts';
import {
  $cellAround,
  $cellsOf,
  $layOut,
  $readShape,
  $rowsOf,
  $tableAround,
  HEAD_MARK,
  placeOf,
  placesOf,
} from './tableShape.ts';

/** What Word takes; a person makes no wider table. */
export const MOST_COLUMNS = 63;
/** Rows that one command makes at most. */
export const MOST_ROWS = 200;

/** Draws the 16 letters of a new id. */
export type DrawId = () => string;

/** Where the caret is in a table. */
export interface TablePlace {
  table: TableNode;
  cell: CellNode;
  row: RowNode;
  layout: TableLayout<CellNode>;
  place: Place<CellNode>;
}

export function $caretPlaceInTable(): TablePlace | null {
  const selection = $getSelection();
  return $isRangeSelection(selection) ? $placeAround(selection.anchor.getNode()) : null;
}

export function $placeAround(node: LexicalNode): TablePlace | null {
  const cell = $cellAround(node);
  const table = $tableAround(cell);
  const row = cell?.getParent();
  if (!cell || !table || !$isRowNode(row)) return null;
  const layout = $layOut(table);
  const place = placeOf(layout, cell);
  return place && { table, cell, row, layout, place };
}

/** Builds a table with a header row and empty cells. */
export function $buildTable(rows: number, columns: number, draw: DrawId): TableNode {
  const table = $createTableNode();
  const ids = newColumnIds(columns, draw);
  for (const id of ids) $setStateValue(table, columnKey(id), String(COLUMN_WIDTH));
  for (let at = 0; at < rows; at++) {
    const row = $buildRow(ids, draw);
    if (at === 0 && rows > 1) $setMark(row, HEAD_MARK, true);
    table.append(row);
  }
  return table;
}

export function $buildRow(columns: readonly string[], draw: DrawId): RowNode {
  return $createRowNode(draw() as RowId).append(...columns.map($buildCell));
}

export function $buildCell(column: string): CellNode {
  return $createCellNode(column).append($createBlockNode('plain'));
}

/** Puts a table behind the block of the caret, which goes into its first cell; null without a caret in the body, or in a table. */
export function $insertTable(rows: number, columns: number, draw: DrawId): TableNode | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || $tableAround(selection.anchor.getNode())) return null;
  const block = selection.anchor.getNode().getTopLevelElement();
  if (!$isBlockNode(block) || !block.getParent()?.is($getRoot())) return null;
  const table = $buildTable(Math.max(1, Math.min(rows, MOST_ROWS)), Math.max(1, Math.min(columns, MOST_COLUMNS)), draw);
  block.insertAfter(table, false);
  // One must be able to go on writing behind it.
  if (!table.getNextSibling()) table.insertAfter($createBlockNode('plain'), false);
  table.getFirstDescendant()?.selectStart();
  return table;
}

/** A row before or behind that of the place; header rows stay at the top. Gives the new row. */
export function $insertRow({ table, layout, place }: TablePlace, way: 'above' | 'below', draw: DrawId): RowNode {
  const rows = $rowsOf(table);
  const at = way === 'above' ? place.row : place.row + place.rows;
  const row = $buildRow(
    layout.columns.filter(({ id }) => id !== '').map(({ id }) => id),
    draw,
  );
  if (at < layout.headRows) $setMark(row, HEAD_MARK, true);
  const next = rows[at];
  if (next) next.insertBefore(row, false);
  else table.append(row);
  return row;
}

/** A column beside that of the place; gives its id, or null when the table is as wide as Word takes. */
export function $insertColumn(
  { table, layout, place }: TablePlace,
  way: 'left' | 'right',
  draw: DrawId,
): string | null {
  const { columns } = layout;
  if (columns.length >= MOST_COLUMNS) return null;
  const at = way === 'left' ? place.column : place.column + place.columns;
  const [before, after] = [columns[at - 1], columns[at]];
  const id = newColumnId(before?.id || null, after?.id || null, draw());
  const beside = columns[way === 'left' ? place.column : at - 1];
  $setStateValue(table, columnKey(id), String(beside?.width ?? COLUMN_WIDTH));
  for (const row of $rowsOf(table)) $putCell(row, $buildCell(id));
  return id;
}

/** Puts a cell where its column stands among those of its row, which is how it reads without a layout. */
function $putCell(row: RowNode, cell: CellNode): void {
  const next = $cellsOf(row).find((each) => each.getColumn() > cell.getColumn());
  if (next) next.insertBefore(cell, false);
  else row.append(cell);
}

/** Takes rows and columns away [DO67]; a table that loses all of either goes. The caret goes to what stays. */
export function $removeParts(
  table: TableNode,
  gone: { rows: ReadonlySet<number>; columns: ReadonlySet<string> },
): void {
  const shape = $readShape(table);
  const layout = $layOut(table);
  if (
    (gone.rows.size > 0 && gone.rows.size >= shape.rows.length) ||
    layout.columns.every(({ id }) => gone.columns.has(id))
  ) {
    $removeTable(table);
    return;
  }
  const { removed, changed } = planRemoval(shape, gone);
  const rows = $rowsOf(table);
  const caret = $caretPlaceInTable();
  for (const [cell, { column, toRow }] of changed) {
    if (column !== undefined) cell.setColumn(column);
    if (toRow !== undefined) cell.setReach(cell.getToColumn(), toRow);
  }
  for (const cell of removed) cell.remove(true);
  rows.forEach((row, at) => {
    if (gone.rows.has(at)) row.remove(true);
  });
  for (const id of gone.columns) $setStateValue(table, columnKey(id), null);
  if (caret?.table.is(table) && !caret.cell.isAttached()) $putCaretNear(table, caret.place);
}

function $putCaretNear(table: TableNode, { row, column }: Place<CellNode>): void {
  const places = placesOf($layOut(table)).filter(({ cells }) => cells.length > 0);
  const distance = (place: Place<CellNode>): number =>
    Math.abs(place.row - row) * 1000 + Math.abs(place.column - column);
  const near = places.toSorted((a, b) => distance(a) - distance(b))[0];
  near?.cells[0]?.selectEnd();
}

/** Takes the table away; the caret goes behind it, or before it where nothing stands there. */
export function $removeTable(table: TableNode): void {
  const selection = $getSelection();
  const inside = $isRangeSelection(selection) && $tableAround(selection.anchor.getNode())?.is(table);
  const beside = table.getNextSibling() ?? table.getPreviousSibling();
  if (!beside) table.insertAfter($createBlockNode('plain'), false);
  if (inside) {
    if (table.getNextSibling()) table.getNextSibling()?.selectStart();
    else table.getPreviousSibling()?.selectEnd();
  }
  table.remove(true);
}

/** Makes all rows up to that of the place header rows, or none of those from it on. */
export function $toggleHead({ table, layout, place }: TablePlace): void {
  const on = place.row >= layout.headRows;
  $rowsOf(table).forEach((row, at) => {
    const head = on ? at < place.row + place.rows : at < place.row && $hasMark(row, HEAD_MARK);
    if (on ? head : at >= place.row) $setMark(row, HEAD_MARK, head);
  });
}

/** The places that the selection touches, grown to a rectangle of whole places; null outside of one table. */
export function $selectedRectangle(
  selection = $getSelection(),
): { at: TablePlace; places: readonly Place<CellNode>[] } | null {
  if (!$isRangeSelection(selection)) return null;
  const at = $placeAround(selection.anchor.getNode());
  const to = $placeAround(selection.focus.getNode());
  if (!at || !to || !at.table.is(to.table)) return null;
  const all = placesOf(at.layout);
  let [top, left] = [Math.min(at.place.row, to.place.row), Math.min(at.place.column, to.place.column)];
  let bottom = Math.max(at.place.row + at.place.rows, to.place.row + to.place.rows);
  let right = Math.max(at.place.column + at.place.columns, to.place.column + to.place.columns);
  for (;;) {
    const inside = all.filter(
      (place) =>
        place.row < bottom &&
        place.row + place.rows > top &&
        place.column < right &&
        place.column + place.columns > left,
    );
    const [t, l, b, r] = [
      Math.min(...inside.map(({ row }) => row)),
      Math.min(...inside.map(({ column }) => column)),
      Math.max(...inside.map(({ row, rows }) => row + rows)),
      Math.max(...inside.map(({ column, columns }) => column + columns)),
    ];
    if (t === top && l === left && b === bottom && r === right) return { at, places: inside };
    [top, left, bottom, right] = [t, l, b, r];
  }
}

/** Makes the selected places one [DO65]; false where there are not several, or header and other rows. */
export function $mergeCells(): boolean {
  const found = $selectedRectangle();
  const first = found?.places[0];
  if (!found || !first || found.places.length < 2) return false;
  const { table, layout } = found.at;
  const bottom = Math.max(...found.places.map(({ row, rows }) => row + rows)) - 1;
  const right = Math.max(...found.places.map(({ column, columns }) => column + columns)) - 1;
  if (first.row < layout.headRows && bottom >= layout.headRows) return false;
  const cell = first.cells[0] ?? $makeCell(table, first);
  const rows = $rowsOf(table);
  for (const place of found.places) for (const each of place.cells) if (!each.is(cell)) each.setReach('', '');
  cell.setReach(
    right > first.column ? (layout.columns[right]?.id ?? '') : '',
    bottom > first.row ? (rows[bottom]?.getRowId() ?? '') : '',
  );
  cell.selectEnd();
  return true;
}

/** Gives every cell of a merged place its own place back; false where nothing is merged. */
export function $splitCell({ place }: TablePlace): boolean {
  const merged = place.cells.filter((cell) => cell.getToColumn() !== '' || cell.getToRow() !== '');
  for (const cell of merged) cell.setReach('', '');
  return merged.length > 0 && (place.rows > 1 || place.columns > 1);
}

/** Moves the border behind a column: `share` of the whole width goes from the next column to it. */
export function $moveBorder(table: TableNode, column: number, share: number): boolean {
  const { columns } = $layOut(table);
  const [one, next] = [columns[column], columns[column + 1]];
  if (!one || !next || one.id === '' || next.id === '') return false;
  const sum = columns.reduce((all, { width }) => all + width, 0);
  const least = Math.ceil(sum * LEAST_SHARE);
  const both = one.width + next.width;
  const width = Math.max(least, Math.min(both - least, Math.round(one.width + share * sum)));
  if (width === one.width || both < 2 * least) return false;
  $setStateValue(table, columnKey(one.id), String(width));
  $setStateValue(table, columnKey(next.id), String(both - width));
  return true;
}

/** No column is narrower than this part of the table. */
const LEAST_SHARE = 0.04;

/** Makes the cell of a place that has none; a person is about to write there [DO62]. */
export function $makeCell(table: TableNode, place: Place<CellNode>): CellNode {
  const { columns } = $layOut(table);
  const row = $rowsOf(table)[place.row];
  const cell = $buildCell(columns[place.column]?.id ?? '');
  if (row) $putCell(row, cell);
  return cell;
}

/** Puts the caret into the next or previous place; null at that end of the table. */
export function $goToPlace({ table, layout, place }: TablePlace, way: 1 | -1): CellNode | null {
  const places = placesOf(layout);
  const at = places.findIndex((each) => each.row === place.row && each.column === place.column);
  const next = places[at + way];
  if (!next) return null;
  const cell = next.cells[0] ?? $makeCell(table, next);
  $enterCell(cell);
  return cell;
}

/** Puts the caret behind the words of a cell; one that has lost its last block gets one. */
export function $enterCell(cell: CellNode): void {
  if (cell.isEmpty()) cell.append($createBlockNode('plain'));
  cell.selectEnd();
}
