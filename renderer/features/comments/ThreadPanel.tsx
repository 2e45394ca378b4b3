import { useTranslation } from 'react-i18next';
import type { OrganizationId, ThreadId } from '../../../shared/domain/ids.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { SelectField } from '../../ui/Field.tsx';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { AuthorLine } from './AuthorLine.tsx';
import { CommentWords } from './CommentWords.tsx';
import { MentionField } from './MentionField.tsx';
import { useConversations } from './useConversations.ts';
import { useThreadPlace } from './useThreadPlace.ts';
import { writeReply } from './writeThread.ts';
import './comments.css';

/** One conversation: what it is about, all answers, who deals with it, and whether it is done. */
export function ThreadPanel({ session, threadId }: { session: ComplaintSession; threadId: ThreadId }) {
  const { t } = useTranslation();
  const { open, announce } = useWorkbench();
  const { conversations, authorOf } = useConversations(session);
  const organizations = useRecords(session, 'organizations');
  const placeOf = useThreadPlace();
  const conversation = conversations.find(({ thread }) => thread.id === threadId);
  const toList = (
    <button type="button" className="link-button" onClick={() => open({ kind: 'comments' })}>
      {t('comments.all')}
    </button>
  );
  if (!conversation)
    return (
      <section className="comments" aria-label={t('comments.one')}>
        <h2 className="panel-title">{t('comments.one')}</h2>
        <p className="empty">{t('comments.gone')}</p>
        {toList}
      </section>
    );
  const { thread, replies } = conversation;
  const place = placeOf(thread);
  const resolved = thread.status === 'resolved';
  const resolve = () => {
    session.writeRecord('threads', { id: threadId, status: resolved ? 'open' : 'resolved' });
    announce(t(resolved ? 'comments.reopened' : 'comments.resolvedNow'));
  };
  const assign = (assignee: OrganizationId | '') => {
    session.writeRecord('threads', { id: threadId, assignee });
    const name = organizations.find(({ id }) => id === assignee)?.name;
    announce(name ? t('comments.assignedTo', { name }) : t('comments.assignedToNobody'));
  };
  return (
    <section className="comments" aria-label={t('comments.one')}>
      <h2 className="panel-title">
        {t('comments.one')} · {place.title}
      </h2>
      {place.show ? (
        <button type="button" className="comment-quote" title={t('comments.showPlace')} onClick={place.show}>
          {place.words || t('comments.showPlace')}
        </button>
      ) : (
        <>
          <p className="note-line">{t('comments.lostPlace')}</p>
          <blockquote className="comment-quote">{place.words || t('comments.noWords')}</blockquote>
        </>
      )}
      <div className="comment-replies" role="log" aria-label={t('comments.answers')}>
        {replies.map((reply) => (
          <article key={reply.id} className="comment">
            <AuthorLine author={authorOf(reply)} atMs={reply.at} />
            <CommentWords session={session} text={reply.text} />
          </article>
        ))}
        {replies.length === 0 && <p className="soft">{t('comments.noAnswers')}</p>}
      </div>
      {resolved && <p className="chip neutral">✓ {t('comments.resolved')}</p>}
      {session.readOnly ? (
        <p className="note-line">{t('comments.readOnly')}</p>
      ) : (
        <>
          <MentionField
            key={threadId}
            session={session}
            label={t('comments.reply')}
            send={t('comments.sendReply')}
            onSend={(text) => {
              if (writeReply(session, threadId, text)) announce(t('comments.replied'));
            }}
          />
          <SelectField
            label={t('comments.assignee')}
            value={organizations.some(({ id }) => id === thread.assignee) ? thread.assignee : ''}
            options={[
              { value: '' as OrganizationId | '', title: t('comments.nobody') },
              ...organizations.map(({ id, name }) => ({ value: id, title: name || t('activity.somebody') })),
            ]}
            onChange={assign}
          />
          <button type="button" className="button" onClick={resolve}>
            {t(resolved ? 'comments.reopen' : 'comments.resolve')}
          </button>
        </>
      )}
      <p className="comments-foot">{toList}</p>
    </section>
  );
}
