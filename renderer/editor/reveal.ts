import { $getNodeByKey, $isElementNode, type LexicalEditor } from 'lexical';
import type { ClaimId, ThreadId } from '../../shared/domain/ids.ts';
import { $wordsOf } from './commands/claimCommands.ts';
import { $placesOf } from './comments/threadCommands.ts';

/** Scrolls a place of the text into view and lights it up; false when the place is gone. */
export function reveal(
  editor: LexicalEditor,
  place: { claimId: ClaimId } | { threadId: ThreadId } | { blockKey: string } | { nodeKey: string },
  focus: boolean,
): boolean {
  const keys = editor.getEditorState().read(
    () => {
      if ('claimId' in place) return $wordsOf(place.claimId).map((node) => node.getKey());
      if ('threadId' in place) return $placesOf(place.threadId).map((node) => node.getKey());
      const key = 'blockKey' in place ? place.blockKey : place.nodeKey;
      return $getNodeByKey(key) ? [key] : [];
    },
    { editor },
  );
  const [first] = keys;
  const element = first === undefined ? null : editor.getElementByKey(first);
  if (first === undefined || !element) return false;
  scrollToMiddle(element);
  for (const key of keys) flash(editor.getElementByKey(key));
  if (focus) {
    editor.update(() => {
      const node = $getNodeByKey(first);
      if ($isElementNode(node)) node.selectStart();
      else node?.selectPrevious();
    });
    editor.focus();
  }
  return true;
}

/** Frames in which blocks that come on screen may still take their real heights. */
const FRAMES = 6;
let standing: AbortController | null = null;

/**
 * Blocks on the way that were never laid out take their real heights as they pass, and push the place away from where the
 * scrolling ends: then it is brought there at once. Whoever scrolls on meanwhile is left alone.
 */
function scrollToMiddle(element: HTMLElement): void {
  standing?.abort();
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  const scroller = element.closest<HTMLElement>('.page-scroll');
  if (!scroller) return;
  standing = new AbortController();
  const { signal } = standing;
  const settle = (left: number): void => {
    if (signal.aborted || left === 0) return;
    if (!isSeen(element, scroller)) element.scrollIntoView({ block: 'center' });
    requestAnimationFrame(() => settle(left - 1));
  };
  for (const type of ['wheel', 'pointerdown', 'keydown'])
    scroller.addEventListener(type, () => standing?.abort(), { signal, passive: true });
  if (still) requestAnimationFrame(() => settle(FRAMES));
  else scroller.addEventListener('scrollend', () => settle(FRAMES), { signal, once: true });
}

/** The middle of it, or for a long one its beginning, lies within what is seen. */
function isSeen(element: HTMLElement, scroller: HTMLElement): boolean {
  const [place, seen] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const middle = place.top + Math.min(place.height, seen.height) / 2;
  return middle > seen.top && middle < seen.bottom;
}

function flash(element: HTMLElement | null): void {
  if (!element) return;
  element.classList.remove('flash');
  // Reading the layout between the two makes the animation begin again.
  void element.offsetWidth;
  element.classList.add('flash');
  element.addEventListener('animationend', () => element.classList.remove('flash'), { once: true });
}
