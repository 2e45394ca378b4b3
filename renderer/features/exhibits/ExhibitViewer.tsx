import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exhibit } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useIndexPart, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { DocumentViewer, ViewerSkeleton } from './DocumentViewer.tsx';
import { FileStateLine } from './FileStateLine.tsx';
import { HashLine } from './HashLine.tsx';
import { LinkBar } from './LinkBar.tsx';
import { PageClaims } from './PageClaims.tsx';
import { useExhibitFile } from './useExhibitFile.ts';
import { useFileStates } from './useFileStates.ts';
import './viewer.css';

/** The exhibit that the right panel is about: its pages, what they prove, and a way to prove more with them. */
export function ExhibitViewer({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { place } = useWorkbench();
  const exhibits = useRecords(session, 'exhibits');
  if (place?.kind !== 'exhibit') return null;
  const exhibit = exhibits.find((entry) => entry.id === place.exhibitId);
  if (!exhibit) return <p className="empty">{t('exhibits.gone')}</p>;
  return <OpenExhibit key={exhibit.id} exhibit={exhibit} />;
}

function OpenExhibit({ exhibit }: { exhibit: Exhibit }) {
  const { t } = useTranslation();
  const { place, back, openTab } = useWorkbench();
  const label = useIndexPart(({ labels }) => labels.get(exhibit.id) ?? '');
  const [wide, setWide] = useState(false);
  const [page, setPage] = useState(1);
  const asked = place?.kind === 'exhibit' ? place : null;

  // A place without a page (a citation of the whole exhibit: page 0) opens at the first one.
  useEffect(() => setPage(Math.max(1, asked?.page ?? 1)), [asked]);

  const title = exhibit.title || t('exhibits.untitled');
  return (
    <section className="exhibit-viewer" aria-label={t('exhibits.labelled', { label, title })}>
      <header className="exhibit-viewer__head">
        <h2 className="panel-title">
          <b className="exhibit-label">{t('exhibits.label', { label })}</b> {title}
        </h2>
        {asked?.returnTo && (
          <button type="button" className="button quiet" onClick={back}>
            {t('exhibits.backToText')}
          </button>
        )}
      </header>
      {exhibit.blobId ? (
        <Pages exhibit={exhibit} label={label} page={page} onPage={setPage} wide={wide} onWide={setWide} />
      ) : (
        <div className="empty">
          <p>{t('exhibits.noFileYet')}</p>
          <button type="button" className="button" onClick={() => openTab('exhibits')}>
            {t('exhibits.attachInList')}
          </button>
          <PageClaims exhibit={exhibit} page={null} onPage={setPage} />
        </div>
      )}
    </section>
  );
}

interface PagesProps {
  exhibit: Exhibit;
  label: string;
  page: number;
  onPage(page: number): void;
  wide: boolean;
  onWide(wide: boolean): void;
}

function Pages({ exhibit, label, page, onPage, wide, onWide }: PagesProps) {
  const { t } = useTranslation();
  const { session } = useWorkbench();
  const links = useRecords(session, 'links');
  const { file, coming, retry } = useExhibitFile(session.complaintId, exhibit);
  const files = useFileStates(session.complaintId);
  const where = files.byBlob.get(exhibit.blobId);
  const [selected, setSelected] = useState('');
  const [found, setFound] = useState<ReadonlySet<string>>(new Set());
  const quotes = links
    .filter((link) => link.exhibitId === exhibit.id && link.page === page && link.quote !== '')
    .map((link) => link.quote);

  const turn = useCallback(
    (next: number) => {
      setSelected('');
      onPage(next);
    },
    [onPage],
  );

  return (
    <>
      <p className="exhibit-viewer__facts">
        <span>{t('exhibits.anonymizedCopy')}</span>
        <HashLine sha256={exhibit.sha256} />
      </p>
      {file.state === 'loading' && <ViewerSkeleton />}
      {(file.state === 'waiting' || (file.state === 'loading' && coming)) && (
        <div className="exhibit-viewer__waiting">
          {where && !where.here ? (
            <FileStateLine
              file={where}
              paused={files.paused}
              name={t('exhibits.labelled', { label, title: exhibit.title || t('exhibits.untitled') })}
            />
          ) : (
            <>
              <p role="status">{t('exhibits.waiting')}</p>
              <button type="button" className="button" onClick={retry}>
                {t('exhibits.retry')}
              </button>
            </>
          )}
        </div>
      )}
      {file.state === 'failed' && (
        <div className="note-line missing" role="alert">
          <p>{t(`notices.${file.notice.code}`, file.notice.params ?? {})}</p>
          <button type="button" className="button" onClick={retry}>
            {t('exhibits.retry')}
          </button>
        </div>
      )}
      {file.state === 'ready' && (
        <DocumentViewer
          file={file.parts}
          mime={exhibit.mime}
          name={t('exhibits.label', { label })}
          page={page}
          onPage={turn}
          quotes={quotes}
          onFound={setFound}
          onSelect={setSelected}
          wide={wide}
          onWide={onWide}
        />
      )}
      {file.state === 'ready' && !session.readOnly && (
        <LinkBar
          exhibit={exhibit}
          page={page}
          quote={selected}
          onQuote={setSelected}
          textual={exhibit.mime === 'application/pdf'}
        />
      )}
      <PageClaims
        exhibit={exhibit}
        page={page}
        onPage={turn}
        {...(file.state === 'ready' && exhibit.mime === 'application/pdf' && { found })}
      />
    </>
  );
}
