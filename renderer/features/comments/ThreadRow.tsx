import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organization } from '../../../shared/domain/records.ts';
import type { Author } from '../../ui/useAuthors.ts';
import { AuthorLine } from './AuthorLine.tsx';
import type { Conversation } from './listThreads.ts';

interface Props {
  conversation: Conversation;
  author: Author;
  title: string;
  words: string;
  assignee: Organization | undefined;
  current: boolean;
  onOpen(conversation: Conversation): void;
}

/** A conversation in the list: place, first comment, how many answers, who deals with it. */
export const ThreadRow = memo(function ThreadRow(props: Props) {
  const { conversation, author, title, words, assignee, current, onOpen } = props;
  const { t } = useTranslation();
  const { thread, replies } = conversation;
  const [first] = replies;
  const facts = [
    title,
    replies.length > 1 ? t('comments.answerCount', { count: replies.length - 1 }) : '',
    thread.status === 'resolved' ? `✓ ${t('comments.resolved')}` : '',
    assignee ? t('comments.forNamed', { name: assignee.name }) : '',
  ];
  return (
    <button
      type="button"
      className="card thread-row"
      aria-current={current || undefined}
      onClick={() => onOpen(conversation)}
    >
      <span className="thread-facts">{facts.filter(Boolean).join(' · ')}</span>
      <span className="thread-quote">{words || t('comments.noWords')}</span>
      <AuthorLine author={author} atMs={first?.at ?? thread.at} />
      <span className="thread-words">{first?.text.slice(0, 300) ?? t('comments.noAnswers')}</span>
    </button>
  );
});
