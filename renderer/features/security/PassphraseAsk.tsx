import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PassphraseForm } from './PassphraseForm.tsx';
import { useVault } from './useVault.ts';
import './security.css';

/**
 * Asks for a passphrase in the place where others come in; nothing while the key is kept safe. `kind` 'before': about to
 * invite or join; 'shared': a shared complaint is open and stays unprotected; 'reset': opened by the recovery kit.
 */
export function PassphraseAsk({ kind }: { kind: 'before' | 'shared' | 'reset' }) {
  const { t } = useTranslation();
  const vault = useVault();
  const [open, setOpen] = useState(false);
  if (!vault || !(kind === 'reset' ? vault.passphrase && vault.mayReset : vault.unprotected)) return null;
  return (
    <section
      className={`passphrase-ask ${kind === 'before' ? 'before' : 'shared'}`}
      aria-label={t('security.askTitle')}
    >
      {open ? (
        <PassphraseForm vault={vault} onDone={() => setOpen(false)} onCancel={() => setOpen(false)} />
      ) : (
        <>
          <p>
            {kind === 'before' ? (
              <>
                {t('security.askShare')} {t('security.askLater')}
              </>
            ) : (
              t(kind === 'reset' ? 'security.resetHint' : 'security.askStay')
            )}
          </p>
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {t('security.setAction')}
          </button>
        </>
      )}
    </section>
  );
}
