import type { ReplyId, ThreadId } from '../../../shared/domain/ids.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { freshId } from '../../ui/freshId.ts';
import type { CommentAbout } from '../../ui/workbench.ts';
import { mentionsIn } from './parseMentions.ts';

/** The longest comment or reply, in UTF-16 units. */
export const TEXT_LIMIT = 4_000;

/** What keeps a text from being sent; null when it may be. */
export function checkText(text: string): 'empty' | 'too-long' | null {
  if (text.trim() === '') return 'empty';
  return text.trim().length > TEXT_LIMIT ? 'too-long' : null;
}

/**
 * Begins a thread with its first comment [DO21]. `placed` is false when the words it was to be about are gone by now:
 * it is then kept without a place [DO20]. Null when the complaint is read-only or the text cannot be sent.
 */
export function startThread(
  session: ComplaintSession,
  about: CommentAbout,
  text: string,
): { threadId: ThreadId; placed: boolean } | null {
  if (session.readOnly || checkText(text)) return null;
  const id = freshId<ThreadId>();
  const target = 'target' in about ? about.target : '';
  const placed = 'target' in about || session.editor?.markThread(id, about) === true;
  session.writeRecord('threads', {
    id,
    anchor: about.anchor,
    target,
    quote: about.quote,
    by: deviceOfClient(session.doc.clientID),
    at: Date.now(),
    status: 'open',
    assignee: '',
  });
  writeReply(session, id, text);
  return { threadId: id, placed };
}

/** Adds an answer; false when the complaint is read-only or the text cannot be sent. */
export function writeReply(session: ComplaintSession, thread: ThreadId, text: string): boolean {
  if (session.readOnly || checkText(text)) return false;
  const words = text.trim();
  session.writeRecord('replies', {
    id: freshId<ReplyId>(),
    thread,
    by: deviceOfClient(session.doc.clientID),
    at: Date.now(),
    text: words,
    mentions: mentionsIn(words, session.getRecords('organizations')),
  });
  return true;
}
