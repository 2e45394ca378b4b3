import type { LexicalNode } from 'lexical';
import type { ThreadId } from '../../../shared/domain/ids.ts';
import { marksOf } from '../nodes/textState.ts';

const PREFIX = 'cm_';

/** Key of the mark on what a thread of comments is about: words, inline nodes or a whole block. */
export const threadMark = (threadId: string): string => `${PREFIX}${threadId}`;

/** Threads whose mark is on the node itself. */
export function threadIdsOn(node: LexicalNode): ThreadId[] {
  const ids: ThreadId[] = [];
  for (const key of marksOf(node)) if (key.startsWith(PREFIX)) ids.push(key.slice(PREFIX.length) as ThreadId);
  return ids;
}
