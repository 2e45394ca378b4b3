import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganizationId, ThreadId } from '../../../shared/domain/ids.ts';
import type { Thread } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { SelectField } from '../../ui/Field.tsx';
import { useDocumentIndex, useRecords, useSelectionState } from '../../ui/useSession.ts';
import { type CommentAbout, useWorkbench } from '../../ui/workbench.ts';
import { type Conversation, filterThreads, listThreads, SHOWN, type ThreadFilter } from './listThreads.ts';
import { MentionField } from './MentionField.tsx';
import { ThreadRow } from './ThreadRow.tsx';
import { useConversations } from './useConversations.ts';
import { useThreadPlace } from './useThreadPlace.ts';
import { startThread } from './writeThread.ts';
import './comments.css';

/** All conversations: in the order of the text, then on exhibits and claims, then those whose words are gone. */
export function CommentsPanel({ session, about }: { session: ComplaintSession; about: CommentAbout | undefined }) {
  const { t } = useTranslation();
  const { editor, open } = useWorkbench();
  const { conversations, beganBy, organizationOf } = useConversations(session);
  const organizations = useRecords(session, 'organizations');
  const exhibits = useRecords(session, 'exhibits');
  const claims = useRecords(session, 'claims');
  const index = useDocumentIndex();
  const here = useSelectionState().threadIds;
  const placeOf = useThreadPlace();
  const [filter, setFilter] = useState<ThreadFilter>({ show: 'open', organization: '' });
  const lists = useMemo(() => {
    const records = new Set<string>([...exhibits, ...claims].map(({ id }) => id));
    const exists = ({ target, anchor }: Thread) => anchor === 'note' || records.has(target);
    return listThreads(filterThreads(conversations, filter, session.organizationId, organizationOf), index, exists);
  }, [conversations, filter, session, organizationOf, index, exhibits, claims]);
  const show = useRef(placeOf);
  show.current = placeOf;
  const openThread = useCallback(
    ({ thread }: Conversation) => {
      if (thread.anchor === 'text' || thread.anchor === 'block')
        editor?.reveal({ threadId: thread.id }, { focus: false });
      open({ kind: 'thread', threadId: thread.id });
    },
    [editor, open],
  );
  const section = (title: string, list: readonly Conversation[]) =>
    list.length > 0 && (
      <section aria-label={title}>
        <h3 className="label">
          {title} ({list.length})
        </h3>
        <ul className="thread-list">
          {list.map((conversation) => {
            const { thread } = conversation;
            const place = placeOf(thread);
            return (
              <li key={thread.id}>
                <ThreadRow
                  conversation={conversation}
                  author={beganBy(thread)}
                  title={place.title}
                  words={place.words}
                  assignee={organizations.find(({ id }) => id === thread.assignee)}
                  current={here.includes(thread.id)}
                  onOpen={openThread}
                />
              </li>
            );
          })}
        </ul>
      </section>
    );
  const shown = lists.inText.length + lists.onRecords.length + lists.withoutPlace.length;
  return (
    <section className="comments" aria-label={t('comments.title')}>
      <h2 className="panel-title">{t('comments.title')}</h2>
      {about && !session.readOnly && <NewComment key={about.quote} session={session} about={about} />}
      {conversations.length > 0 && (
        <div className="comment-filters">
          <SelectField
            label={t('comments.show')}
            value={filter.show}
            options={SHOWN.map((value) => ({ value, title: t(`comments.shown.${value}`) }))}
            onChange={(value) => setFilter({ ...filter, show: value })}
          />
          <SelectField
            label={t('comments.by')}
            value={filter.organization}
            options={[
              { value: '' as OrganizationId | '', title: t('comments.anybody') },
              ...organizations.map(({ id, name }) => ({ value: id, title: name || t('activity.somebody') })),
            ]}
            onChange={(value) => setFilter({ ...filter, organization: value })}
          />
        </div>
      )}
      {session.readOnly && <p className="note-line">{t('comments.readOnly')}</p>}
      {conversations.length === 0 && !about && (
        <p className="empty">{t(session.readOnly ? 'comments.noneReading' : 'comments.none')}</p>
      )}
      {conversations.length > 0 && (
        <p className="soft" role="status">
          {t('comments.count', { count: shown })}
        </p>
      )}
      {section(t('comments.inText'), lists.inText)}
      {section(t('comments.onRecords'), lists.onRecords)}
      {section(t('comments.withoutPlace'), lists.withoutPlace)}
    </section>
  );
}

function NewComment({ session, about }: { session: ComplaintSession; about: CommentAbout }) {
  const { t } = useTranslation();
  const { open, editor, announce } = useWorkbench();
  const onSend = (text: string) => {
    const started = startThread(session, about, text);
    if (!started) return;
    announce(t(started.placed ? 'comments.written' : 'comments.writtenWithoutPlace'));
    open({ kind: 'thread', threadId: started.threadId as ThreadId });
    editor?.focus();
  };
  return (
    <div className="card comment-new">
      <p className="label">{t(`comments.about.${about.anchor}`)}</p>
      <blockquote className="comment-quote">{about.quote || t('comments.noWords')}</blockquote>
      <MentionField
        session={session}
        label={t('comments.new')}
        send={t('comments.send')}
        autoFocus
        onSend={onSend}
        onCancel={() => {
          open({ kind: 'comments' });
          editor?.focus();
        }}
      />
    </div>
  );
}
