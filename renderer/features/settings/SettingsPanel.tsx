import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/ipc/contract.ts';
import { TextField } from '../../ui/Field.tsx';
import { isRelayUrl } from '../../ui/isRelayUrl.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Stepper } from '../../ui/Stepper.tsx';

/** Colors, language, sizes, and what the next invitation starts from. Everything takes effect at once. */
export function SettingsPanel({
  settings,
  writeSettings,
}: {
  settings: Settings;
  writeSettings(fields: Partial<Settings>): void;
}) {
  const { t } = useTranslation();
  const [relay, setRelay] = useState(settings.relayUrl);
  const relayWrong = relay.trim() !== '' && !isRelayUrl(relay.trim());
  return (
    <section aria-label={t('settings.title')}>
      <h2 className="panel-title">{t('settings.title')}</h2>
      <div className="label" aria-hidden="true" />
      <Segmented
        label={t('settings.theme')}
        value={settings.theme}
        onChange={(theme) => writeSettings({ theme })}
        options={[
          { value: 'system', title: t('settings.system') },
          { value: 'light', title: t('settings.light') },
          { value: 'dark', title: t('settings.dark') },
        ]}
      />
      <Segmented
        label={t('settings.language')}
        value={settings.language}
        onChange={(language) => writeSettings({ language })}
        options={[
          { value: 'en', title: t('common.english') },
          { value: 'es', title: t('common.spanish') },
        ]}
      />
      <Stepper
        label={t('settings.interfaceSize')}
        text={t('settings.percent', { value: settings.interfacePercent })}
        value={settings.interfacePercent}
        min={80}
        max={160}
        step={10}
        smaller={t('settings.smaller')}
        larger={t('settings.larger')}
        onChange={(interfacePercent) => writeSettings({ interfacePercent })}
      />
      <Stepper
        label={t('settings.pageZoom')}
        text={t('settings.percent', { value: settings.pagePercent })}
        value={settings.pagePercent}
        min={50}
        max={200}
        step={10}
        smaller={t('settings.smaller')}
        larger={t('settings.larger')}
        onChange={(pagePercent) => writeSettings({ pagePercent })}
      />
      {(
        [
          ['typing', 'spelling.switchTyping'],
          ['spelling', 'spelling.switchSpelling'],
          ['formattingMarks', 'spelling.switchMarks'],
        ] as const
      ).map(([name, label]) => (
        <Segmented
          key={name}
          label={t(label)}
          value={settings[name] ? 'on' : 'off'}
          onChange={(value) => writeSettings({ [name]: value === 'on' })}
          options={[
            { value: 'on', title: t('spelling.on') },
            { value: 'off', title: t('spelling.off') },
          ]}
        />
      ))}
      <TextField
        label={t('settings.organization')}
        hint={t('settings.organizationHint')}
        value={settings.organizationName}
        maxLength={120}
        onChange={(organizationName) => writeSettings({ organizationName })}
      />
      <TextField
        label={t('settings.relay')}
        hint={t('settings.relayHint')}
        error={relayWrong ? t('settings.badRelay') : null}
        value={relay}
        placeholder="wss://"
        onChange={(value) => {
          setRelay(value);
          if (value.trim() === '' || isRelayUrl(value.trim())) writeSettings({ relayUrl: value.trim() });
        }}
      />
    </section>
  );
}
