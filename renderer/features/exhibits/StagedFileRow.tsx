import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import { CONFIDENTIALITIES, type Exhibit } from '../../../shared/domain/records.ts';
import { ok } from '../../../shared/domain/result.ts';
import type { LocalOriginal, StagedFile } from '../../../shared/ipc/contract.ts';
import { formatSize } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { freshId } from '../../ui/freshId.ts';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { putParts } from './FileParts.ts';
import type { RegisterRow } from './groupExhibits.ts';
import { Labelled } from './Labelled.tsx';
import { useInspection } from './useInspection.ts';
import type { Staging } from './useStaging.ts';

interface Props {
  file: StagedFile;
  staging: Staging;
  /** Exhibits without a file, which this one may fill. */
  placeholders: readonly RegisterRow[];
  originals: readonly LocalOriginal[] | null;
  onKept(): void;
}

/** Asks what a chosen file is. It only leaves this computer when a person says that it is an anonymized copy. */
export function StagedFileRow({ file, staging, placeholders, originals, onKept }: Props) {
  const { t } = useTranslation();
  const { session, notify, announce, open, language } = useWorkbench();
  const { complaintId } = session;
  const exhibits = useRecords(session, 'exhibits');
  const name = useId();
  const [kind, setKind] = useState<'' | 'anonymized' | 'original'>('');
  const [target, setTarget] = useState<ExhibitId | ''>('');
  const [fields, setFields] = useState({
    title: '',
    date: '',
    source: '',
    language: '',
    confidentiality: 'redacted' as Exhibit['confidentiality'],
  });
  const [busy, setBusy] = useState(false);
  const inspected = useInspection(complaintId, file, (notice) => {
    void ask('exhibits/discard-staged', { complaintId, stagingId: file.stagingId });
    staging.settle(file.stagingId, { fileName: file.fileName, code: notice.code, params: notice.params ?? {} });
  });
  const sameOriginal = inspected && originals?.find((original) => original.sha256 === inspected.chosenSha256);

  const keepOriginal = async () => {
    if (!inspected) return;
    setBusy(true);
    const answer = await ask('exhibits/keep-original', {
      complaintId,
      stagingId: file.stagingId,
      pageCount: inspected.pageCount,
      thumbnail: inspected.thumbnail,
    });
    setBusy(false);
    if (!answer.ok) return notify(answer.error);
    staging.settle(file.stagingId);
    announce(t('exhibits.keptOriginal'));
    onKept();
  };

  const sealAnonymized = async () => {
    if (!inspected) return;
    setBusy(true);
    const { rewritten } = inspected;
    const put = rewritten ? await putParts(complaintId, file.stagingId, rewritten) : ok(null);
    if (!put.ok) {
      setBusy(false);
      return notify(put.error);
    }
    const answer = await ask('exhibits/seal-anonymized', {
      complaintId,
      stagingId: file.stagingId,
      pageCount: inspected.pageCount,
      thumbnail: inspected.thumbnail,
      mime: inspected.mime,
      replaced: rewritten !== undefined,
    });
    setBusy(false);
    if (!answer.ok) return notify(answer.error);
    const exhibitId = target || freshId<ExhibitId>();
    const filled: Partial<Exhibit> = target
      ? {}
      : { ...fields, order: exhibits.reduce((highest, exhibit) => Math.max(highest, exhibit.order), 0) + 1 };
    session.writeRecord('exhibits', { id: exhibitId, ...filled, ...answer.value, status: 'held' });
    staging.settle(file.stagingId);
    announce(t('exhibits.keptAnonymized'));
    open({ kind: 'exhibit', exhibitId });
  };

  const set = <K extends keyof typeof fields>(key: K, value: (typeof fields)[K]) =>
    setFields((before) => ({ ...before, [key]: value }));

  return (
    <li className="staged-file" aria-busy={busy || !inspected}>
      <div className="staged-file__head">
        {inspected?.thumbnail ? (
          <img className="exhibit-thumbnail" src={inspected.thumbnail} alt="" />
        ) : (
          <span className="exhibit-thumbnail exhibit-thumbnail--reading" />
        )}
        <div>
          <strong className="staged-file__name">{file.fileName}</strong>
          <p className="hint">
            {inspected
              ? t('exhibits.pagesAndSize', { count: inspected.pageCount, size: formatSize(file.sizeBytes, language) })
              : t('exhibits.reading')}
          </p>
          <p className="hint">{t('exhibits.nameStays')}</p>
        </div>
      </div>
      <fieldset className="staged-file__kinds">
        <legend>{t('exhibits.whatIsIt')}</legend>
        {(['anonymized', 'original'] as const).map((value) => (
          <label key={value} className="staged-file__kind">
            <input type="radio" name={name} value={value} checked={kind === value} onChange={() => setKind(value)} />
            <span>
              <b>{t(`exhibits.kinds.${value}`)}</b>
              <span className="hint">{t(`exhibits.kindHints.${value}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'anonymized' && sameOriginal && (
        <p className="note-line missing" role="alert">
          {t('exhibits.sameAsOriginal', { name: sameOriginal.fileName })}
        </p>
      )}
      {kind === 'anonymized' && !sameOriginal && (
        <div className="staged-file__fields">
          {placeholders.length > 0 && (
            <Labelled label={t('exhibits.attachTo')}>
              <select
                className="input"
                value={target}
                onChange={(event) => setTarget(event.target.value as ExhibitId | '')}
              >
                <option value="">{t('exhibits.newExhibit')}</option>
                {placeholders.map(({ exhibit, label }) => (
                  <option key={exhibit.id} value={exhibit.id}>
                    {t('exhibits.labelled', { label, title: exhibit.title || t('exhibits.untitled') })}
                  </option>
                ))}
              </select>
            </Labelled>
          )}
          {target === '' && (
            <>
              <Labelled label={t('exhibits.fields.title')}>
                <input
                  className="input"
                  type="text"
                  maxLength={500}
                  value={fields.title}
                  placeholder={t('exhibits.titleHint')}
                  onChange={(event) => set('title', event.target.value)}
                />
              </Labelled>
              <Labelled label={t('exhibits.fields.source')}>
                <input
                  className="input"
                  type="text"
                  maxLength={500}
                  value={fields.source}
                  onChange={(event) => set('source', event.target.value)}
                />
              </Labelled>
              <div className="exhibits-pair">
                <Labelled label={t('exhibits.fields.date')}>
                  <input
                    className="input"
                    type="text"
                    maxLength={120}
                    value={fields.date}
                    onChange={(event) => set('date', event.target.value)}
                  />
                </Labelled>
                <Labelled label={t('exhibits.fields.language')}>
                  <input
                    className="input"
                    type="text"
                    maxLength={120}
                    value={fields.language}
                    onChange={(event) => set('language', event.target.value)}
                  />
                </Labelled>
              </div>
              <Labelled label={t('exhibits.fields.confidentiality')}>
                <select
                  className="input"
                  value={fields.confidentiality}
                  onChange={(event) => set('confidentiality', event.target.value as Exhibit['confidentiality'])}
                >
                  {CONFIDENTIALITIES.map((value) => (
                    <option key={value} value={value}>
                      {t(`exhibits.confidentialities.${value}`)}
                    </option>
                  ))}
                </select>
              </Labelled>
            </>
          )}
        </div>
      )}
      <div className="actions">
        {kind === 'anonymized' && !sameOriginal && (
          <button
            type="button"
            className="button primary"
            disabled={!inspected || busy}
            onClick={() => void sealAnonymized()}
          >
            {busy ? t('exhibits.sealing') : t('exhibits.addAnonymized')}
          </button>
        )}
        {kind === 'original' && (
          <button
            type="button"
            className="button primary"
            disabled={!inspected || busy}
            onClick={() => void keepOriginal()}
          >
            {busy ? t('exhibits.sealing') : t('exhibits.keepOriginal')}
          </button>
        )}
        <button
          type="button"
          className="button quiet"
          disabled={busy}
          onClick={() => staging.discard(file.stagingId)}
          aria-label={t('exhibits.discardNamed', { name: file.fileName })}
        >
          {t('exhibits.discard')}
        </button>
      </div>
    </li>
  );
}
