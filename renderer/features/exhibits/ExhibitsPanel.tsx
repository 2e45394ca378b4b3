import { type DragEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import type { LocalOriginal } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { freshId } from '../../ui/freshId.ts';
import { useDocumentIndex, useRecords } from '../../ui/useSession.ts';
import { ExhibitRow } from './ExhibitRow.tsx';
import { filterRows, groupExhibits, type RegisterRow } from './groupExhibits.ts';
import { OriginalRow } from './OriginalRow.tsx';
import { OriginalViewer } from './OriginalViewer.tsx';
import { PauseFiles } from './PauseFiles.tsx';
import { StagedFileRow } from './StagedFileRow.tsx';
import { useFileStates } from './useFileStates.ts';
import { useOriginals } from './useOriginals.ts';
import { useStaging } from './useStaging.ts';
import './exhibits.css';

/** From this many exhibits on, the register has a filter. */
const FILTER_FROM = 9;

/** The exhibit register in the left sidebar: what is cited, what is cited nowhere, what never leaves this computer. */
export function ExhibitsPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const exhibits = useRecords(session, 'exhibits');
  const index = useDocumentIndex();
  const { originals, failed, reload } = useOriginals(session.complaintId);
  const files = useFileStates(session.complaintId);
  const staging = useStaging();
  const [filter, setFilter] = useState('');
  const [opened, setOpened] = useState<ExhibitId | null>(null);
  const [viewed, setViewed] = useState<LocalOriginal | null>(null);
  const [dropping, setDropping] = useState(false);
  const inside = useRef(0);

  const groups = useMemo(() => groupExhibits(exhibits, index), [exhibits, index]);
  const placeholders = useMemo(
    () => [...groups.cited, ...groups.uncited].filter((row) => row.exhibit.blobId === ''),
    [groups],
  );
  const cited = filterRows(groups.cited, filter);
  const uncited = filterRows(groups.uncited, filter);

  const addPlaceholder = () => {
    const id = freshId<ExhibitId>();
    session.writeRecord('exhibits', {
      id,
      title: '',
      order: exhibits.reduce((highest, exhibit) => Math.max(highest, exhibit.order), 0) + 1,
    });
    setFilter('');
    setOpened(id);
  };

  const holdsFiles = (event: DragEvent) => !session.readOnly && event.dataTransfer.types.includes('Files');
  const drag = {
    onDragEnter: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      inside.current += 1;
      setDropping(true);
    },
    onDragOver: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDragLeave: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      inside.current -= 1;
      if (inside.current <= 0) setDropping(false);
    },
    onDrop: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      inside.current = 0;
      setDropping(false);
      void staging.drop([...event.dataTransfer.files]);
    },
  };

  const list = (rows: readonly RegisterRow[]) => (
    <ul className="exhibit-list">
      {rows.map((row) => (
        <ExhibitRow
          key={row.exhibit.id}
          row={row}
          file={files.byBlob.get(row.exhibit.blobId)}
          paused={files.paused}
          opened={opened === row.exhibit.id}
          onToggle={() => setOpened(opened === row.exhibit.id ? null : row.exhibit.id)}
        />
      ))}
    </ul>
  );

  return (
    <section
      className={`exhibits-panel${dropping ? ' exhibits-panel--dropping' : ''}`}
      aria-label={t('exhibits.title')}
      {...drag}
    >
      {!session.readOnly && (
        <div className="exhibits-panel__bar actions">
          <button type="button" className="button" disabled={staging.choosing} onClick={() => void staging.choose()}>
            {t('exhibits.addFiles')}
          </button>
          <button
            type="button"
            className="button quiet"
            onClick={addPlaceholder}
            title={t('exhibits.addPlaceholderHint')}
          >
            {t('exhibits.addPlaceholder')}
          </button>
        </div>
      )}
      {dropping && (
        <p className="exhibits-panel__drop" role="status">
          {t('exhibits.dropHere')}
        </p>
      )}

      {staging.staged.length > 0 && (
        <ul className="staged-files" aria-label={t('exhibits.staged')}>
          {staging.staged.map((file) => (
            <StagedFileRow
              key={file.stagingId}
              file={file}
              staging={staging}
              placeholders={placeholders}
              originals={originals}
              onKept={reload}
            />
          ))}
        </ul>
      )}
      {staging.refused.length > 0 && (
        <ul className="refused-files" aria-label={t('exhibits.refused')}>
          {staging.refused.map((file) => (
            <li key={file.key} className="note-line missing" role="alert">
              <b className="break-anywhere">{file.fileName}</b>
              <span>{t(`notices.${file.code}`, file.params)}</span>
              <button
                type="button"
                className="link-button"
                onClick={() => staging.dismiss(file.key)}
                aria-label={t('exhibits.dismissNamed', { name: file.fileName })}
              >
                {t('common.dismiss')}
              </button>
            </li>
          ))}
        </ul>
      )}

      <PauseFiles files={files} />

      {exhibits.length >= FILTER_FROM && (
        <input
          className="input exhibits-panel__filter"
          type="search"
          value={filter}
          placeholder={t('exhibits.filter')}
          aria-label={t('exhibits.filter')}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {exhibits.length === 0 && staging.staged.length === 0 && (
        <p className="empty exhibits-panel__empty">{t('exhibits.empty')}</p>
      )}
      {filter !== '' && cited.length + uncited.length === 0 && (
        <p className="empty exhibits-panel__empty">{t('exhibits.nothingFound', { filter })}</p>
      )}
      {cited.length > 0 && (
        <>
          <h3 className="label exhibits-panel__group">{t('exhibits.cited', { count: cited.length })}</h3>
          {list(cited)}
        </>
      )}
      {uncited.length > 0 && (
        <>
          <h3 className="label exhibits-panel__group">{t('exhibits.citedNowhere', { count: uncited.length })}</h3>
          {list(uncited)}
        </>
      )}

      <h3 className="label exhibits-panel__group">{t('exhibits.originals')}</h3>
      {failed ? (
        <p className="exhibits-panel__note">
          {t('exhibits.originalsFailed')}{' '}
          <button type="button" className="link-button" onClick={reload}>
            {t('exhibits.retry')}
          </button>
        </p>
      ) : originals?.length === 0 ? (
        <p className="exhibits-panel__note">{t('exhibits.noOriginals')}</p>
      ) : (
        <>
          <p className="exhibits-panel__note">{t('exhibits.originalsHint')}</p>
          <ul className="exhibit-list">
            {originals?.map((original) => (
              <OriginalRow key={original.id} original={original} onView={() => setViewed(original)} />
            ))}
          </ul>
        </>
      )}
      {viewed && <OriginalViewer original={viewed} onClose={() => setViewed(null)} />}
    </section>
  );
}
