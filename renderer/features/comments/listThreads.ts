import { compareCodeUnits } from '../../../shared/domain/collections.ts';
import type { OrganizationId, ThreadId } from '../../../shared/domain/ids.ts';
import type { Reply, Thread } from '../../../shared/domain/records.ts';
import type { DocumentIndex } from '../../editor/EditorApi.ts';

/** A thread with its answers, oldest first; the first one is the comment. */
export interface Conversation {
  thread: Thread;
  replies: readonly Reply[];
}

/** Conversations where a reader finds them: in the order of the text, on exhibits and claims, and those that lost their words. */
export interface ThreadLists {
  inText: readonly Conversation[];
  onRecords: readonly Conversation[];
  withoutPlace: readonly Conversation[];
}

export const SHOWN = ['open', 'assigned', 'mentioning', 'resolved', 'all'] as const;
export interface ThreadFilter {
  show: (typeof SHOWN)[number];
  /** Organization that takes part; empty for any. */
  organization: OrganizationId | '';
}

/** Threads with their answers. A thread without any is one whose first answer is still on its way. */
export function joinReplies(threads: readonly Thread[], replies: readonly Reply[]): Conversation[] {
  const byThread = new Map<ThreadId, Reply[]>();
  for (const reply of replies) {
    const list = byThread.get(reply.thread);
    if (list) list.push(reply);
    else byThread.set(reply.thread, [reply]);
  }
  return threads.map((thread) => ({
    thread,
    replies: (byThread.get(thread.id) ?? []).sort((a, b) => a.at - b.at || compareCodeUnits(a.id, b.id)),
  }));
}

/** Puts conversations in their lists [DO20]. `exists` says whether a note, exhibit or claim is still there. */
export function listThreads(
  conversations: readonly Conversation[],
  index: Pick<DocumentIndex, 'threads'>,
  exists: (thread: Thread) => boolean,
): ThreadLists {
  const order = new Map([...index.threads.keys()].map((id, position) => [id, position]));
  const byTime = (a: Conversation, b: Conversation): number =>
    a.thread.at - b.thread.at || compareCodeUnits(a.thread.id, b.thread.id);
  const inText: Conversation[] = [];
  const onRecords: Conversation[] = [];
  const withoutPlace: Conversation[] = [];
  for (const conversation of conversations) {
    const { thread } = conversation;
    if (thread.anchor === 'text' || thread.anchor === 'block')
      (order.has(thread.id) ? inText : withoutPlace).push(conversation);
    else (exists(thread) ? onRecords : withoutPlace).push(conversation);
  }
  const place = ({ thread }: Conversation): number => order.get(thread.id) ?? 0;
  return {
    inText: inText.sort((a, b) => place(a) - place(b)),
    onRecords: onRecords.sort(byTime),
    withoutPlace: withoutPlace.sort(byTime),
  };
}

/** Whether a reply names the organization [DO22]. */
export function mentions(reply: Reply, organizationId: string): boolean {
  return reply.mentions.split(' ').includes(organizationId);
}

/** What the filter leaves. `organizationOf` is the organization a reply came from. */
export function filterThreads(
  conversations: readonly Conversation[],
  { show, organization }: ThreadFilter,
  own: string,
  organizationOf: (reply: Reply) => string,
): Conversation[] {
  return conversations.filter(({ thread, replies }) => {
    if (organization && !replies.some((reply) => organizationOf(reply) === organization)) return false;
    if (show === 'all') return true;
    if (show === 'resolved') return thread.status === 'resolved';
    if (thread.status !== 'open') return false;
    if (show === 'assigned') return thread.assignee === own;
    if (show === 'mentioning') return replies.some((reply) => mentions(reply, own));
    return true;
  });
}

/** Open threads that wait for the organization: assigned to it, or naming it in an answer of somebody else. */
export function countForOrganization(
  conversations: readonly Conversation[],
  own: string,
  organizationOf: (reply: Reply) => string,
): number {
  return conversations.filter(
    ({ thread, replies }) =>
      thread.status === 'open' &&
      (thread.assignee === own || replies.some((reply) => mentions(reply, own) && organizationOf(reply) !== own)),
  ).length;
}
