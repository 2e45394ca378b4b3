import type { LexicalEditor } from 'lexical';
import type { BlockText } from './BlockTexts.ts';

/** Where words of a block stand on the page: a container and an offset for each end; null when they are not there. */
export function rangeOfPlace(
  editor: LexicalEditor,
  block: BlockText,
  start: number,
  end: number,
): StaticRangeInit | null {
  const first = block.segments.find((segment) => segment.start <= start && start < segment.end);
  const last = block.segments.find((segment) => segment.start < end && end <= segment.end);
  const startContainer = first && textOf(editor, first.key);
  const endContainer = last && textOf(editor, last.key);
  if (!first || !last || !startContainer || !endContainer) return null;
  const startOffset = start - first.start;
  const endOffset = end - last.start;
  // The page can be a moment behind the words.
  if (startOffset > startContainer.length || endOffset > endContainer.length) return null;
  return { startContainer, startOffset, endContainer, endOffset };
}

function textOf(editor: LexicalEditor, key: string): Text | null {
  let node: Node | null = editor.getElementByKey(key);
  while (node && !(node instanceof Text)) node = node.firstChild;
  return node;
}
