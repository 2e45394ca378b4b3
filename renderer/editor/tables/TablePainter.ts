import { $getNodeByKey, type LexicalEditor, type NodeKey, setDOMUnmanaged } from 'lexical';
import type { Place, TableLayout } from '../../../shared/domain/tables/layOutTable.ts';
import { stateOf } from '../nodes/textState.ts';
import type { CellNode } from './CellNode.ts';
import { $isTableNode, TableNode } from './TableNode.ts';
import { $layOut, $rowsOf, $tableAround } from './tableShape.ts';

/** The names that a screen reader says of tables, in the language of the window. */
export interface TableWords {
  table(rows: number, columns: number): string;
  missingCell: string;
}

/**
 * Puts the cells of tables into their places on the page: a grid, in which a missing cell leaves a place to write in and
 * several cells of one place stand one under the other [DO62]. It writes styles and attributes only, never the document.
 */
export class TablePainter {
  readonly #editor: LexicalEditor;
  readonly #onMissing: (table: NodeKey, row: number, column: number) => void;
  readonly #tables = new Set<NodeKey>();
  readonly #stops: (() => void)[];
  #words: TableWords = { table: () => '', missingCell: '' };

  /** `onMissing`: a person wants to write in a place without a cell. */
  constructor(editor: LexicalEditor, onMissing: (table: NodeKey, row: number, column: number) => void) {
    this.#editor = editor;
    this.#onMissing = onMissing;
    this.#stops = [
      editor.registerMutationListener(TableNode, (mutations) => {
        for (const [key, mutation] of mutations)
          if (mutation === 'destroyed') this.#tables.delete(key);
          else if (mutation === 'created') this.#tables.add(key);
        this.#paint(this.#tables);
      }),
      editor.registerUpdateListener(({ dirtyElements, editorState }) => {
        if (this.#tables.size === 0) return;
        const changed = new Set<NodeKey>();
        editorState.read(() => {
          for (const [key, intentional] of dirtyElements) {
            if (!intentional || key === 'root') continue;
            const table = $tableAround($getNodeByKey(key));
            if (table) changed.add(table.getKey());
          }
        });
        this.#paint(changed);
      }),
    ];
  }

  setWords(words: TableWords): void {
    this.#words = words;
    this.#paint(this.#tables);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  #paint(keys: Iterable<NodeKey>): void {
    this.#editor.getEditorState().read(
      () => {
        for (const key of keys) {
          const table = $getNodeByKey(key);
          const element = this.#editor.getElementByKey(key);
          if ($isTableNode(table) && element) this.#paintTable(table, element);
        }
      },
      { editor: this.#editor },
    );
  }

  #paintTable(table: TableNode, element: HTMLElement): void {
    const layout = $layOut(table);
    const { columns, rows, headRows, hidden } = layout;
    element.hidden = rows.length === 0;
    setAttribute(element, 'aria-label', this.#words.table(rows.length, columns.length));
    setAttribute(element, 'aria-rowcount', String(rows.length));
    setAttribute(element, 'aria-colcount', String(columns.length));
    setStyle(element, 'gridTemplateColumns', columns.map(({ width }) => `minmax(0, ${width}fr)`).join(' '));
    for (const cell of hidden) {
      const shown = this.#editor.getElementByKey(cell.getKey());
      if (shown) shown.hidden = true;
    }
    const starts = this.#lines(layout);
    const suggested = suggestedColumns(stateOf(table));
    const rowElements = $rowsOf(table).map((row) => this.#editor.getElementByKey(row.getKey()));
    rowElements.forEach((row, at) => {
      if (!row) return;
      setAttribute(row, 'aria-rowindex', String(at + 1));
      const missing = [...row.querySelectorAll<HTMLElement>(':scope > .table-missing')];
      for (const place of rows[at]?.places ?? []) {
        if (place.cells.length > 0) {
          this.#paintCells(place, starts, headRows);
          for (const cell of place.cells) this.#paintSuggested(cell, suggested.get(cell.getColumn()));
        } else this.#paintMissing(missing.shift() ?? this.#addMissing(row), table.getKey(), place, starts);
      }
      for (const left of missing) left.remove();
    });
  }

  /** The first line of the grid for each row: a place of several cells has a line for each. */
  #lines({ rows }: TableLayout<CellNode>): number[] {
    const heights = rows.map(() => 1);
    for (const { places } of rows)
      for (const { row, rows: high, cells } of places) {
        const there = heights.slice(row, row + high).reduce((sum, each) => sum + each, 0);
        if (cells.length > there) heights[row] = (heights[row] ?? 1) + cells.length - there;
      }
    const starts = [1];
    for (const height of heights) starts.push((starts.at(-1) ?? 1) + height);
    return starts;
  }

