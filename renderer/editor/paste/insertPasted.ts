import {
  $createLineBreakNode,
  $createTabNode,
  $createTextNode,
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  type LexicalNode,
  type NodeKey,
} from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import { $keepMarks, $marksOfAll } from '../commands/replacedMarks.ts';
import { $createBlockNode, $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $setLink } from '../nodes/linkState.ts';
import { $setMark, SMALL_CAPS_MARK } from '../nodes/textState.ts';
import { $suggesting, type SuggestingHand } from '../suggestions/suggestingOf.ts';
import type { PastedBlock } from './Pasted.ts';
import { stripTypedNumbers } from './typedNumbers.ts';

/** Styles that an ordinary pasted paragraph does not take on; it becomes a numbered or plain one there. */
const PARAGRAPH_AT: Partial<Record<BlockStyle, BlockStyle>> = {
  h1: 'numbered',
  h2: 'numbered',
  h3: 'numbered',
  h4: 'numbered',
  re: 'plain',
  centered: 'plain',
  bullet: 'plain',
  ordered: 'plain',
};

/** Where the rest of a long paste goes on: after the block `afterKey`, with paragraphs in `paragraphStyle`. */
export interface PastePlace {
  afterKey: NodeKey;
  paragraphStyle: BlockStyle;
}

/**
 * Puts blocks in place of the selection: the first joins the words before the caret and the last those behind it.
 * `rest` blocks are still to come between the two. Null without a place in the text.
 */
export function $insertPasted(blocks: readonly PastedBlock[]): PastePlace | null {
  let selection = $getSelection();
  if (!$isRangeSelection(selection)) selection = $getRoot().selectEnd();
  if (!$isRangeSelection(selection)) return null;
  const hand = $suggesting();
  if (hand) return $suggestPasted(hand, blocks);
  const marks = selection.isCollapsed() || blocks.length > 1 ? null : $marksOfAll(selection);
  if (!selection.isCollapsed()) selection.removeText();
  const here = $blockOf(selection.anchor.getNode());
  if (!here || !blocks[0]) return null;
  const wasEmpty = here.isEmpty();
  const style = here.getBlockStyle();
  const paragraphStyle = PARAGRAPH_AT[style] ?? style;
  const alone = blocks.length === 1 ? style : paragraphStyle;
  const [first] = (wasEmpty ? stripTypedNumbers(blocks, styleIn(alone)) : blocks) as [PastedBlock];
  if (blocks.length === 1 && (first.style === 'plain' || !wasEmpty)) {
    const inlines = $buildInlines(first);
    if (marks) for (const node of inlines) if ($isTextNode(node)) $keepMarks(node, marks);
    selection.insertNodes(inlines);
    return { afterKey: here.getKey(), paragraphStyle };
  }
  if (wasEmpty) {
    // The block itself stays: putting another in its place would lose what a partner types into it at this moment.
    here.setBlockStyle(first.style === 'plain' ? paragraphStyle : first.style);
    if (first.direction) here.setDirection(first.direction);
    here.append(...$buildInlines(first));
    if (blocks.length === 1) here.selectEnd();
    else $insertAfter({ afterKey: here.getKey(), paragraphStyle }, blocks.slice(1))?.selectEnd();
    return { afterKey: here.getKey(), paragraphStyle };
  }
  selection.insertNodes($buildInlines(first));
  const middle = $getSelection();
  if (!$isRangeSelection(middle)) return null;
  const tail = middle.insertParagraph();
  if (!$isBlockNode(tail)) return null;
  const last = $insertAfter({ afterKey: here.getKey(), paragraphStyle }, blocks.slice(1)) as BlockNode;
  last.selectEnd();
  if (tail.isEmpty()) tail.remove();
  else {
    const end = last.getChildrenSize();
    last.append(...tail.getChildren());
    tail.remove();
    last.select(end, end);
  }
  return { afterKey: here.getKey(), paragraphStyle };
}

/** Puts blocks behind the one named and gives the last of them; null when that block is gone or there are none. */
export function $insertAfter(
  { afterKey, paragraphStyle }: PastePlace,
  blocks: readonly PastedBlock[],
): BlockNode | null {
  const after = $getNodeByKey(afterKey);
  if (!$isElementNode(after) || !after.isAttached() || blocks.length === 0) return null;
  const built = stripTypedNumbers(blocks, styleIn(paragraphStyle)).map((block) => $buildBlock(block, paragraphStyle));
  const hand = $suggesting();
  if (hand) {
    after.selectEnd();
    hand.nodes([$createBlockNode(paragraphStyle), ...built], 'insert');
    const selection = $getSelection();
    return $isRangeSelection(selection) ? $blockOf(selection.anchor.getNode()) : null;
  }
  // Into the cell of a table where it is pasted in one.
  (after.getParent() ?? $getRoot()).splice(after.getIndexWithinParent() + 1, 0, built);
  return built.at(-1) ?? null;
}

/** Suggested, the first joins the words before the caret and the last those behind it. */
function $suggestPasted(hand: SuggestingHand, blocks: readonly PastedBlock[]): PastePlace | null {
  const selection = $getSelection();
  const here = $isRangeSelection(selection) ? $blockOf(selection.anchor.getNode()) : null;
  const [first] = blocks;
  if (!here || !first) return null;
  const style = here.getBlockStyle();
  const paragraphStyle = PARAGRAPH_AT[style] ?? style;
  const nodes =
    blocks.length === 1 && first.style === 'plain'
      ? $buildInlines(first)
      : stripTypedNumbers(blocks, styleIn(paragraphStyle)).map((block, at) =>
          // Behind words a number is one of them.
          $buildBlock(at === 0 && !here.isEmpty() ? first : block, paragraphStyle),
        );
  return hand.nodes(nodes, 'insert') ? { afterKey: here.getKey(), paragraphStyle } : null;
}

/** The style that a block takes where ordinary paragraphs have that one. */
const styleIn =
  (paragraphStyle: BlockStyle) =>
  ({ style }: PastedBlock): BlockStyle =>
    style === 'plain' ? paragraphStyle : style;

function $buildBlock(block: PastedBlock, paragraphStyle: BlockStyle): BlockNode {
  const node = $createBlockNode(block.style === 'plain' ? paragraphStyle : block.style);
  if (block.direction) node.setDirection(block.direction);
  return node.append(...$buildInlines(block));
}

function $buildInlines(block: PastedBlock): LexicalNode[] {
  return block.inlines.map((inline) => {
    if (inline.kind === 'break') return $createLineBreakNode();
    if (inline.kind === 'tab') return $createTabNode();
    const text = $createTextNode(inline.text);
    text.setFormat(inline.format);
    if (inline.smallCaps) $setMark(text, SMALL_CAPS_MARK, true);
    if (inline.href !== '') $setLink(text, inline.href);
    return text;
  });
}
