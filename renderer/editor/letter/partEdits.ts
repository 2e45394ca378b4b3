import {
  $createLineBreakNode,
  $createRangeSelection,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  type ElementNode,
  type LexicalNode,
  type PointType,
  type RangeSelection,
} from 'lexical';
import { isLetterPart, isOneLine, staysApart } from '../../../shared/domain/letterParts.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { ownIdOn } from '../suggestions/suggestEdits.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';

/** Enter in a part of the letter [DO91]; false where the ordinary new paragraph is right. */
export function $enterInPart(): boolean {
  $clearAcrossParts();
  const selection = $getSelection();
  const block = $isRangeSelection(selection) ? $blockOf(selection.anchor.getNode()) : null;
  if (!block || !$isRangeSelection(selection)) return false;
  const style = block.getBlockStyle();
  if (!isLetterPart(style)) return false;
  const leaves = selection.isCollapsed() && $isAtEdge(selection.anchor, block, 'end');
  if (leaves && isOneLine(style)) return false;
  const last = block.getLastChild();
  if (leaves && (last === null || $isLineBreakNode(last))) {
    const hand = $suggesting();
    // The break of a line that stays empty goes; one that somebody else made is not this person's to take.
    if (last && (!hand || ownIdOn(last, 'ins_', hand.begin('delete')) !== null)) {
      last.remove();
      block.selectEnd();
    }
    return false;
  }
  const hand = $suggesting();
  if (hand) return hand.nodes([$createLineBreakNode()], 'insert');
  selection.insertLineBreak();
  return true;
}

/** Backspace or Delete beside or across a part [DO92]; false where the ordinary deletion is right. */
export function $deleteBesidePart(backward: boolean): boolean {
  if ($clearAcrossParts()) return true;
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false;
  const block = $blockOf(selection.anchor.getNode());
  if (!block || !$isAtEdge(selection.anchor, block, backward ? 'start' : 'end')) return false;
  const style = block.getBlockStyle();
  const beside = backward ? block.getPreviousSibling() : block.getNextSibling();
  const hand = $suggesting();
  if (block.isEmpty() && isLetterPart(style) && backward) {
    if (hand) hand.styles('plain');
    else block.setBlockStyle('plain');
    return true;
  }
  if (!$isBlockNode(beside)) return isLetterPart(style);
  if (!staysApart(style, beside.getBlockStyle())) return false;
  if (!hand && block.isEmpty()) block.remove();
  else if (!hand && beside.isEmpty()) {
    beside.remove();
    return true;
  }
  if (backward) beside.selectEnd();
  else beside.selectStart();
  return true;
}

/**
 * Deletes what is selected when it reaches over the edge of a part, block by block, so that nothing joins [DO92]; the caret
 * ends in the first one. False for any other selection.
 */
export function $clearAcrossParts(): boolean {
  const ends = $endsAcrossParts();
  if (!ends) return false;
  const { start, end, first, last } = ends;
  const between: LexicalNode[] = [];
  for (let node = first.getNextSibling(); node && !node.is(last); node = node.getNextSibling()) between.push(node);
  const head = $rangeIn(first, start, null);
  const tail = $rangeIn(last, null, end);
  const hand = $suggesting();
  for (const node of between.toReversed()) {
    if (!hand) node.remove();
    else if ($isElementNode(node)) $remove($rangeIn(node, null, null));
  }
  $remove(tail);
  $remove(head);
  return true;
}

/** Whether what is selected reaches over the edge of a part. */
export function $reachesOverPart(): boolean {
  return $endsAcrossParts() !== null;
}

function $endsAcrossParts(): { start: PointType; end: PointType; first: BlockNode; last: BlockNode } | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return null;
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus];
  const [first, last] = [$blockOf(start.getNode()), $blockOf(end.getNode())];
  if (!first || !last || first.is(last) || !first.getParent()?.is(last.getParent())) return null;
  return staysApart(first.getBlockStyle(), last.getBlockStyle()) ? { start, end, first, last } : null;
}

function $remove(range: RangeSelection): void {
  $setSelection(range);
  if (range.isCollapsed()) return;
  const hand = $suggesting();
  if (hand) hand.removal();
  else range.removeText();
}

/** From a place of the block or table, null its start, to another, null its end. */
function $rangeIn(block: ElementNode, from: PointType | null, to: PointType | null): RangeSelection {
  const range = $createRangeSelection();
  if (from) range.anchor.set(from.key, from.offset, from.type);
  else range.anchor.set(block.getKey(), 0, 'element');
  if (to) range.focus.set(to.key, to.offset, to.type);
  else range.focus.set(block.getKey(), block.getChildrenSize(), 'element');
  return range;
}

/** Whether nothing of the block stands before, or behind, the point. */
function $isAtEdge(point: PointType, block: BlockNode, edge: 'start' | 'end'): boolean {
  const node = point.getNode();
  if (node.is(block)) return point.offset === (edge === 'start' ? 0 : block.getChildrenSize());
  if (!$isTextNode(node)) return false;
  if (point.offset !== (edge === 'start' ? 0 : node.getTextContentSize())) return false;
  return (edge === 'start' ? node.getPreviousSibling() : node.getNextSibling()) === null;
}
