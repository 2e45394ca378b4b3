import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { BackupsPanel } from './BackupsPanel.tsx';
import { CheckLine } from './CheckLine.tsx';
import { KitPanel } from './KitPanel.tsx';
import { PassphraseForm } from './PassphraseForm.tsx';
import { useVault } from './useVault.ts';
import './security.css';

/** Part of the settings: passphrase, recovery kit, backups. */
export function SecuritySection({ language }: { language: Language }) {
  const { t } = useTranslation();
  const vault = useVault();
  const [form, setForm] = useState(false);
  const [saved, setSaved] = useState(false);
  if (!vault) return null;
  const state = vault.passphrase
    ? vault.keychain === 'used'
      ? t('security.setKeychain')
      : t('security.set')
    : vault.keychain === 'used'
      ? t('security.noneKeychain')
      : t('security.none');
  return (
    <section className="security" aria-label={t('security.title')}>
      <hr className="divider" />
      <h2 className="panel-title">{t('security.title')}</h2>
      <section aria-label={t('security.passphrase')}>
        <h3 className="label">{t('security.passphrase')}</h3>
        <p className={`note-line ${vault.unprotected ? 'thin' : ''}`}>{state}</p>
        {form || vault.mayReset ? (
          <>
            {!vault.passphrase && <p className="soft">{t('security.whatFor')}</p>}
            <PassphraseForm
              vault={vault}
              onDone={() => {
                setForm(false);
                setSaved(true);
              }}
              onCancel={vault.mayReset ? null : () => setForm(false)}
            />
          </>
        ) : (
          <div className="actions">
            <button
              type="button"
              className="button"
              onClick={() => {
                setSaved(false);
                setForm(true);
              }}
            >
              {vault.passphrase ? t('security.changeAction') : t('security.setAction')}
            </button>
            {vault.passphrase && (
              <button
                type="button"
                className="button quiet"
                title={t('security.lockHint')}
                onClick={() => void ask('vault/lock', undefined)}
              >
                {t('security.lock')}
              </button>
            )}
          </div>
        )}
        {vault.passphrase && vault.keychain !== 'none' && !form && (
          <CheckLine
            label={t('security.useKeychain')}
            hint={t('security.useKeychainHint')}
            checked={vault.keychain === 'used'}
            onChange={(use) => void ask('vault/use-keychain', { use })}
          />
        )}
        <p className="said" role="status">
          {saved && t('security.saved')}
        </p>
      </section>
      <KitPanel vault={vault} language={language} />
      <BackupsPanel vault={vault} language={language} />
    </section>
  );
}
