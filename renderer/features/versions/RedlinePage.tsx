import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatDate, formatNumber, formatTime } from '../../i18n/format.ts';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { compareStates, type StateRedline } from './compareStates.ts';
import { ExportRedline } from './ExportRedline.tsx';
import { RedlineText } from './RedlineText.tsx';
import { restoreVersion } from './restoreVersion.ts';
import { readVersion, useVersions } from './useVersions.ts';

interface Comparison {
  redline: StateRedline;
  /** Both states whole, for the Word document of the redline. */
  before: Uint8Array<ArrayBuffer>;
  after: Uint8Array<ArrayBuffer>;
}

/** Two versions read together, in place of the page: read-only, change by change. */
export function RedlinePage({
  session,
  old,
  now,
  onClose,
}: {
  session: ComplaintSession;
  old: string;
  now: string;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { notify, announce, language } = useWorkbench();
  const { versions } = useVersions(session);
  const { role } = useStatus(session);
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [place, setPlace] = useState(-1);
  const [count, setCount] = useState(0);
  const [asking, setAsking] = useState<'restore' | 'export' | null>(null);
  const page = useRef<HTMLElement>(null);
  const text = useRef<HTMLDivElement>(null);

  // The window's sentences change with its language; what is compared does not.
  const stop = useRef({ notify, onClose });
  stop.current = { notify, onClose };
  useEffect(() => {
    let wanted = true;
    setComparison(null);
    setPlace(-1);
    void (async () => {
      const [one, other] = await Promise.all([readVersion(session, old), readVersion(session, now)]);
      if (!wanted) return;
      if (!one.ok || !other.ok) {
        if (!one.ok) stop.current.notify(one.error);
        else if (!other.ok) stop.current.notify(other.error);
        stop.current.onClose();
        return;
      }
      const redline = await compareStates(one.value, other.value, () => wanted);
      if (redline && wanted) setComparison({ redline, before: one.value.bytes, after: other.value.bytes });
    })();
    return () => {
      wanted = false;
    };
  }, [session, old, now]);
  useEffect(() => {
    page.current?.focus();
    const area = page.current?.parentElement;
    if (area) area.dataset.redline = '';
    return () => {
      if (area) delete area.dataset.redline;
    };
  }, []);
  useEffect(() => {
    const changes = comparison ? changesIn(text.current) : [];
    changes[0]?.scrollIntoView({ block: 'center' });
    setCount(changes.length);
  }, [comparison]);

  const nameOf = useCallback(
    (id: string): string => {
      if (id === 'now') return t('versions.now');
      const version = versions?.find((each) => each.id === id);
      if (!version) return '…';
      return version.name || `${formatDate(version.atMs, language)}, ${formatTime(version.atMs, language)}`;
    },
    [versions, language, t],
  );
  const go = useCallback(
    (step: 1 | -1) => {
      const changes = changesIn(text.current);
      if (changes.length === 0) return;
      const next = place < 0 ? (step > 0 ? 0 : changes.length - 1) : (place + step + changes.length) % changes.length;
      for (const each of text.current?.querySelectorAll('.current-change') ?? [])
        each.classList.remove('current-change');
      const change = changes[next];
      change?.classList.add('current-change');
      change?.scrollIntoView({ block: 'center' });
      setPlace(next);
      announce(
        `${t('versions.place', { place: next + 1, count: changes.length })}. ${change?.textContent?.slice(0, 300) ?? ''}`,
      );
    },
    [place, announce, t],
  );
  const canExport = comparison !== null && count > 0;
  // Wherever the focus is: in a small window the list of versions lies beside the redline and has it.
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'F7') go(event.shiftKey ? -1 : 1);
      else if (isExportKey(event) && canExport) setAsking('export');
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [go, canExport]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    onClose();
    event.preventDefault();
    event.stopPropagation();
  };
  const restore = async () => {
    setAsking(null);
    const restored = await restoreVersion(session, old);
    if (restored) onClose();
    if (!restored) announce(t('versions.notRestored'));
    else announce(t('versions.restored', { name: nameOf(old) }));
  };
  const counts = comparison?.redline.counts;
  const sentence = useMemo(() => {
    if (!counts) return t('versions.reading');
    const { insertedWords, deletedWords, moves, looks } = counts;
    if (count === 0) return t('versions.same');
    const number = (value: number) => formatNumber(value, language);
    return [
      t('versions.words', { inserted: number(insertedWords), deleted: number(deletedWords) }),
      ...(moves > 0 ? [t('versions.moves', { count: moves })] : []),
      ...(looks > 0 ? [t('versions.looks', { count: looks })] : []),
    ].join(', ');
  }, [counts, count, language, t]);
  const mayRestore = now === 'now' && !session.readOnly && role !== 'reviewer' && role !== 'reader';
  return (
    <section className="redline" ref={page} tabIndex={-1} aria-label={t('versions.region')} onKeyDown={onKeyDown}>
      <div className="redline-bar">
        <div className="redline-what">
          <h2>{t('versions.heading', { old: nameOf(old), now: nameOf(now) })}</h2>
          <p role="status">{sentence}</p>
        </div>
        <span className="redline-place">
          {place < 0 ? t('versions.noPlace', { count }) : t('versions.place', { place: place + 1, count })}
        </span>
        <button
          type="button"
          className="button"
          disabled={count === 0}
          aria-keyshortcuts="Shift+F7"
          title={`${t('versions.previous')} (Shift F7)`}
          aria-label={t('versions.previous')}
          onClick={() => go(-1)}
        >
          <span aria-hidden="true">↑</span>
        </button>
        <button
          type="button"
          className="button"
          disabled={count === 0}
          aria-keyshortcuts="F7"
          title={`${t('versions.next')} (F7)`}
          aria-label={t('versions.next')}
          onClick={() => go(1)}
        >
          <span aria-hidden="true">↓</span>
        </button>
        <button
          type="button"
          className="button"
          disabled={!canExport}
          aria-keyshortcuts="Control+Shift+S"
          title={`${t('versions.exportHint')} (Ctrl Shift S)`}
          onClick={() => setAsking('export')}
        >
          {t('versions.export')}
        </button>
        {mayRestore && (
          <button type="button" className="button" disabled={!comparison} onClick={() => setAsking('restore')}>
            {t('versions.restore')}
          </button>
        )}
        <button type="button" className="button" title={`${t('versions.close')} (Esc)`} onClick={onClose}>
          {t('versions.close')}
        </button>
      </div>
      {asking === 'export' && comparison && (
        <ExportRedline
          session={session}
          before={comparison.before}
          after={comparison.after}
          deletedWords={comparison.redline.counts.deletedWords}
          name={nameOf(old)}
          now={nameOf(now)}
          onDone={() => {
            setAsking(null);
            page.current?.focus();
          }}
        />
      )}
      {asking === 'restore' && (
        <div className="redline-ask">
          <InlineConfirm
            question={t('versions.restoreAsk', { name: nameOf(old) })}
            action={t('versions.restore')}
            onConfirm={() => void restore()}
            onCancel={() => setAsking(null)}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className="redline-scroll" ref={text} tabIndex={0} role="document" aria-label={t('versions.region')}>
        {comparison && <RedlineText session={session} redline={comparison.redline} />}
      </div>
    </section>
  );
}

function isExportKey(event: globalThis.KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 's';
}

function changesIn(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
}
