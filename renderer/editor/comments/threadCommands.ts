import { $forEachSelectedTextNode } from '@lexical/selection';
import {
  $getRoot,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $isTextNode,
  type LexicalNode,
} from 'lexical';
import type { ThreadId } from '../../../shared/domain/ids.ts';
import { $trimSelection } from '../commands/claimCommands.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $setMark } from '../nodes/textState.ts';
import type { CommentSubject } from '../ThreadApi.ts';
import { threadIdsOn, threadMark } from './threadMarks.ts';

/** The longest quote a thread keeps of its words, in UTF-16 units. */
export const QUOTE_LIMIT = 300;

/** Reads the selection; null without one in the text, and for an empty paragraph. */
export function $readSubject(): CommentSubject | null {
  const selection = $getSelection();
  if ($isNodeSelection(selection)) return selection.getNodes().some($isMarkable) ? { anchor: 'text', quote: '' } : null;
  if (!$isRangeSelection(selection)) return null;
  const quote = shortenQuote(selection.getTextContent());
  if (!selection.isCollapsed() && (quote || selection.getNodes().some($isMarkable))) return { anchor: 'text', quote };
  const block = $blockOf(selection.anchor.getNode());
  return block && !block.isEmpty() ? { anchor: 'block', quote: shortenQuote(block.getTextContent()) } : null;
}

/** Puts the thread's mark on what the selection is about. False when that is nothing. */
export function $markThread(threadId: ThreadId, anchor: CommentSubject['anchor']): boolean {
  const mark = threadMark(threadId);
  const selection = $getSelection();
  if (anchor === 'block') {
    const block = $isRangeSelection(selection) ? $blockOf(selection.anchor.getNode()) : null;
    if (!$isBlockNode(block)) return false;
    $setMark(block, mark, true);
    return true;
  }
  if (!$isNodeSelection(selection) && (!$isRangeSelection(selection) || selection.isCollapsed())) return false;
  const inline = selection.getNodes().filter($isMarkable);
  for (const node of inline) $setMark(node, mark, true);
  let marked = inline.length > 0;
  if ($isRangeSelection(selection)) {
    $trimSelection(selection);
    if (selection.getTextContent().trim() === '') return marked;
    $forEachSelectedTextNode((node) => {
      $setMark(node, mark, true);
      marked = true;
    });
  }
  return marked;
}

/** Takes the thread's mark off everything; words stay. */
export function $unmarkThread(threadId: ThreadId): void {
  for (const node of $placesOf(threadId)) $setMark(node, threadMark(threadId), false);
}

/** The blocks, runs of text and inline nodes of a thread in reading order. */
export function $placesOf(threadId: ThreadId): LexicalNode[] {
  const found: LexicalNode[] = [];
  const visit = (node: LexicalNode): void => {
    if (threadIdsOn(node).includes(threadId)) found.push(node);
    if ($isElementNode(node)) for (const child of node.getChildren()) visit(child);
  };
  visit($getRoot());
  return found;
}

/** White space as a reader sees it, and no more than a record may hold. */
export function shortenQuote(words: string): string {
  const plain = words.replace(/\s+/g, ' ').trim();
  if (plain.length <= QUOTE_LIMIT) return plain;
  // A cut must not leave half a surrogate pair behind.
  return `${plain.slice(0, QUOTE_LIMIT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function $isMarkable(node: LexicalNode): boolean {
  return $isDecoratorNode(node) && node.isInline() && !$isTextNode(node);
}
