import {
  $createRangeSelection,
  $isElementNode,
  $isTextNode,
  $setSelection,
  type LexicalNode,
  type PointType,
  type RangeSelection,
} from 'lexical';
import { staysApart } from '../../../shared/domain/letterParts.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $selectedRectangle } from '../tables/tableCommands.ts';
import { $cellAround, $tableAround } from '../tables/tableShape.ts';

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
  /** It reaches over the edge of a table, a cell or a note: the ends of its blocks do not all join. */
  parted: boolean;
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
  const past = point.offset >= node.getChildrenSize();
  const block = $blockAtEdge(node.getChildAtIndex(past ? node.getChildrenSize() - 1 : point.offset), past);
  return block && { block, before: past ? null : block.getFirstChild() };
}

/** The first or last block of a node, which may be the node itself. */
function $blockAtEdge(node: LexicalNode | null, last: boolean): BlockNode | null {
  if ($isBlockNode(node)) return node;
  if (!$isElementNode(node)) return null;
  const children = last ? node.getChildren().toReversed() : node.getChildren();
  for (const child of children) {
    const block = $blockAtEdge(child, last);
    if (block) return block;
  }
  return null;
}

/** The next block of the document, into and out of tables and notes. */
function $blockBehind(block: BlockNode): BlockNode | null {
  for (let at: LexicalNode | null = block; at !== null; ) {
    const next: LexicalNode | null = at.getNextSibling();
    const found = $blockAtEdge(next, false);
    if (found) return found;
    at = next ?? at.getParent();
  }
  return null;
}

/** The selection as whole nodes, whole cells where it reaches over several of a table; null when it lies in no blocks. */
export function $rangeOf(selection: RangeSelection): TextRange | null {
  const cells = $rangeOfCells(selection);
  if (cells) return cells;
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
  let parted = false;
  let { block } = start;
  let node = start.before;
  for (;;) {
    const stop = block.is(end.block) ? end.before : null;
    for (; node !== null && !node.is(stop); node = node.getNextSibling()) nodes.push(node);
    if (block.is(end.block)) break;
    const next = $blockBehind(block);
    if (!next) return null;
    if (next.is(block.getNextSibling())) blocks.push(block);
    else parted = true;
    block = next;
    node = block.getFirstChild();
  }
  return { start, end, nodes, blocks: parted ? blocks.filter($mayJoin) : blocks, parted };
}

/** A selection of whole cells, as it is shown; null for any other. */
function $rangeOfCells(selection: RangeSelection): TextRange | null {
  const [one, other] = [$cellAround(selection.anchor.getNode()), $cellAround(selection.focus.getNode())];
  if (!one || !other || one.is(other) || !$tableAround(one)?.is($tableAround(other))) return null;
  const cells = $selectedRectangle(selection)?.places.flatMap((place) => place.cells) ?? [];
  const all = cells.flatMap((cell) => cell.getChildren().filter($isBlockNode));
  const first = one.getChildren().find($isBlockNode) ?? all[0];
  const last = all.at(-1);
  if (!first || !last) return null;
  return {
    start: { block: first, before: first.getFirstChild() },
    end: { block: last, before: null },
    nodes: all.flatMap((block) => block.getChildren()),
    blocks: all.filter($mayJoin),
    parted: true,
  };
}

/** [DO70] [DO92] */
function $mayJoin(block: BlockNode): boolean {
  const next = block.getNextSibling();
  return $isBlockNode(next) && !staysApart(block.getBlockStyle(), next.getBlockStyle());
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
