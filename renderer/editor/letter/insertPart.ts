import { $getSelection, $isRangeSelection, $isTextNode } from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { type LetterPart, PLACEHOLDERS, unitAround } from '../../../shared/domain/letterParts.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import { $insertLines } from '../commands/letterCommands.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';

/**
 * Puts a new part behind the block of the caret, or behind the part it is in, and selects the first words to fill in
 * [DO95]; an addressee comes with the line that says how it is sent. False without a caret in the text.
 */
export function $insertPart(part: LetterPart): boolean {
  const selection = $getSelection();
  const block = $isRangeSelection(selection) ? $blockOf(selection.anchor.getNode()) : null;
  if (!block) return false;
  const behind = $endOfUnit(block);
  behind.selectEnd();
  const parts: LetterPart[] = part === 'address' ? ['transmission', 'address'] : [part];
  const before = behind.getNextSibling();
  if (!$insertLines(parts.map((style) => ({ style, text: PLACEHOLDERS[style].join('\n') })))) return false;
  for (let node = behind.getNextSibling(); $isBlockNode(node) && !node.is(before); node = node.getNextSibling())
    if ($selectPlaceholder(node)) break;
  return true;
}

function $endOfUnit(block: BlockNode): BlockNode {
  const siblings = block.getParent()?.getChildren() ?? [];
  const at = siblings.findIndex((node) => node.is(block));
  const styles = siblings.map((node): BlockStyle => ($isBlockNode(node) ? node.getBlockStyle() : 'plain'));
  const end = siblings[(unitAround(styles, at)?.to ?? at + 1) - 1];
  return $isBlockNode(end) ? end : block;
}

function $selectPlaceholder(block: BlockNode): boolean {
  for (const node of block.getChildren()) {
    const found = $isTextNode(node) ? /\[[^\]]+\]/.exec(node.getTextContent()) : null;
    if (!found || !$isTextNode(node)) continue;
    node.select(found.index, found.index + found[0].length);
    return true;
  }
  return false;
}
