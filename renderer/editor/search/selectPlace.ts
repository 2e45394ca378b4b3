import { $createRangeSelection, $getNodeByKey, $isTextNode, $setSelection, type RangeSelection } from 'lexical';
import type { BlockText } from './BlockTexts.ts';

/** Selects words of a block, from the run of the first character; null when a node of them is gone. */
export function $selectPlace(block: BlockText, start: number, end: number): RangeSelection | null {
  const first = block.segments.find((segment) => segment.start <= start && start < segment.end);
  const last = block.segments.find((segment) => segment.start < end && end <= segment.end);
  const firstNode = first && $getNodeByKey(first.key);
  if (!first || !last || !$isTextNode(firstNode) || !$getNodeByKey(last.key)) return null;
  const selection = $createRangeSelection();
  selection.anchor.set(first.key, start - first.start, 'text');
  selection.focus.set(last.key, end - last.start, 'text');
  selection.format = firstNode.getFormat();
  $setSelection(selection);
  return selection;
}
