import { useTranslation } from 'react-i18next';
import { formatDate, formatTime, isSameDay } from '../../i18n/format.ts';
import type { Author } from '../../ui/useAuthors.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** Whose words, and when by the clock of that computer. */
export function AuthorLine({ author, atMs }: { author: Author; atMs: number }) {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  // A time that no clock shows is somebody's mistake or malice: better none than a wrong one.
  const known = Number.isFinite(atMs) && atMs > 0 && atMs < 8.64e15;
  const time = known
    ? isSameDay(atMs, Date.now())
      ? formatTime(atMs, language)
      : `${formatDate(atMs, language)}, ${formatTime(atMs, language)}`
    : '';
  return (
    <span className="comment-author">
      <span className="comment-badge" data-comment={author.color + 1} aria-hidden="true">
        {author.organization?.initials || '?'}
      </span>
      <b>{author.own ? t('comments.you', { name: author.name }) : author.name}</b>
      {known && (
        <time className="soft" dateTime={new Date(atMs).toISOString()}>
          {time}
        </time>
      )}
    </span>
  );
}
