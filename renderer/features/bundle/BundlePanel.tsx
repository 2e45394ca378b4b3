import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice, Response } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatNumber, formatSize } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useMeta, useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { describeImport } from './describeImport.ts';

type Exported = NonNullable<Response<'bundle/export'>>;
type Imported = NonNullable<Response<'bundle/import'>>;
type Outcome =
  | { kind: 'none' }
  | { kind: 'busy'; which: 'export' | 'import' }
  | { kind: 'cancelled' }
  | { kind: 'failed'; notice: Notice }
  | { kind: 'exported'; file: Exported }
  | { kind: 'imported'; sums: Imported };

/** Everything that partners may have, into a sealed file and out of one: for work without a connection. */
export function BundlePanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const { language, announce, notify } = useWorkbench();
  const { role } = useStatus(session);
  const { title } = useMeta(session);
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const { complaintId } = session;
  const busy = outcome.kind === 'busy' ? outcome.which : null;
  const number = (value: number) => formatNumber(value, language);
  const inWords = (sums: Imported) =>
    describeImport(sums).map((part) => t(part.key, { count: part.count, number: number(part.count) }));

  const exportAll = async () => {
    if (busy) return;
    setOutcome({ kind: 'busy', which: 'export' });
    const answer = await ask('bundle/export', {
      complaintId,
      suggestedName: (title || t('bundle.suggestedName')).slice(0, 200),
    });
    if (!answer.ok) setOutcome({ kind: 'failed', notice: answer.error });
    else if (answer.value === null) setOutcome({ kind: 'cancelled' });
    else setOutcome({ kind: 'exported', file: answer.value });
  };
  const importOne = async () => {
    if (busy) return;
    setOutcome({ kind: 'busy', which: 'import' });
    const answer = await ask('bundle/import', { complaintId });
    if (!answer.ok) setOutcome({ kind: 'failed', notice: answer.error });
    else if (answer.value === null) setOutcome({ kind: 'cancelled' });
    else {
      setOutcome({ kind: 'imported', sums: answer.value });
      announce(inWords(answer.value).join('. '));
    }
  };
  const show = async (path: string) => {
    const answer = await ask('filing/show-in-folder', { path });
    if (!answer.ok) notify(answer.error);
  };
  return (
    <section aria-label={t('bundle.title')}>
      <h2 className="panel-title">{t('bundle.title')}</h2>
      {role === null ? (
        <p className="empty">{t('bundle.aloneHint')}</p>
      ) : (
        <>
          <p className="note-line">{t('bundle.what')}</p>
          <div className="field">
            <div className="actions">
              <button type="button" className="button" disabled={busy !== null} onClick={() => void exportAll()}>
                {busy === 'export' ? t('bundle.exporting') : t('bundle.export')}
              </button>
            </div>
            <span className="hint">{t('bundle.exportHint')}</span>
          </div>
          <div className="field">
            <div className="actions">
              <button type="button" className="button" disabled={busy !== null} onClick={() => void importOne()}>
                {busy === 'import' ? t('bundle.importing') : t('bundle.import')}
              </button>
            </div>
            <span className="hint">{t('bundle.importHint')}</span>
          </div>
          {outcome.kind === 'cancelled' && (
            <p className="note-line" role="status">
              {t('bundle.cancelled')}
            </p>
          )}
          {outcome.kind === 'failed' && (
            <p className="note-line missing" role="alert">
              {sentence(outcome.notice)}
            </p>
          )}
          {outcome.kind === 'exported' && (
            <div className="note-line" role="status">
              <p>
                {t('bundle.exported', {
                  count: outcome.file.frames,
                  number: number(outcome.file.frames),
                  size: formatSize(outcome.file.sizeBytes, language),
                })}
              </p>
              <p className="break-anywhere">{outcome.file.path}</p>
              <button type="button" className="link-button" onClick={() => void show(outcome.file.path)}>
                {t('bundle.show')}
              </button>
            </div>
          )}
          {outcome.kind === 'imported' && (
            <ul
              className={`note-line ${outcome.sums.damaged > 0 || outcome.sums.cutOff ? 'thin' : ''}`}
              data-bundle-result
            >
              {inWords(outcome.sums).map((line) => (
                <li key={line}>{line}.</li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
