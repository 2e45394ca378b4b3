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
  type ElementNode,
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
import { $isTableNode } from '../tables/TableNode.ts';
import type { DrawId } from '../tables/tableCommands.ts';
import { $tableAround } from '../tables/tableShape.ts';
import { $buildPastedTable } from './buildPastedTable.ts';
import type { PastedBlock, PastedItem } from './Pasted.ts';
import { isPastedTable, linesOf } from './PastedTable.ts';
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

const BLANK: PastedBlock = { style: 'plain', direction: null, inlines: [] };

/**
 * What can be put in where the selection is. No table stands in a cell, and a suggestion has words and paragraphs only: its
 * rows come as lines there. A table stands behind the block of the caret.
 */
export function $fitHere(items: readonly PastedItem[]): { items: readonly PastedItem[]; tablesAsLines: number } {
  const tables = items.filter(isPastedTable).length;
  if (tables === 0) return { items, tablesAsLines: 0 };
  const selection = $getSelection();
  const inTable = $isRangeSelection(selection) && selection.getNodes().some((node) => $tableAround(node) !== null);
  if ($suggesting() || inTable)
    return { items: items.flatMap((item) => (isPastedTable(item) ? linesOf(item) : [item])), tablesAsLines: tables };
  const [first] = items;
  return { items: first && isPastedTable(first) ? [BLANK, ...items] : items, tablesAsLines: 0 };
}

/**
 * Puts what `$fitHere` gave in place of the selection: the first joins the words before the caret and the last those behind
 * it, where it is no table. `draw` is for the ids of tables. Null without a place in the text.
 */
export function $insertPasted(blocks: readonly PastedItem[], draw: DrawId): PastePlace | null {
  let selection = $getSelection();
  if (!$isRangeSelection(selection)) selection = $getRoot().selectEnd();
  if (!$isRangeSelection(selection)) return null;
  const hand = $suggesting();
  if (hand) return $suggestPasted(hand, blocks.filter(isBlock));
  const marks = selection.isCollapsed() || blocks.length > 1 ? null : $marksOfAll(selection);
  if (!selection.isCollapsed()) selection.removeText();
  const here = $blockOf(selection.anchor.getNode());
  if (!here || !blocks[0] || isPastedTable(blocks[0])) return null;
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
    else $goBehind($insertAfter({ afterKey: here.getKey(), paragraphStyle }, blocks.slice(1), draw));
    return { afterKey: here.getKey(), paragraphStyle };
  }
  if (first.inlines.length > 0) selection.insertNodes($buildInlines(first));
  const middle = $getSelection();
  if (!$isRangeSelection(middle)) return null;
  const tail = middle.insertParagraph();
  if (!$isBlockNode(tail)) return null;
  const last = $insertAfter({ afterKey: here.getKey(), paragraphStyle }, blocks.slice(1), draw);
  if (!$isBlockNode(last)) {
    tail.selectStart();
    return { afterKey: here.getKey(), paragraphStyle };
  }
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

/** Behind a table one can go on writing. */
function $goBehind(last: ElementNode | null): void {
  if (!$isTableNode(last)) return void last?.selectEnd();
  if (!last.getNextSibling()) last.insertAfter($createBlockNode('plain'), false);
  last.getNextSibling()?.selectStart();
}

/** Puts blocks behind the one named and gives the last of them; null when that block is gone or there are none. */
export function $insertAfter(
  { afterKey, paragraphStyle }: PastePlace,
  blocks: readonly PastedItem[],
  draw: DrawId,
): ElementNode | null {
  const after = $getNodeByKey(afterKey);
  if (!$isElementNode(after) || !after.isAttached() || blocks.length === 0) return null;
  const built = stripTypedNumbers(blocks, styleIn(paragraphStyle)).map((item) =>
    isPastedTable(item)
      ? $buildPastedTable(item, draw, (block) => $buildBlock(block, 'plain'))
      : $buildBlock(item, paragraphStyle),
  );
  const hand = $suggesting();
  if (hand) {
    after.selectEnd();
    hand.nodes([$createBlockNode(paragraphStyle), ...built.filter($isBlockNode)], 'insert');
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

const isBlock = (item: PastedItem): item is PastedBlock => !isPastedTable(item);

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
