import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '../../shared/ipc/contract.ts';
import { NewsButton } from '../features/activity/NewsButton.tsx';
import { CommentsButton } from '../features/comments/CommentsButton.tsx';
import { HostingButton } from '../features/meeting/HostingButton.tsx';
import { PageButton } from '../features/print/PageButton.tsx';
import { VersionsButton } from '../features/versions/VersionsButton.tsx';
import { formatNumber, formatSinceTime } from '../i18n/format.ts';
import { useIndexPart, useSelectionState, useStatus } from '../ui/useSession.ts';
import { type Place, useWorkbench } from '../ui/workbench.ts';
import {
  describeHeld,
  describeMissing,
  describeRecovered,
  describeRelay,
  describeSaved,
  type StatusSentence,
} from './describeStatus.ts';
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

/** One sentence with its shape; a button where there is more to see. */
function StatusItem({
  sentence,
  words,
  dot,
  onOpen,
}: {
  sentence: StatusSentence;
  words: string;
  dot: boolean;
  onOpen: (() => void) | null;
}) {
  const inside = (
    <>
      {dot && <span className={`dot ${DOT_CLASS[sentence.tone]}`} aria-hidden="true" />}
      <span className="status-words">{words}</span>
    </>
  );
  const shared = { 'data-status': sentence.key, 'data-tone': sentence.tone, title: words };
  return onOpen ? (
    <button type="button" className="status-item bar-button" onClick={onOpen} {...shared}>
      {inside}
    </button>
  ) : (
    <span className="status-item" {...shared}>
      {inside}
    </span>
  );
}

/** References to what is gone; a press goes to the first. */
const BrokenReferences = memo(function BrokenReferences() {
  const { t } = useTranslation();
  const { editor } = useWorkbench();
  const references = useIndexPart((index) => index.references);
  const broken = references.filter((reference) => reference.text === null);
  const [first] = broken;
  if (!first) return null;
  return (
    <button
      type="button"
      className="status-item bar-button"
      title={t('references.goToBroken')}
      onClick={() => editor?.reveal({ nodeKey: first.nodeKey }, { focus: true })}
    >
      <span className="dot square" aria-hidden="true" />
      <span className="status-words">{t('references.broken', { count: broken.length })}</span>
    </button>
  );
});

/** Words and paragraphs: all that is drawn again while somebody types. */
const Counts = memo(function Counts() {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  const noteWordCount = useIndexPart((index) => index.noteWordCount);
  // As Word counts: with the footnotes, which the title names by themselves.
  const wordCount = useIndexPart((index) => index.wordCount) + noteWordCount;
  const paragraphCount = useIndexPart(({ blocks }) => blocks.findLast(({ number }) => number !== null)?.number ?? 0);
  const { selectedWords } = useSelectionState();
  return (
    <>
      <PageButton />
      <span
        className="status-item count"
        title={t('footnotes.words', { number: formatNumber(noteWordCount, language) })}
      >
        {selectedWords > 0
          ? t('references.wordsSelected', {
              count: wordCount,
              number: formatNumber(selectedWords, language),
              total: formatNumber(wordCount, language),
            })
          : t('status.words', { count: wordCount, number: formatNumber(wordCount, language) })}
      </span>
      <span
        className="status-item count"
        title={t('status.paragraphsLong', { count: paragraphCount, number: formatNumber(paragraphCount, language) })}
      >
        {t('status.paragraphs', { number: formatNumber(paragraphCount, language) })}
      </span>
    </>
  );
});

/** Everything that matters, in words: saved where, who has it, what is held back; size, language, zoom. */
export function StatusBar() {
  const { t } = useTranslation();
  const { session, language, settings, writeSettings, open, notify } = useWorkbench();
  const status = useStatus(session);
  useRelayTrouble(status, notify);
  const awaySinceMs = useAwaySince(status.relay === 'away');
  const words = (sentence: StatusSentence) =>
    t(sentence.key, {
      count: sentence.count ?? 0,
      upToDate: sentence.upToDate ?? 0,
      number: formatNumber(sentence.number ?? 0, language),
      name: sentence.name || t('missing.somebody'),
      time: sentence.timeMs === undefined ? '' : formatSinceTime(sentence.timeMs, language),
    });
  const saved = describeSaved(status);
  const relay = describeRelay(status, awaySinceMs);
  const held = describeHeld(status);
  const missing = describeMissing(status);
  const recovered = describeRecovered(status);
  /** What these are about opens with a press; nobody to list while the complaint is not shared. */
  const placeOf = (sentence: StatusSentence): Place | null =>
    sentence === missing
      ? { kind: 'missing' }
      : sentence === recovered
        ? { kind: 'recovered' }
        : sentence === relay && status.role !== null
          ? { kind: 'members' }
          : null;
  const setZoom = (value: number) => writeSettings({ pagePercent: Math.min(ZOOM.max, Math.max(ZOOM.min, value)) });
  return (
    <footer className="status-bar" role="contentinfo" aria-label={t('shell.statusBar')} data-region tabIndex={-1}>
      {[saved, missing, recovered, relay, held].map((sentence) => {
        if (!sentence) return null;
        const place = placeOf(sentence);
        return (
          <StatusItem
            key={
              sentence.key.startsWith('status.sav')
                ? 'saved'
                : sentence === relay
                  ? 'relay'
                  : sentence === held
                    ? 'held'
                    : sentence.key
            }
            sentence={sentence}
            words={words(sentence)}
            dot={sentence !== held || held.tone !== 'fine'}
            onOpen={place ? () => open(place) : null}
          />
        );
      })}
      <BrokenReferences />
      <NewsButton />
      <CommentsButton />
      <HostingButton />
      <VersionsButton />
      <span className="grow" />
      <Counts />
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
