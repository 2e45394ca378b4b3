import type { LexicalEditor } from 'lexical';

/** Between the caret and the edge of what is seen, in px. */
const MARGIN_PX = 24;
/** Frames in which blocks that come on screen may still take their real heights. */
const FRAMES = 6;

/**
 * Keys that jump far (Ctrl+Home, Ctrl+End, pages) land among blocks that were never laid out: their real heights push the
 * caret out of sight after the browser has scrolled to it. Scrolls again until it stands. Gives the function that ends it.
 */
export function showCaretAfterJump(editor: LexicalEditor): () => void {
  let frame = 0;
  const look = (root: HTMLElement, left: number): void => {
    frame = requestAnimationFrame(() => {
      const scroller = root.closest<HTMLElement>('.page-scroll');
      const selection = document.getSelection();
      if (!scroller || !selection?.focusNode || !root.contains(selection.focusNode)) return;
      const distance = distanceOut(readCaret(selection), scroller.getBoundingClientRect());
      if (distance !== 0) scroller.scrollTop += distance;
      if (left > 1) look(root, left - 1);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const jumps = event.ctrlKey || event.metaKey ? /^(?:Home|End)$/ : /^Page(?:Up|Down)$/;
    cancelAnimationFrame(frame);
    if (jumps.test(event.key)) look(event.currentTarget as HTMLElement, FRAMES);
  };
  const stop = editor.registerRootListener((root, before) => {
    before?.removeEventListener('keydown', onKeyDown);
    root?.addEventListener('keydown', onKeyDown);
  });
  return () => {
    cancelAnimationFrame(frame);
    stop();
  };
}

function readCaret(selection: Selection): DOMRect {
  const range = document.createRange();
  const node = selection.focusNode as Node;
  range.setStart(node, selection.focusOffset);
  const [caret] = range.getClientRects();
  const element = node instanceof Element ? node : node.parentElement;
  return caret ?? (element as Element).getBoundingClientRect();
}

/** How far to scroll, in px; 0 while the caret is seen. */
function distanceOut(caret: DOMRect, seen: DOMRect): number {
  if (caret.bottom > seen.bottom - MARGIN_PX) return caret.bottom - seen.bottom + MARGIN_PX;
  if (caret.top < seen.top + MARGIN_PX) return caret.top - seen.top - MARGIN_PX;
  return 0;
}
