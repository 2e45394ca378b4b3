import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Language, type Settings, settingsSchema } from '../../shared/ipc/contract.ts';
import type { VaultState } from '../../shared/ipc/security.ts';
import { UnlockScreen } from '../features/security/UnlockScreen.tsx';
import { languageOfLocale, startI18n, switchLanguage } from '../i18n/i18n.ts';
import { ask } from '../ui/bridge.ts';
import '../ui/styles/fonts.css';
import '../ui/styles/tokens.css';
import '../ui/styles/base.css';
import '../ui/styles/controls.css';
import { App } from './App.tsx';
import './shell.css';

/** What the window runs on when main cannot read the settings. */
function fallbackSettings(locale: string): Settings {
  return settingsSchema.parse({
    language: languageOfLocale(locale),
    theme: 'system',
    interfacePercent: 100,
    pagePercent: 100,
    leftSidebarPx: 256,
    rightSidebarPx: 348,
    organizationName: '',
    relayUrl: '',
    typing: true,
    spelling: true,
    formattingMarks: false,
  });
}

/** The unlock screen while the library is locked; the application once it is open. */
function Window({ state, locale }: { state: VaultState; locale: string }) {
  const [vault, setVault] = useState(state);
  const [ready, setReady] = useState<{ settings: Settings; sampleId: string | null } | null>(null);
  const [language, setLanguage] = useState<Language>(i18next.language as Language);
  useEffect(() => window.alegato.on('vault/changed', setVault), []);
  const open = vault.phase === 'open';
  useEffect(() => {
    if (!open) return;
    void Promise.all([ask('app/info', undefined), ask('settings/read', undefined)]).then(([info, settings]) => {
      setReady({
        settings: settings.ok ? settings.value : fallbackSettings(locale),
        sampleId: info.ok ? info.value.sampleId : null,
      });
    });
  }, [open, locale]);
  if (open && ready) return <App settings={ready.settings} sampleId={ready.sampleId} />;
  if (open) return null;
  return (
    <UnlockScreen
      vault={vault}
      language={language}
      onLanguage={(next) => {
        void ask('settings/write', { language: next });
        void switchLanguage(next).then(() => setLanguage(next));
      }}
    />
  );
}

async function start(): Promise<void> {
  const [info, settings, vault] = await Promise.all([
    ask('app/info', undefined),
    ask('settings/read', undefined),
    ask('vault/state', undefined),
  ]);
  const locale = info.ok ? info.value.locale : navigator.language;
  const initial = settings.ok ? settings.value : fallbackSettings(locale);
  await startI18n(initial.language);
  const dark =
    initial.theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : initial.theme === 'dark';
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  const state: VaultState = vault.ok
    ? vault.value
    : { phase: 'open', passphrase: false, kitMadeMs: null, keychain: 'none', unprotected: false, mayReset: false };
  createRoot(root).render(<Window state={state} locale={locale} />);
}

void start();
