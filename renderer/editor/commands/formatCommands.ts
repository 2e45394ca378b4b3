import { $forEachSelectedTextNode } from '@lexical/selection';
import { $getSelection, $isRangeSelection, type LexicalNode } from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $hasMark, $setMark, SMALL_CAPS_MARK } from '../nodes/textState.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';

/** Gives every block that the selection touches the style. */
export function $setBlockStyles(style: BlockStyle): void {
  const hand = $suggesting();
  if (hand) return hand.styles(style);
  for (const block of $selectedBlocks()) block.setBlockStyle(style);
}

/** Small caps on all selected words, or off when all of them have it. */
export function $toggleSmallCaps(): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return;
  const hand = $suggesting();
  if (hand) return void hand.format('small-caps');
  let all = true;
  $forEachSelectedTextNode((node) => {
    if (!$hasMark(node, SMALL_CAPS_MARK)) all = false;
  });
  $forEachSelectedTextNode((node) => $setMark(node, SMALL_CAPS_MARK, !all));
}

/** The block around a node; null outside of any. */
export function $blockOf(node: LexicalNode): BlockNode | null {
  for (let at: LexicalNode | null = node; at !== null; at = at.getParent()) if ($isBlockNode(at)) return at;
  return null;
}

/** The blocks that the selection touches. */
export function $selectedBlocks(): BlockNode[] {
  const selection = $getSelection();
  if (selection === null) return [];
  const blocks = new Map<string, BlockNode>();
  for (const node of selection.getNodes()) {
    const block = $blockOf(node);
    if (block) blocks.set(block.getKey(), block);
  }
  return [...blocks.values()];
}
