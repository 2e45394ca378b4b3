import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Notice } from '../../../shared/ipc/contract.ts';
import type { VaultState } from '../../../shared/ipc/security.ts';
import { formatDate } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { TextField } from '../../ui/Field.tsx';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { KitCode } from './KitCode.tsx';

/** Makes the recovery kit: the code is shown, kept by the person, and counts once its last group is typed back. */
export function KitPanel({ vault, language }: { vault: VaultState; language: Language }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [code, setCode] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Notice | null>(null);
  const [said, setSaid] = useState<'kitWritten' | 'kitDone' | null>(null);
  const [busy, setBusy] = useState(false);

  const begin = async () => {
    setProblem(null);
    setSaid(null);
    const answer = await ask('vault/begin-kit', undefined);
    if (answer.ok) setCode(answer.value.code);
    else setProblem(answer.error);
  };
  const save = async (format: 'pdf' | 'text') => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask('vault/save-kit', {
      format,
      made: formatDate(Date.now(), language),
      words: {
        title: t('security.kitPageTitle'),
        codeLabel: t('security.kitCode'),
        madeLabel: t('security.kitPageMade'),
        paragraphs: [
          t('security.kitPage1'),
          t('security.kitPage2'),
          t('security.kitPage3'),
          t('security.kitPage4'),
          t('security.kitPage5'),
        ],
        suggestedName: t('security.kitPageName'),
      },
    });
    setBusy(false);
    if (!answer.ok) setProblem(answer.error);
    else if (answer.value) setSaid('kitWritten');
  };
  const confirm = async () => {
    setProblem(null);
    const answer = await ask('vault/confirm-kit', { lastGroup: typed });
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    setCode(null);
    setTyped('');
    setSaid('kitDone');
  };
  const mistyped = problem?.code === 'recovery-code-mistyped' ? sentence(problem) : null;
  return (
    <section aria-label={t('security.kit')}>
      <h3 className="label">{t('security.kit')}</h3>
      {code === null ? (
        <>
          <p className="soft">
            {vault.kitMadeMs === null
              ? t('security.kitNone')
              : `${t('security.kitMade', { date: formatDate(vault.kitMadeMs, language) })} ${t('security.kitAnewHint')}`}
          </p>
          <div className="actions">
            <button type="button" className="button" onClick={() => void begin()}>
              {vault.kitMadeMs === null ? t('security.kitMake') : t('security.kitAnew')}
            </button>
          </div>
        </>
      ) : (
        <form
          className="card"
          aria-label={t('security.kitMake')}
          ref={(element) => element?.scrollIntoView({ block: 'nearest' })}
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          <KitCode code={code} />
          <p className="soft">{t('security.kitKeep')}</p>
          <div className="actions">
            <button type="button" className="button" disabled={busy} onClick={() => void save('pdf')}>
              {t('security.kitPdf')}
            </button>
            <button type="button" className="button" disabled={busy} onClick={() => void save('text')}>
              {t('security.kitText')}
            </button>
          </div>
          <TextField
            label={t('security.kitConfirm')}
            hint={t('security.kitConfirmHint')}
            error={mistyped}
            value={typed}
            maxLength={20}
            mono
            onChange={setTyped}
          />
          <div className="actions">
            <button type="submit" className="button" disabled={typed.trim() === ''}>
              {t('security.kitConfirmAction')}
            </button>
            <button type="button" className="button quiet" onClick={() => setCode(null)}>
              {t('common.cancel')}
            </button>
          </div>
        </form>
      )}
      {problem && !mistyped && (
        <p className="note-line missing" role="alert">
          {sentence(problem)}
        </p>
      )}
      <p className="said" role="status">
        {said && t(`security.${said}`)}
      </p>
    </section>
  );
}
