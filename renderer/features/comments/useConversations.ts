import { useCallback, useMemo } from 'react';
import type { Reply, Thread } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { type Author, useAuthors, writerOf } from '../../ui/useAuthors.ts';
import { useRecords } from '../../ui/useSession.ts';
import { type Conversation, joinReplies } from './listThreads.ts';

/**
 * All conversations, with who wrote what. The author of a reply is the device that wrote its words, whatever the
 * record says of itself: a client id is bound to its device.
 */
export function useConversations(session: ComplaintSession): {
  conversations: readonly Conversation[];
  authorOf(reply: Reply): Author;
  beganBy(thread: Thread): Author;
  organizationOf(reply: Reply): string;
} {
  const threads = useRecords(session, 'threads');
  const replies = useRecords(session, 'replies');
  const author = useAuthors(session);
  const conversations = useMemo(() => joinReplies(threads, replies), [threads, replies]);
  const authorOf = useCallback(
    (reply: Reply) => author(writerOf(session, 'replies', `${reply.id}/text`)),
    [session, author],
  );
  const beganBy = useCallback(
    (thread: Thread) => author(writerOf(session, 'threads', `${thread.id}/id`)),
    [session, author],
  );
  const organizationOf = useCallback((reply: Reply) => authorOf(reply).organization?.id ?? '', [authorOf]);
  return { conversations, authorOf, beganBy, organizationOf };
}
