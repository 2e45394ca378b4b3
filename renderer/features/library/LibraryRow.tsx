import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, LibrarySummary } from '../../../shared/ipc/contract.ts';
import { formatDate, formatTime } from '../../i18n/format.ts';

/** One complaint of the list; a damaged one says what happened and what to do, and cannot be opened. */
export function LibraryRow({
  complaint,
  language,
  onOpen,
  onRename,
  onArchive,
}: {
  complaint: LibrarySummary;
  language: Language;
  onOpen(): void;
  onRename(title: string): void;
  onArchive(archived: boolean): void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const title = complaint.title || t('library.untitled');
  const commit = () => {
    const next = draft?.trim();
    setDraft(null);
    if (next && next !== complaint.title) onRename(next);
  };
  return (
    <li className="library-row" data-complaint={complaint.id}>
      <div className="grow">
        {draft !== null ? (
          <input
            className="input"
            aria-label={t('library.newName')}
            value={draft}
            maxLength={200}
            spellCheck={false}
            ref={(element) => {
              if (element && !element.dataset['opened']) {
                element.dataset['opened'] = 'yes';
                element.select();
              }
            }}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit();
              if (event.key === 'Escape') {
                event.stopPropagation();
                setDraft(null);
              }
            }}
          />
        ) : complaint.damaged ? (
          <span className="library-title">{title}</span>
        ) : (
          <button
            type="button"
            className="link-button library-title"
            aria-label={t('library.openNamed', { title })}
            onClick={onOpen}
          >
            {title}
          </button>
        )}
        <p className="library-facts">
          {complaint.sample && <span className="chip">{t('library.sample')}</span>}
          {complaint.damaged ? (
            <span className="chip missing">{t('library.damaged')}</span>
          ) : (
            <span>{complaint.shared ? t('library.shared') : t('library.alone')}</span>
          )}
          <span>
            {t('library.changed', {
              time: `${formatDate(complaint.modifiedMs, language)}, ${formatTime(complaint.modifiedMs, language)}`,
            })}
          </span>
        </p>
        {complaint.damaged && <p className="library-damaged">{t('notices.complaint-damaged')}</p>}
      </div>
      <div className="actions">
        {!complaint.damaged && (
          <button
            type="button"
            className="button quiet"
            aria-label={t('library.renameNamed', { title })}
            onClick={() => setDraft(complaint.title)}
          >
            {t('library.rename')}
          </button>
        )}
        <button
          type="button"
          className="button quiet"
          aria-label={
            complaint.archived ? t('library.unarchiveNamed', { title }) : t('library.archiveNamed', { title })
          }
          onClick={() => onArchive(!complaint.archived)}
        >
          {complaint.archived ? t('library.unarchive') : t('library.archive')}
        </button>
      </div>
    </li>
  );
}
