import { $createTextNode, $getRoot, $getSelection, $isRangeSelection } from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { $blockOf } from './formatCommands.ts';

/** A line that the window puts into the letter. */
export interface LetterLine {
  style: BlockStyle;
  text: string;
}

/** Puts lines as blocks of their own after the block of the caret; false without a caret in the text. */
export function $insertLines(lines: readonly LetterLine[]): boolean {
  const selection = $getSelection();
  const block = $isRangeSelection(selection) ? $blockOf(selection.anchor.getNode()) : null;
  if (!block || lines.length === 0 || !$getRoot().isParentOf(block)) return false;
  const hand = $suggesting();
  if (hand) return hand.lines(lines);
  let last = block;
  for (const line of lines) {
    const added = $createBlockNode(line.style).append($createTextNode(line.text));
    last.insertAfter(added, false);
    last = added;
  }
  last.selectEnd();
  return true;
}

/** Types words at the caret; false without one. */
export function $insertWords(words: string): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const hand = $suggesting();
  if (hand) return hand.text(words);
  selection.insertText(words);
  return true;
}
