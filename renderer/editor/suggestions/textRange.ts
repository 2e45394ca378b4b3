import {
  $createRangeSelection,
  $isElementNode,
  $isTextNode,
  $setSelection,
  type LexicalNode,
  type PointType,
  type RangeSelection,
} from 'lexical';
import { $blockOf } from '../commands/formatCommands.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';

/** A place between two nodes of a block; `before` null is its end. */
export interface Place {
  block: BlockNode;
  before: LexicalNode | null;
}

/** Whole nodes, and the blocks whose end lies among them. */
export interface TextRange {
  start: Place;
  end: Place;
  nodes: LexicalNode[];
  blocks: BlockNode[];
}

/** The place of a point, for which text may be split; null outside of any block. */
export function $placeOf(point: Pick<PointType, 'key' | 'offset' | 'type' | 'getNode'>): Place | null {
  const node = point.getNode();
  if ($isTextNode(node)) {
    const block = $blockOf(node);
    if (!block) return null;
    if (point.offset <= 0) return { block, before: node };
    if (point.offset >= node.getTextContentSize()) return { block, before: node.getNextSibling() };
    return { block, before: node.splitText(point.offset)[1] ?? null };
  }
  if ($isBlockNode(node)) return { block: node, before: node.getChildAtIndex(point.offset) };
  if (!$isElementNode(node)) return null;
  const child = node.getChildAtIndex(Math.min(point.offset, node.getChildrenSize() - 1));
  if ($isBlockNode(child))
    return { block: child, before: point.offset >= node.getChildrenSize() ? null : child.getFirstChild() };
  return null;
}

/** The selection as whole nodes; null when it does not lie in blocks that follow one another. */
export function $rangeOf(selection: RangeSelection): TextRange | null {
  const [first, last] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus];
  // The second end first: splitting a text leaves what is before the split in place.
  const startPoint = copyOf(first);
  const end = $placeOf(copyOf(last));
  const start = $placeOf(startPoint);
  if (!start || !end) return null;
  const nodes: LexicalNode[] = [];
  const blocks: BlockNode[] = [];
  let { block } = start;
  let node = start.before;
  for (;;) {
    const stop = block.is(end.block) ? end.before : null;
    for (; node !== null && !node.is(stop); node = node.getNextSibling()) nodes.push(node);
    if (block.is(end.block)) return { start, end, nodes, blocks };
    const next = block.getNextSibling();
    if (!$isBlockNode(next)) return null;
    blocks.push(block);
    block = next;
    node = block.getFirstChild();
  }
}

function copyOf(point: PointType): Pick<PointType, 'key' | 'offset' | 'type' | 'getNode'> {
  const { key, offset, type } = point;
  const node = point.getNode();
  return { key, offset, type, getNode: () => node.getLatest() } as Pick<
    PointType,
    'key' | 'offset' | 'type' | 'getNode'
  >;
}

/** The node before a place in its block. */
export function $nodeBefore({ block, before }: Place): LexicalNode | null {
  return before ? before.getPreviousSibling() : block.getLastChild();
}

/** Puts the caret there, onto words where there are some. */
export function $putCaret(place: Place): RangeSelection {
  const selection = $createRangeSelection();
  const behind = $nodeBefore(place);
  if ($isTextNode(behind)) selection.anchor.set(behind.getKey(), behind.getTextContentSize(), 'text');
  else if ($isTextNode(place.before)) selection.anchor.set(place.before.getKey(), 0, 'text');
  else
    selection.anchor.set(
      place.block.getKey(),
      place.before ? place.before.getIndexWithinParent() : place.block.getChildrenSize(),
      'element',
    );
  selection.focus.set(selection.anchor.key, selection.anchor.offset, selection.anchor.type);
  $setSelection(selection);
  return selection;
}
