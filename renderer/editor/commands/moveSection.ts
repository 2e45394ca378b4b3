import { $getNodeByKey, $getRoot, type NodeKey } from 'lexical';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';

/** Past the section of the same level before or after it, or to just before a block (null: the end). */
export type MoveTarget = 'up' | 'down' | { before: NodeKey | null };

const LEVELS: Readonly<Record<string, number>> = { h1: 1, h2: 2, h3: 3, h4: 4 };
const levelOf = (block: BlockNode): number => LEVELS[block.getBlockStyle()] ?? 0;

/**
 * Moves a heading with everything under it. What moves in the document is the shorter of the two stretches that change
 * places, so that a partner who types in the longer one is not touched at all. False when there is nowhere to go.
 */
export function $moveSection(blockKey: NodeKey, target: MoveTarget): boolean {
  const heading = $getNodeByKey(blockKey);
  if (!$isBlockNode(heading) || levelOf(heading) === 0) return false;
  const blocks = $getRoot().getChildren().filter($isBlockNode);
  const from = blocks.findIndex((block) => block.is(heading));
  if (from < 0) return false;
  const to = endOfSection(blocks, from);
  const goal = goalOf(blocks, from, to, target);
  if (goal === null || (goal >= from && goal <= to)) return false;
  // [first, middle) and [middle, end) change places.
  const [first, middle, end] = goal < from ? [goal, from, to] : [from, to, goal];
  if (middle - first <= end - middle) {
    let anchor = blocks[end - 1] as BlockNode;
    for (const block of blocks.slice(first, middle)) {
      anchor.insertAfter(block, false);
      anchor = block;
    }
  } else {
    const anchor = blocks[first] as BlockNode;
    for (const block of blocks.slice(middle, end)) anchor.insertBefore(block, false);
  }
  return true;
}

/** Position of the first block after the section. */
function endOfSection(blocks: readonly BlockNode[], from: number): number {
  const level = levelOf(blocks[from] as BlockNode);
  for (let at = from + 1; at < blocks.length; at++) {
    const block = blocks[at] as BlockNode;
    if (/^(signature|address)$/.test(block.getBlockStyle())) return at;
    if (levelOf(block) > 0 && levelOf(block) <= level) return at;
  }
  return blocks.length;
}

function goalOf(blocks: readonly BlockNode[], from: number, to: number, target: MoveTarget): number | null {
  if (typeof target === 'object') {
    if (target.before === null) return blocks.length;
    const at = blocks.findIndex((block) => block.getKey() === target.before);
    return at < 0 ? null : at;
  }
  const level = levelOf(blocks[from] as BlockNode);
  if (target === 'down') {
    const next = blocks[to];
    return next && levelOf(next) > 0 && levelOf(next) <= level ? endOfPart(blocks, to, level) : null;
  }
  for (let at = from - 1; at >= 0; at--) {
    const before = levelOf(blocks[at] as BlockNode);
    if (before > 0 && before <= level) return before < level ? null : at;
  }
  return null;
}

/** Where a section of the level stands after it has passed the heading at `at`; a higher heading is not passed. */
function endOfPart(blocks: readonly BlockNode[], at: number, level: number): number | null {
  return levelOf(blocks[at] as BlockNode) === level ? endOfSection(blocks, at) : null;
}
