import { $getNodeByKey, $getSelection, $isRangeSelection, type LexicalEditor, type NodeKey } from 'lexical';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import type { TableApi, TableCaret, TableCommand } from '../TableApi.ts';
import { dragBorders } from './dragBorders.ts';
import { registerTables } from './registerTables.ts';
import { $runInsertTable, $runTableCommand, isSuggestible } from './runTableCommand.ts';
import { $crossesCells } from './selectionAcross.ts';
import { $isTableNode } from './TableNode.ts';
import { TablePainter, type TableWords } from './TablePainter.ts';
import { $caretPlaceInTable, $enterCell, $makeCell, $selectedRectangle, type DrawId } from './tableCommands.ts';
import { $cellAround, $layOut } from './tableShape.ts';
import './tables.css';

/** Joins tables with the editor of the body: their places on the page, their keys, and what the window may ask. */
export function mountTables(
  editor: LexicalEditor,
  draw: DrawId,
  onDone: (command: TableCommand) => void = () => {},
): { api: TableApi; setWords(words: TableWords): void; dispose(): void } {
  const listeners = new Set<() => void>();
  let caret: TableCaret | null = null;
  const painter = new TablePainter(editor, (key, row, column) => {
    if (!editor.isEditable()) return;
    editor.update(() => {
      const table = $getNodeByKey(key);
      if (!$isTableNode(table)) return;
      const place = $layOut(table).rows[row]?.places.find((each) => each.column === column);
      if (place) $enterCell(place.cells[0] ?? $makeCell(table, place));
    });
  });
  let selected: readonly NodeKey[] = [];
  const showSelected = (keys: readonly NodeKey[]): void => {
    if (keys.length === 0 && selected.length === 0) return;
    for (const key of selected) editor.getElementByKey(key)?.classList.remove('table-selected');
    for (const key of keys) editor.getElementByKey(key)?.classList.add('table-selected');
    selected = keys;
  };
  const stopKeys = registerTables(editor, draw, onDone);
  const stopDrag = dragBorders(editor);
  let before = '';
  const stopCaret = editor.registerUpdateListener(({ editorState, dirtyElements }) => {
    const at = editorState.read($cellsOfSelection);
    // Letters typed in a cell move nothing: a large table is not laid out for them.
    const moved = at !== before;
    before = at;
    if (!moved && (at === '' || ![...dirtyElements].some(([key, intentional]) => intentional && key !== 'root')))
      return;
    const next = editorState.read($readCaret);
    showSelected(editorState.read($readSelectedCells));
    if (sameCaret(caret, next)) return;
    caret = next;
    for (const listener of listeners) listener();
  });
  const update = (run: () => boolean): boolean => {
    let done = false;
    editor.update(
      () => {
        done = run();
      },
      { discrete: true },
    );
    return done;
  };
  return {
    api: {
      insert: (rows, columns) => update(() => $runInsertTable(rows, columns, draw)),
      run: (command) => update(() => $runTableCommand(command, draw)),
      isOffered: (command) => {
        let suggests = false;
        editor.read(() => {
          suggests = $suggesting() !== null;
        });
        return !suggests || isSuggestible(command);
      },
      getCaret: () => caret,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    setWords: (words) => painter.setWords(words),
    dispose() {
      stopKeys();
      stopDrag();
      stopCaret();
      painter.dispose();
      listeners.clear();
    },
  };
}

/** The cells in which the selection begins and ends, as one word; empty outside of tables. */
function $cellsOfSelection(): string {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return '';
  const [one, other] = [$cellAround(selection.anchor.getNode()), $cellAround(selection.focus.getNode())];
  return one || other ? `${one?.getKey() ?? ''} ${other?.getKey() ?? ''}` : '';
}

/** The cells of a selection that reaches over several. */
function $readSelectedCells(): NodeKey[] {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.isCollapsed() || !$crossesCells(selection)) return [];
  return ($selectedRectangle()?.places ?? []).flatMap(({ cells }) => cells.map((cell) => cell.getKey()));
}

function $readCaret(): TableCaret | null {
  const at = $caretPlaceInTable();
  if (!at) return null;
  const { layout, place } = at;
  const selected = $selectedRectangle()?.places ?? [place];
  const rows = selected.map(({ row, rows: high }) => [row, row + high] as const);
  const parted =
    Math.min(...rows.map(([from]) => from)) < layout.headRows &&
    Math.max(...rows.map(([, to]) => to)) > layout.headRows;
  return {
    row: place.row + 1,
    rows: layout.rows.length,
    column: place.column + 1,
    columns: layout.columns.length,
    head: place.row < layout.headRows,
    canMerge: selected.length > 1 && !parted,
    canSplit: place.rows > 1 || place.columns > 1,
  };
}

function sameCaret(a: TableCaret | null, b: TableCaret | null): boolean {
  if (a === null || b === null) return a === b;
  return (Object.keys(a) as (keyof TableCaret)[]).every((key) => a[key] === b[key]);
}
