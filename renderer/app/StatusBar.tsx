import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '../../shared/ipc/contract.ts';
import { NewsButton } from '../features/activity/NewsButton.tsx';
import { formatNumber, formatSinceTime } from '../i18n/format.ts';
import { useDocumentIndex, useStatus } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { describeHeld, describeRelay, describeSaved, type StatusSentence } from './describeStatus.ts';
import { useRelayTrouble } from './useRelayTrouble.ts';
import './status-bar.css';

const DOT_CLASS = { fine: '', waiting: 'hollow', stopped: 'square' } as const;
export const ZOOM = { min: 50, max: 200, step: 10 } as const;

/** Since when the relay has been away, as this window saw it. */
function useAwaySince(away: boolean): number | null {
  const [sinceMs, setSinceMs] = useState<number | null>(null);
  useEffect(() => setSinceMs(away ? Date.now() : null), [away]);
  return sinceMs;
}

/** Everything that matters, in words: saved where, who has it, what is held back; size, language, zoom. */
export function StatusBar() {
  const { t } = useTranslation();
  const { session, language, settings, writeSettings, open, notify } = useWorkbench();
  const status = useStatus(session);
  useRelayTrouble(status, notify);
  const index = useDocumentIndex();
  const awaySinceMs = useAwaySince(status.relay === 'away');
  const words = (sentence: StatusSentence) =>
    t(sentence.key, {
      count: sentence.count ?? 0,
      upToDate: sentence.upToDate ?? 0,
      time: sentence.timeMs === undefined ? '' : formatSinceTime(sentence.timeMs, language),
    });
  const saved = describeSaved(status);
  const relay = describeRelay(status, awaySinceMs);
  const held = describeHeld(status);
  const paragraphCount = index.blocks.reduce((most, block) => Math.max(most, block.number ?? 0), 0);
  const setZoom = (value: number) => writeSettings({ pagePercent: Math.min(ZOOM.max, Math.max(ZOOM.min, value)) });
  return (
    <footer className="status-bar" role="contentinfo" aria-label={t('shell.statusBar')} data-region tabIndex={-1}>
      {[saved, relay, held].map((sentence) => (
        <span
          key={sentence.key.startsWith('status.sav') ? 'saved' : sentence === relay ? 'relay' : 'held'}
          className="status-item"
          data-status={sentence.key}
          data-tone={sentence.tone}
          title={words(sentence)}
        >
          {(sentence !== held || held.tone !== 'fine') && (
            <span className={`dot ${DOT_CLASS[sentence.tone]}`} aria-hidden="true" />
          )}
          <span className="status-words">{words(sentence)}</span>
        </span>
      ))}
      <NewsButton />
      <span className="grow" />
      <span className="status-item count">
        {t('status.words', { count: index.wordCount, number: formatNumber(index.wordCount, language) })}
      </span>
      <span
        className="status-item count"
        title={t('status.paragraphsLong', { count: paragraphCount, number: formatNumber(paragraphCount, language) })}
      >
        {t('status.paragraphs', { number: formatNumber(paragraphCount, language) })}
      </span>
      <select
        className="bar-select"
        aria-label={t('common.language')}
        value={language}
        onChange={(event) => writeSettings({ language: event.target.value as Language })}
      >
        {LANGUAGES.map((code) => (
          <option key={code} value={code} lang={code}>
            {code === 'en' ? t('common.english') : t('common.spanish')}
          </option>
        ))}
      </select>
      <span className="zoom" role="group" aria-label={t('status.zoom')}>
        <button
          type="button"
          className="bar-button"
          aria-label={t('status.zoomOut')}
          title={t('status.zoomOut')}
          disabled={settings.pagePercent <= ZOOM.min}
          onClick={() => setZoom(settings.pagePercent - ZOOM.step)}
        >
          −
        </button>
        <button type="button" className="bar-button number" title={t('status.zoomReset')} onClick={() => setZoom(100)}>
          {settings.pagePercent}%<span className="visually-hidden"> {t('status.zoomReset')}</span>
        </button>
        <button
          type="button"
          className="bar-button"
          aria-label={t('status.zoomIn')}
          title={t('status.zoomIn')}
          disabled={settings.pagePercent >= ZOOM.max}
          onClick={() => setZoom(settings.pagePercent + ZOOM.step)}
        >
          +
        </button>
      </span>
      <button type="button" className="bar-button" onClick={() => open({ kind: 'settings' })}>
        {t('shell.settings')}
      </button>
    </footer>
  );
}
