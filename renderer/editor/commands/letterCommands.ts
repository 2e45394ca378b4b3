import {
  $createLineBreakNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  type LexicalNode,
} from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { $suggesting, type SuggestingHand } from '../suggestions/suggestingOf.ts';
import { $blockOf } from './formatCommands.ts';

/** A block that the window puts into the letter; a line feed in its text is a break in it. */
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
  if (hand) return lines.every((line) => $suggestLine(hand, line));
  let last = block;
  for (const line of lines) {
    const added = $createBlockNode(line.style).append(...$linesOf(line.text));
    last.insertAfter(added, false);
    last = added;
  }
  last.selectEnd();
  return true;
}

function $suggestLine(hand: SuggestingHand, { style, text }: LetterLine): boolean {
  const [first = '', ...rest] = text.split('\n');
  return (
    hand.lines([{ style, text: first }]) &&
    (rest.length === 0 || hand.nodes($linesOf(`\n${rest.join('\n')}`), 'insert'))
  );
}

/** The nodes of a text of several lines. */
function $linesOf(text: string): LexicalNode[] {
  return text
    .split('\n')
    .flatMap((line, at) => [
      ...(at > 0 ? [$createLineBreakNode()] : []),
      ...(line === '' ? [] : [$createTextNode(line)]),
    ]);
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
