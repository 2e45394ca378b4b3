import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { VaultState } from '../../../shared/ipc/security.ts';
import { ask } from '../../ui/bridge.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { CheckLine } from './CheckLine.tsx';
import { SecretField } from './SecretField.tsx';

/** Sets the first passphrase or changes it. A refusal is said at its field; what was typed stays. */
export function PassphraseForm({
  vault,
  onDone,
  onCancel,
}: {
  vault: VaultState;
  onDone(): void;
  onCancel: (() => void) | null;
}) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [shown, setShown] = useState(false);
  const [useKeychain, setUseKeychain] = useState(vault.passphrase && vault.keychain === 'used');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Notice | 'differs' | null>(null);
  const needsCurrent = vault.passphrase && !vault.mayReset;
  const problemOf = (code: string) =>
    problem !== null && problem !== 'differs' && problem.code === code ? sentence(problem) : null;
  const other =
    problem !== null && problem !== 'differs' && !['passphrase-wrong', 'passphrase-short'].includes(problem.code);

  const save = async () => {
    if (busy) return;
    setProblem(null);
    if (next.normalize('NFKC') !== again.normalize('NFKC')) {
      setProblem('differs');
      return;
    }
    setBusy(true);
    const answer = await ask('vault/set-passphrase', { current: needsCurrent ? current : null, next, useKeychain });
    setBusy(false);
    if (answer.ok) onDone();
    else setProblem(answer.error);
  };
  return (
    <form
      className="card"
      aria-label={vault.passphrase ? t('security.changeAction') : t('security.setAction')}
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && onCancel) {
          event.stopPropagation();
          onCancel();
        }
      }}
    >
      {vault.mayReset && <p className="note-line">{t('security.resetHint')}</p>}
      {needsCurrent && (
        <SecretField
          label={t('security.currentPassphrase')}
          error={problemOf('passphrase-wrong')}
          value={current}
          shown={shown}
          autoFocus
          onChange={setCurrent}
        />
      )}
      <SecretField
        label={t('security.newPassphrase')}
        hint={t('security.passphraseHint')}
        error={problemOf('passphrase-short')}
        value={next}
        shown={shown}
        autoFocus={!needsCurrent}
        onChange={setNext}
      />
      <SecretField
        label={t('security.again')}
        error={problem === 'differs' ? t('security.differs') : null}
        value={again}
        shown={shown}
        onChange={setAgain}
      />
      <CheckLine label={t('security.show')} checked={shown} onChange={setShown} />
      {vault.keychain !== 'none' && (
        <CheckLine
          label={t('security.useKeychain')}
          hint={t('security.useKeychainHint')}
          checked={useKeychain}
          onChange={setUseKeychain}
        />
      )}
      {other && (
        <p className="note-line missing" role="alert">
          {sentence(problem)}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button" disabled={busy}>
          {busy ? t('security.working') : t('security.saveAction')}
        </button>
        {onCancel && (
          <button type="button" className="button quiet" disabled={busy} onClick={onCancel}>
            {t('common.cancel')}
          </button>
        )}
      </div>
    </form>
  );
}
