import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalOriginal, Notice } from '../../../shared/ipc/contract.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { DocumentViewer, ViewerSkeleton } from './DocumentViewer.tsx';
import { type FileParts, openFileParts } from './FileParts.ts';
import { useOverPage } from './useOverPage.ts';
import './viewer.css';

/** An original over the page area, to look at only. */
export function OriginalViewer({ original, onClose }: { original: LocalOriginal; onClose(): void }) {
  const { t } = useTranslation();
  const { session } = useWorkbench();
  const root = useRef<HTMLElement>(null);
  const over = useOverPage(root, true);
  const [file, setFile] = useState<FileParts | null>(null);
  const [failure, setFailure] = useState<Notice | null>(null);
  const [page, setPage] = useState(1);
  const { complaintId } = session;
  useEffect(() => {
    let stale = false;
    setFile(null);
    setFailure(null);
    setPage(1);
    void openFileParts(complaintId, { kind: 'original', originalId: original.id }).then((answer) => {
      if (stale) return;
      if (answer.ok) setFile(answer.value);
      else setFailure(answer.error);
    });
    return () => {
      stale = true;
    };
  }, [complaintId, original.id]);
  useEffect(() => {
    const before = document.activeElement;
    root.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <section
      ref={root}
      className="exhibit-viewer exhibit-viewer--wide"
      style={over}
      tabIndex={-1}
      aria-label={original.fileName}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className="exhibit-viewer__head">
        <h2 className="panel-title break-anywhere">{original.fileName}</h2>
        <button type="button" className="button" onClick={onClose}>
          {t('common.close')}
        </button>
      </header>
      <p className="note-line thin exhibit-viewer__note">{t('exhibits.originalBanner')}</p>
      {failure && (
        <p className="note-line missing" role="alert">
          {t(`notices.${failure.code}`, failure.params ?? {})}
        </p>
      )}
      {!file && !failure && <ViewerSkeleton />}
      {file && (
        <DocumentViewer file={file} mime={original.mime} name={original.fileName} page={page} onPage={setPage} wide />
      )}
    </section>
  );
}
