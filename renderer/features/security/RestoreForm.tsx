import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Notice } from '../../../shared/ipc/contract.ts';
import type { VaultSecret } from '../../../shared/ipc/security.ts';
import { formatDate } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { markRestoring } from './restoreMark.ts';
import { SecretEntry } from './SecretEntry.tsx';

interface Chosen {
  token: string;
  createdMs: number;
  passphrase: boolean;
  kit: boolean;
  sameKey: boolean;
}

/** Restores the library from a backup file. When it worked the window starts anew; until then nothing here changes. */
export function RestoreForm({ language, label }: { language: Language; label: string }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<Notice | null>(null);
  const choose = async () => {
    setProblem(null);
    const answer = await ask('backup/choose-file', undefined);
    if (!answer.ok) setProblem(answer.error);
    else if (answer.value) setChosen(answer.value);
  };
  const restore = async (secret: VaultSecret | null): Promise<Notice | null> => {
    if (!chosen) return null;
    markRestoring(true);
    const answer = await ask('backup/restore-library', { token: chosen.token, name: null, secret });
    if (answer.ok) return null;
    markRestoring(false);
    return answer.error;
  };
  if (!chosen)
    return (
      <>
        <div className="actions">
          <button type="button" className="button" onClick={() => void choose()}>
            {label}
          </button>
        </div>
        {problem && (
          <p className="note-line missing" role="alert">
            {sentence(problem)}
          </p>
        )}
      </>
    );
  return (
    <section className="card" aria-label={t('security.restoreTitle')}>
      <h3 className="panel-title">{t('security.restoreOf', { date: formatDate(chosen.createdMs, language) })}</h3>
      <p className="note-line">{t('security.restoreAside')}</p>
      {chosen.sameKey ? (
        <>
          <p>{t('security.restoreSame')}</p>
          <div className="actions">
            <button
              type="button"
              className="button primary"
              onClick={async () => {
                setProblem(await restore(null));
              }}
            >
              {t('security.restoreAction')}
            </button>
          </div>
        </>
      ) : chosen.passphrase || chosen.kit ? (
        <>
          <p>{t('security.restoreSecret')}</p>
          <SecretEntry
            passphrase={chosen.passphrase}
            kit={chosen.kit}
            action={t('security.restoreAction')}
            busyAction={t('security.restoring')}
            onSecret={restore}
          />
        </>
      ) : (
        <p className="note-line missing">{t('security.restoreNeither')}</p>
      )}
      {problem && (
        <p className="note-line missing" role="alert">
          {sentence(problem)}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button quiet" onClick={() => setChosen(null)}>
          {t('common.cancel')}
        </button>
      </div>
    </section>
  );
}
