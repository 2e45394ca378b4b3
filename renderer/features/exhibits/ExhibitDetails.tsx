import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONFIDENTIALITIES, EXHIBIT_STATUSES, type Exhibit } from '../../../shared/domain/records.ts';
import type { FileState } from '../../../shared/ipc/contract.ts';
import { formatSize } from '../../i18n/format.ts';
import { CommentButton } from '../../ui/CommentButton.tsx';
import { CommittedField } from '../../ui/CommittedField.tsx';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { FileStateLine } from './FileStateLine.tsx';
import { HashLine } from './HashLine.tsx';
import { Labelled } from './Labelled.tsx';

/** What the register says about one exhibit, editable in place. */
export function ExhibitDetails({
  exhibit,
  file,
  paused,
  label,
  citedCount,
}: {
  exhibit: Exhibit;
  file: FileState | undefined;
  paused: boolean;
  label: string;
  citedCount: number;
}) {
  const { t } = useTranslation();
  const { session, language } = useWorkbench();
  const links = useRecords(session, 'links');
  const [removing, setRemoving] = useState(false);
  const { readOnly } = session;
  const linkCount = links.filter((link) => link.exhibitId === exhibit.id).length;
  const write = (fields: Partial<Exhibit>) => session.writeRecord('exhibits', { id: exhibit.id, ...fields });
  const field = (name: 'title' | 'date' | 'source' | 'language' | 'group', maxLength: number, placeholder?: string) => (
    <CommittedField
      label={t(`exhibits.fields.${name}`)}
      value={exhibit[name]}
      readOnly={readOnly}
      maxLength={maxLength}
      {...(placeholder && { placeholder })}
      onCommit={(value) => write({ [name]: value.trim() })}
    />
  );
  const remove = () => {
    for (const link of links) if (link.exhibitId === exhibit.id) session.deleteRecord('links', link.id);
    session.deleteRecord('exhibits', exhibit.id);
  };
  return (
    <div className="exhibit-details">
      <div className="exhibit-details__file">
        {exhibit.thumbnail.startsWith('data:image/png;base64,') && (
          <img
            className="exhibit-thumbnail exhibit-thumbnail--large"
            src={exhibit.thumbnail}
            alt={t('exhibits.firstPage', { label })}
          />
        )}
        <div>
          {exhibit.blobId ? (
            <>
              <p>{t('exhibits.anonymizedCopy')}</p>
              <p className="soft">
                {t('exhibits.pagesAndSize', {
                  count: exhibit.pageCount,
                  size: formatSize(exhibit.sizeBytes, language),
                })}
              </p>
              <HashLine sha256={exhibit.sha256} />
              {file && (
                <FileStateLine
                  file={file}
                  paused={paused}
                  name={t('exhibits.labelled', { label, title: exhibit.title || t('exhibits.untitled') })}
                />
              )}
            </>
          ) : (
            <p className="soft">{t('exhibits.noFile')}</p>
          )}
        </div>
      </div>
      {field('title', 500, t('exhibits.titleHint'))}
      {field('source', 500)}
      <div className="exhibits-pair">
        {field('date', 120)}
        {field('language', 120)}
      </div>
      <div className="exhibits-pair">
        <Labelled label={t('exhibits.fields.confidentiality')}>
          <select
            className="input"
            disabled={readOnly}
            value={exhibit.confidentiality}
            onChange={(event) => write({ confidentiality: event.target.value as Exhibit['confidentiality'] })}
          >
            {CONFIDENTIALITIES.map((value) => (
              <option key={value} value={value}>
                {t(`exhibits.confidentialities.${value}`)}
              </option>
            ))}
          </select>
        </Labelled>
        {exhibit.blobId ? (
          field('group', 60)
        ) : (
          <Labelled label={t('exhibits.fields.status')}>
            <select
              className="input"
              disabled={readOnly}
              value={exhibit.status}
              onChange={(event) => write({ status: event.target.value as Exhibit['status'] })}
            >
              {EXHIBIT_STATUSES.map((value) => (
                <option key={value} value={value}>
                  {t(`exhibits.statuses.${value}`)}
                </option>
              ))}
            </select>
          </Labelled>
        )}
      </div>
      <CommentButton anchor="exhibit" target={exhibit.id} quote={exhibit.title} />
      {!readOnly &&
        (removing ? (
          <div className="note-line missing" role="alert">
            <p>{t('exhibits.confirmRemove', { label, citations: citedCount, links: linkCount })}</p>
            <div className="actions">
              <button type="button" className="button" onClick={remove}>
                {t('exhibits.removeNow')}
              </button>
              <button type="button" className="button quiet" onClick={() => setRemoving(false)}>
                {t('common.cancel')}
              </button>
            </div>
          </div>
        ) : (
          <button type="button" className="button quiet" onClick={() => setRemoving(true)}>
            {t('exhibits.remove')}
          </button>
        ))}
    </div>
  );
}
