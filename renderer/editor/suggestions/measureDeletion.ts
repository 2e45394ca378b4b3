import {
  $createRangeSelection,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  type LexicalNode,
  type PointType,
} from 'lexical';
import { staysApart } from '../../../shared/domain/letterParts.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { stateOf } from '../nodes/textState.ts';
import type { SuggestionBook } from './SuggestionBook.ts';
import { $suggestRemoval, $suggestRemovalOf } from './suggestEdits.ts';

export type DeletionUnit = 'character' | 'word' | 'line';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Stands for a citation or a line break among letters. */
const PIECE = '\uFFFC';
const WORD_BEHIND = /(?:[\p{L}\p{N}\p{M}'’_-]+|[^\p{L}\p{N}\p{M}\s]+)?\s*$/u;
const WORD_AHEAD = /^\s*(?:[\p{L}\p{N}\p{M}'’_-]+|[^\p{L}\p{N}\p{M}\s]+)?/u;

/**
 * Suggests that what Backspace or Delete would take goes; words that this person wants to delete already are passed over.
 * False when there is nothing that way.
 */
export function $suggestDeletion(book: SuggestionBook, backward: boolean, unit: DeletionUnit): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return $suggestRemoval(book);
  if (!selection.isCollapsed()) return $suggestRemoval(book);
  let block = $blockOf(selection.anchor.getNode());
  if (!block) return false;
  let offset = offsetIn(block, selection.anchor);
  for (;;) {
    const letters = readLetters(block);
    const gone = readGone(block, book);
    while (backward ? offset > 0 && gone[offset - 1] : offset < letters.length && gone[offset])
      offset += backward ? -1 : 1;
    const ahead = backward ? letters.slice(0, offset) : letters.slice(offset);
    if (ahead !== '') {
      const length = measure(ahead, backward, unit);
      const range = $createRangeSelection();
      $setOffset(range.anchor, block, offset);
      $setOffset(range.focus, block, offset + (backward ? -length : length));
      return $suggestRemovalOf(book, range, backward ? 'start' : 'end');
    }
    const other: LexicalNode | null = backward ? block.getPreviousSibling() : block.getNextSibling();
    if (!$isBlockNode(other)) return false;
    const [first, second]: [BlockNode, BlockNode] = backward ? [other, block] : [block, other];
    // [DO92]
    if (staysApart(first.getBlockStyle(), second.getBlockStyle())) return false;
    if (!isEndGone(first, book)) {
      const range = $createRangeSelection();
      $setOffset(range.anchor, first, readLetters(first).length);
      $setOffset(range.focus, second, 0);
      return $suggestRemovalOf(book, range, backward ? 'start' : 'end');
    }
    block = other;
    offset = backward ? readLetters(other).length : 0;
  }
}

function measure(ahead: string, backward: boolean, unit: DeletionUnit): number {
  if (unit === 'line') return ahead.length;
  if (unit === 'word') return (backward ? WORD_BEHIND : WORD_AHEAD).exec(ahead)?.[0].length || 1;
  // The last grapheme is found from a little way back: families and flags are at most a few dozen units.
  if (backward) return [...graphemes.segment(ahead.slice(-64))].at(-1)?.segment.length ?? 1;
  for (const { segment } of graphemes.segment(ahead.slice(0, 64))) return segment.length;
  return 1;
}

function sizeOf(node: LexicalNode): number {
  return $isTextNode(node) ? node.getTextContentSize() : 1;
}

function readLetters(block: BlockNode): string {
  return block
    .getChildren()
    .map((node) => ($isTextNode(node) ? node.getTextContent() : PIECE))
    .join('');
}

/** For each letter whether this person wants to delete it already. */
function readGone(block: BlockNode, book: SuggestionBook): boolean[] {
  return block.getChildren().flatMap((node) => {
    const keys = Object.keys(stateOf(node) ?? {});
    const own = (mark: string): boolean => keys.some((key) => key.startsWith(mark) && book.isOwn(key.slice(4)));
    return new Array<boolean>(sizeOf(node)).fill(own('del_') && !own('ins_'));
  });
}

function isEndGone(block: BlockNode, book: SuggestionBook): boolean {
  const keys = Object.keys(stateOf(block) ?? {});
  const own = (mark: string): boolean => keys.some((key) => key.startsWith(mark) && book.isOwn(key.slice(5)));
  return own('pDel_') && !own('pIns_');
}

function offsetIn(block: BlockNode, point: PointType): number {
  const node = point.getNode();
  const children = block.getChildren();
  const index = point.type === 'text' ? node.getIndexWithinParent() : point.offset;
  const before = children.slice(0, index).reduce((sum, child) => sum + sizeOf(child), 0);
  return before + (point.type === 'text' ? point.offset : 0);
}

function $setOffset(point: PointType, block: BlockNode, offset: number): void {
  let left = offset;
  point.set(block.getKey(), 0, 'element');
  for (const node of block.getChildren()) {
    const size = sizeOf(node);
    if ($isTextNode(node) && left <= size) {
      point.set(node.getKey(), left, 'text');
      return;
    }
    if (left === 0) {
      point.set(block.getKey(), node.getIndexWithinParent(), 'element');
      return;
    }
    point.set(block.getKey(), node.getIndexWithinParent() + 1, 'element');
    left -= size;
  }
}
