import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { VaultSecret } from '../../../shared/ipc/security.ts';
import { TextField } from '../../ui/Field.tsx';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { CheckLine } from './CheckLine.tsx';
import { SecretField } from './SecretField.tsx';

/** Passphrase or recovery code, whichever there is, with the way to the other. */
export function SecretEntry({
  passphrase: hasPassphrase,
  kit: hasKit,
  action,
  busyAction,
  onSecret,
}: {
  passphrase: boolean;
  kit: boolean;
  action: string;
  busyAction: string;
  /** The notice of why not; null when it worked. */
  onSecret(secret: VaultSecret): Promise<Notice | null>;
}) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [kind, setKind] = useState<VaultSecret['kind']>(hasPassphrase ? 'passphrase' : 'recovery');
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Notice | null>(null);
  const open = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const notice = await onSecret(kind === 'passphrase' ? { kind, passphrase } : { kind, code });
    setBusy(false);
    setProblem(notice);
  };
  const error = problem ? sentence(problem) : null;
  return (
    <form
      aria-label={action}
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      {kind === 'passphrase' ? (
        <>
          <SecretField
            label={t('security.passphrase')}
            error={error}
            value={passphrase}
            shown={shown}
            autoFocus
            onChange={setPassphrase}
          />
          <CheckLine label={t('security.show')} checked={shown} onChange={setShown} />
        </>
      ) : (
        <TextField
          label={t('security.code')}
          hint={t('security.codeHint')}
          error={error}
          value={code}
          maxLength={120}
          mono
          autoFocus
          onChange={setCode}
        />
      )}
      <div className="actions">
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? busyAction : action}
        </button>
        {hasPassphrase && hasKit && (
          <button
            type="button"
            className="button quiet"
            disabled={busy}
            onClick={() => {
              setProblem(null);
              setKind(kind === 'passphrase' ? 'recovery' : 'passphrase');
            }}
          >
            {kind === 'passphrase' ? t('security.forgot') : t('security.backToPassphrase')}
          </button>
        )}
      </div>
    </form>
  );
}
