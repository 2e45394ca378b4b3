import { createRoot } from 'react-dom/client';
import { type Settings, settingsSchema } from '../../shared/ipc/contract.ts';
import { languageOfLocale, startI18n } from '../i18n/i18n.ts';
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
  });
}

async function start(): Promise<void> {
  const [info, settings] = await Promise.all([ask('app/info', undefined), ask('settings/read', undefined)]);
  const initial = settings.ok ? settings.value : fallbackSettings(info.ok ? info.value.locale : navigator.language);
  await startI18n(initial.language);
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(<App settings={initial} sampleId={info.ok ? info.value.sampleId : null} />);
}

void start();
