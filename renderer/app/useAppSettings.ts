import { useCallback, useEffect, useState } from 'react';
import type { Settings } from '../../shared/ipc/contract.ts';
import { switchLanguage } from '../i18n/i18n.ts';
import { ask } from '../ui/bridge.ts';

/** Colors as the person or the system wants them, on the root element where the tokens look. */
function useTheme(theme: Settings['theme']): void {
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme]);
}

/** The settings of this window; a change shows at once and is written behind it. */
export function useAppSettings(initial: Settings): [Settings, (fields: Partial<Settings>) => void] {
  const [settings, setSettings] = useState(initial);
  const write = useCallback((fields: Partial<Settings>) => {
    setSettings((before) => ({ ...before, ...fields }));
    void ask('settings/write', fields);
  }, []);
  useTheme(settings.theme);
  useEffect(() => {
    document.documentElement.style.setProperty('--interface-scale', String(settings.interfacePercent / 100));
  }, [settings.interfacePercent]);
  useEffect(() => {
    void switchLanguage(settings.language);
  }, [settings.language]);
  return [settings, write];
}
