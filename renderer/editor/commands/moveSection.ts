import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $parseSerializedNode,
  type ElementNode,
  type LexicalNode,
  type NodeKey,
  type SerializedLexicalNode,
} from 'lexical';
import { goalOfPart, isLetterPart, keepsWithNext, unitAround } from '../../../shared/domain/letterParts.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import type { MoveTarget } from '../ReferenceApi.ts';
import { $isTableNode } from '../tables/TableNode.ts';

const LEVELS: Readonly<Record<string, number>> = { h1: 1, h2: 2, h3: 3, h4: 4 };
const levelOf = (block: BlockNode): number => LEVELS[block.getBlockStyle()] ?? 0;

/**
 * Puts a copy of a heading with everything under it, or of a part of the letter [DO93], where it is to go, and answers the blocks and their copies, in order;
 * null when there is nowhere to go. The originals are to be removed in an update of their own: in one step the binding
 * would write every block between the two places anew, under the carets of partners.
 */
export function $copySection(blockKey: NodeKey, target: MoveTarget): readonly { from: NodeKey; to: NodeKey }[] | null {
  const heading = $getNodeByKey(blockKey);
  if (!$isBlockNode(heading)) return null;
  const isPart = isLetterPart(heading.getBlockStyle());
  if (levelOf(heading) === 0 && !isPart) return null;
  const blocks = $getRoot().getChildren().filter($isBlockNode);
  const at = blocks.findIndex((block) => block.is(heading));
  if (at < 0) return null;
  const styles = blocks.map((block) => block.getBlockStyle());
  const { from, to } = (isPart && unitAround(styles, at)) || { from: at, to: endOfSection(blocks, at) };
  const goal = !isPart
    ? goalOf(blocks, from, to, target)
    : typeof target === 'string'
      ? goalOfPart(styles, at, target)
      : null;
  if (goal === null || (goal >= from && goal <= to)) return null;
  const moved = $elementsOf(blocks, from, to, isPart);
  const copies = moved.map((element) => $parseSerializedNode($exportWhole(element)));
  const next = blocks[goal];
  if (next) for (const copy of copies) next.insertBefore(copy, false);
  else $getRoot().append(...copies);
  return moved.map((block, position) => ({ from: block.getKey(), to: (copies[position] as LexicalNode).getKey() }));
}

/** Removes the originals of a section that was copied; a caret in one of them goes to the end of its copy. */
export function $removeOriginals(pairs: readonly { from: NodeKey; to: NodeKey }[]): void {
  const selection = $getSelection();
  const caret = $isRangeSelection(selection) ? selection.anchor.getNode() : null;
  for (const { from, to } of pairs) {
    const original = $getNodeByKey(from);
    const copy = $getNodeByKey(to);
    if (!$isBlockNode(original) && !$isTableNode(original)) continue;
    if (caret && $isElementNode(copy) && (original.is(caret) || original.isParentOf(caret))) copy.selectEnd();
    original.remove(true);
  }
}

/** The blocks with the tables among them; those behind the last one belong to a section, not to a part of the letter. */
function $elementsOf(blocks: readonly BlockNode[], from: number, to: number, isPart: boolean): ElementNode[] {
  const all = $getRoot().getChildren();
  const first = blocks[from]?.getIndexWithinParent() ?? 0;
  const end = isPart
    ? (blocks[to - 1]?.getIndexWithinParent() ?? first) + 1
    : (blocks[to]?.getIndexWithinParent() ?? all.length);
  return all.slice(first, end).filter((node): node is ElementNode => $isBlockNode(node) || $isTableNode(node));
}

function $exportWhole(node: LexicalNode): SerializedLexicalNode {
  const json = node.exportJSON();
  return $isElementNode(node)
    ? ({ ...json, children: node.getChildren().map($exportWhole) } as SerializedLexicalNode)
    : json;
}

/** Position of the first block after the section. */
function endOfSection(blocks: readonly BlockNode[], from: number): number {
  const level = levelOf(blocks[from] as BlockNode);
  for (let at = from + 1; at < blocks.length; at++) {
    const block = blocks[at] as BlockNode;
    const [style, next] = [block.getBlockStyle(), blocks[at + 1]?.getBlockStyle() ?? null];
    // [DO93] [DO94]
    if (isLetterPart(style) || keepsWithNext(style, next)) return at;
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
