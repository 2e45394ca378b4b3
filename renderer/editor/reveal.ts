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
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
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

function flash(element: HTMLElement | null): void {
  if (!element) return;
  element.classList.remove('flash');
  // Reading the layout between the two makes the animation begin again.
  void element.offsetWidth;
  element.classList.add('flash');
  element.addEventListener('animationend', () => element.classList.remove('flash'), { once: true });
}
