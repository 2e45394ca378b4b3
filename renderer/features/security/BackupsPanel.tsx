import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Notice } from '../../../shared/ipc/contract.ts';
import type { BackupState, SecurityEvents, VaultState } from '../../../shared/ipc/security.ts';
import { formatSize } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { BackupRow } from './BackupRow.tsx';
import { RestoreForm } from './RestoreForm.tsx';

const PHASES = { writing: 'security.running', checking: 'security.checking', restoring: 'security.restoring' } as const;

/** What was done last, said anew in another language. */
type Said =
  | { kind: 'backedUp' }
  | { kind: 'completeSaved'; sizeBytes: number }
  | { kind: 'broughtBack'; title: string };

/** Where backups are, what is in them, one now, one to take along, and the ways back. */
export function BackupsPanel({ vault, language }: { vault: VaultState; language: Language }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [state, setState] = useState<BackupState | null>(null);
  const [progress, setProgress] = useState<SecurityEvents['backup/progress'] | null>(null);
  const [problem, setProblem] = useState<Notice | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void ask('backup/state', undefined).then((answer) => {
      if (answer.ok) setState(answer.value);
      else setProblem(answer.error);
    });
    const stops = [window.alegato.on('backup/changed', setState), window.alegato.on('backup/progress', setProgress)];
    return () => stops.forEach((stop) => stop());
  }, []);

  const run = async (work: () => Promise<Notice | null>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setSaid(null);
    setProgress(null);
    setProblem(await work());
    setBusy(false);
    setProgress(null);
  };
  const now = () =>
    run(async () => {
      const answer = await ask('backup/now', undefined);
      if (!answer.ok) return answer.error;
      setState(answer.value);
      setSaid({ kind: 'backedUp' });
      return null;
    });
  const saveComplete = () =>
    run(async () => {
      const answer = await ask('backup/save-complete', { suggestedName: t('security.completeName') });
      if (!answer.ok) return answer.error;
      if (answer.value) setSaid({ kind: 'completeSaved', sizeBytes: answer.value.sizeBytes });
      return null;
    });
  const chooseFolder = async () => {
    const answer = await ask('backup/choose-folder', undefined);
    if (!answer.ok) setProblem(answer.error);
    else if (answer.value) setState(answer.value);
  };
  const sentenceOf = (done: Said): string => {
    switch (done.kind) {
      case 'backedUp':
        return t('security.backedUp');
      case 'completeSaved':
        return t('security.completeSaved', { size: formatSize(done.sizeBytes, language) });
      case 'broughtBack':
        return t('security.broughtBack', { title: done.title });
    }
  };
  const running = busy || state?.running === true;
  const shownProblem: Notice | null =
    problem ?? (state?.problem && !running ? { code: state.problem as Notice['code'] } : null);
  return (
    <section aria-label={t('security.backups')}>
      <h3 className="label">{t('security.backups')}</h3>
      <p className="soft">{t('security.backupsWhat')}</p>
      {!vault.passphrase && vault.kitMadeMs === null && <p className="note-line thin">{t('security.backupsNoKey')}</p>}
      <div className="actions">
        <button type="button" className="button" disabled={running} onClick={() => void now()}>
          {t('security.backUpNow')}
        </button>
        <button type="button" className="button" disabled={running} onClick={() => void saveComplete()}>
          {t('security.saveComplete')}
        </button>
      </div>
      <p className="hint">{t('security.saveCompleteHint')}</p>
      {running && (
        <div className="backup-running">
          <span role="status">{t(PHASES[progress?.phase ?? 'writing'])}</span>
          <progress
            aria-label={t(PHASES[progress?.phase ?? 'writing'])}
            {...(progress && progress.total > 0 ? { value: progress.done, max: progress.total } : {})}
          />
          <button type="button" className="button quiet" onClick={() => void ask('backup/cancel', undefined)}>
            {t('security.stop')}
          </button>
        </div>
      )}
      {shownProblem && (
        <p className="note-line missing" role="alert">
          {sentence(shownProblem)}
        </p>
      )}
      <p className="said" role="status">
        {said && sentenceOf(said)}
      </p>
      {state && state.backups.length === 0 && <p className="empty">{t('security.noBackups')}</p>}
      {state && state.backups.length > 0 && (
        <ul className="backup-list" aria-label={t('security.list')}>
          {state.backups.map((backup) => (
            <BackupRow
              key={backup.name}
              backup={backup}
              language={language}
              disabled={running}
              onBroughtBack={(title) => {
                setProblem(null);
                setSaid({ kind: 'broughtBack', title });
              }}
              onProblem={setProblem}
            />
          ))}
        </ul>
      )}
      {state && (
        <div className="field">
          <span className="field-label">{t('security.folder')}</span>
          <span className="mono break-anywhere">{state.folder}</span>
        </div>
      )}
      <div className="actions">
        <button type="button" className="button quiet" disabled={running} onClick={() => void chooseFolder()}>
          {t('security.chooseFolder')}
        </button>
      </div>
      <RestoreForm language={language} label={t('security.restoreFile')} />
    </section>
  );
}
