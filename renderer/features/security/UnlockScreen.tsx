import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '../../../shared/ipc/contract.ts';
import type { VaultState } from '../../../shared/ipc/security.ts';
import { ask } from '../../ui/bridge.ts';
import { RestoreForm } from './RestoreForm.tsx';
import { SecretEntry } from './SecretEntry.tsx';
import './security.css';

const LANGUAGE_NAMES = { en: 'common.english', es: 'common.spanish' } as const;

/** Stands where the complaints will be: asks for passphrase or recovery code, or says why neither can help. */
export function UnlockScreen({
  vault,
  language,
  onLanguage,
}: {
  vault: VaultState;
  language: Language;
  onLanguage(language: Language): void;
}) {
  const { t } = useTranslation();
  const { phase } = vault;
  return (
    <div className="app">
      <main className="unlock">
        <span className="library-brand">Alegato</span>
        {phase === 'locked' ? (
          <>
            <h1>{t('security.unlockTitle')}</h1>
            <p className="soft">{t('security.unlockHint')}</p>
            <SecretEntry
              passphrase={vault.passphrase}
              kit={vault.kitMadeMs !== null}
              action={t('security.unlock')}
              busyAction={t('security.unlocking')}
              onSecret={async (secret) => {
                const answer = await ask('vault/unlock', secret);
                return answer.ok ? null : answer.error;
              }}
            />
          </>
        ) : (
          <>
            <h1>{t('security.damagedTitle')}</h1>
            {phase !== 'open' && (
              <p className="note-line missing" role="alert">
                {t(`notices.${phase}`)}
              </p>
            )}
          </>
        )}
        {phase !== 'key-newer-version' && (
          <>
            <hr className="divider" />
            <RestoreForm language={language} label={t('security.restoreInstead')} />
          </>
        )}
        <label className="unlock-language">
          <span className="visually-hidden">{t('common.language')}</span>
          <select className="input" value={language} onChange={(event) => onLanguage(event.target.value as Language)}>
            {LANGUAGES.map((each) => (
              <option key={each} value={each}>
                {t(LANGUAGE_NAMES[each])}
              </option>
            ))}
          </select>
        </label>
      </main>
    </div>
  );
}