  #paintCells(place: Place<CellNode>, starts: readonly number[], headRows: number): void {
    const from = starts[place.row] ?? 1;
    const to = starts[place.row + place.rows] ?? from + 1;
    place.cells.forEach((cell, at) => {
      const element = this.#editor.getElementByKey(cell.getKey());
      if (!element) return;
      const last = at === place.cells.length - 1;
      element.hidden = false;
      setStyle(element, 'gridColumn', `${place.column + 1} / span ${place.columns}`);
      setStyle(element, 'gridRow', `${from + at} / ${last ? to : from + at + 1}`);
      element.classList.toggle('table-under', at > 0);
      const head = place.row < headRows;
      setAttribute(element, 'role', head ? 'columnheader' : 'cell');
      setAttribute(element, 'aria-colindex', String(place.column + 1));
      setSpan(element, 'aria-colspan', place.columns);
      setSpan(element, 'aria-rowspan', place.rows);
    });
  }

  #paintSuggested(cell: CellNode, way: 'ins' | 'del' | undefined): void {
    const element = this.#editor.getElementByKey(cell.getKey());
    if (!element || element.dataset.suggestColumn === way) return;
    if (way) element.dataset.suggestColumn = way;
    else delete element.dataset.suggestColumn;
  }

  #addMissing(row: HTMLElement): HTMLElement {
    const element = document.createElement('div');
    element.className = 'table-cell table-missing';
    element.setAttribute('role', 'cell');
    element.contentEditable = 'false';
    // Lexical would take it out as a change that somebody else made to its page.
    setDOMUnmanaged(element);
    element.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.#onMissing(element.dataset.table ?? '', Number(element.dataset.row), Number(element.dataset.column));
    });
    row.append(element);
    return element;
  }

  #paintMissing(element: HTMLElement, table: NodeKey, place: Place<CellNode>, starts: readonly number[]): void {
    element.dataset.table = table;
    element.dataset.row = String(place.row);
    element.dataset.column = String(place.column);
    setStyle(element, 'gridColumn', `${place.column + 1} / span ${place.columns}`);
    setStyle(element, 'gridRow', `${starts[place.row]} / ${starts[place.row + place.rows]}`);
    setAttribute(element, 'aria-colindex', String(place.column + 1));
    setAttribute(element, 'aria-label', this.#words.missingCell);
  }
}

/** Columns that would be new or go; what would go counts before what would be new. */
function suggestedColumns(state: Readonly<Record<string, unknown>> | undefined): Map<string, 'ins' | 'del'> {
  const found = new Map<string, 'ins' | 'del'>();
  for (const [key, value] of Object.entries(state ?? {})) {
    const way = key.startsWith('cDel_') ? 'del' : key.startsWith('cIns_') ? 'ins' : null;
    if (way === null || typeof value !== 'string') continue;
    for (const id of value.split(' ')) if (way === 'del' || !found.has(id)) found.set(id, way);
  }
  return found;
}

function setAttribute(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function setSpan(element: HTMLElement, name: string, span: number): void {
  if (span > 1) setAttribute(element, name, String(span));
  else element.removeAttribute(name);
}

function setStyle(element: HTMLElement, name: 'gridColumn' | 'gridRow' | 'gridTemplateColumns', value: string): void {
  if (element.dataset[name] === value) return;
  element.dataset[name] = value;
  element.style[name] = value;
}
