import { $getNearestNodeFromDOMNode, type LexicalEditor } from 'lexical';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import type { TableNode } from './TableNode.ts';
import { $moveBorder } from './tableCommands.ts';
import { $layOut, $tableAround } from './tableShape.ts';

/** How near a border the pointer takes hold of it. */
const REACH_PX = 4;

interface Border {
  table: TableNode;
  column: number;
  widthPx: number;
}

/** Lets the pointer move the borders between the columns of tables. Gives the function that ends it. */
export function dragBorders(editor: LexicalEditor): () => void {
  let held: (Border & { startX: number }) | null = null;

  const find = (event: PointerEvent): Border | null => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('.table') : null;
    if (!element || !editor.isEditable()) return null;
    const { left, width } = element.getBoundingClientRect();
    return editor.read(() => {
      if ($suggesting()) return null;
      const table = $tableAround($getNearestNodeFromDOMNode(element));
      if (!table) return null;
      const { columns } = $layOut(table);
      const sum = columns.reduce((all, column) => all + column.width, 0);
      let at = left;
      for (const [column, { width: share }] of columns.slice(0, -1).entries()) {
        at += (share / sum) * width;
        if (Math.abs(event.clientX - at) <= REACH_PX) return { table, column, widthPx: width };
      }
      return null;
    });
  };
  const onMove = (event: PointerEvent): void => {
    const root = editor.getRootElement();
    if (held || event.buttons === 0) root?.classList.toggle('table-resizing', held !== null || find(event) !== null);
  };
  const onDown = (event: PointerEvent): void => {
    const border = event.button === 0 ? find(event) : null;
    if (!border) return;
    event.preventDefault();
    held = { ...border, startX: event.clientX };
  };
  const onUp = (event: PointerEvent): void => {
    const border = held;
    held = null;
    editor.getRootElement()?.classList.remove('table-resizing');
    if (!border || event.clientX === border.startX) return;
    editor.update(() => {
      const table = border.table.getLatest();
      if (table.isAttached()) $moveBorder(table, border.column, (event.clientX - border.startX) / border.widthPx);
    });
  };
  // A held border must not select words.
  const onMouseDown = (event: MouseEvent): void => {
    if (held) event.preventDefault();
  };
  const stop = editor.registerRootListener((root, previous) => {
    previous?.removeEventListener('pointermove', onMove);
    previous?.removeEventListener('pointerdown', onDown);
    previous?.removeEventListener('mousedown', onMouseDown, true);
    root?.addEventListener('pointermove', onMove);
    root?.addEventListener('pointerdown', onDown);
    root?.addEventListener('mousedown', onMouseDown, true);
  });
  window.addEventListener('pointerup', onUp);
  return () => {
    window.removeEventListener('pointerup', onUp);
    stop();
  };
}
