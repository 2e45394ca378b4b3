import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PAGE } from '../../../shared/filing/pages/pageSetup.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { PreviewPage } from './PreviewPage.tsx';
import { useFilingPages } from './useFilingPages.ts';
import './print.css';

/** Height of a page and of the room below it, in em of its 12 points. */
const PAGE_EM = PAGE.heightPt / 12;
const STEP_EM = PAGE_EM + 1.5;
/** Pages drawn before and behind those in view. */
const BESIDE = 1;

/** The filing as it would print, in place of the page: read-only, page by page; only those in view are drawn. */
export function PrintPreview({ session, onClose }: { session: ComplaintSession; onClose(): void }) {
  const { t } = useTranslation();
  const { editor, language, settings, announce } = useWorkbench();
  const laidOut = useFilingPages(session);
  const region = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ from: 0, to: 2, current: 1 });
  const sizePx = (16 * settings.pagePercent) / 100;
  const count = laidOut?.pages.length ?? 0;
  const number = (value: number) => formatNumber(value, language);

  useEffect(() => {
    region.current?.focus();
    const area = region.current?.parentElement;
    if (area) area.dataset.redline = '';
    return () => {
      if (area) delete area.dataset.redline;
    };
  }, []);
  const look = () => {
    const area = list.current;
    if (!area || count === 0) return;
    const stepPx = STEP_EM * sizePx;
    const { scrollTop, clientHeight } = area;
    const next = {
      from: Math.max(0, Math.floor(scrollTop / stepPx) - BESIDE),
      to: Math.min(count, Math.ceil((scrollTop + clientHeight) / stepPx) + BESIDE),
      current: Math.min(count, Math.floor((scrollTop + clientHeight / 2) / stepPx) + 1),
    };
    setView((before) =>
      before.from === next.from && before.to === next.to && before.current === next.current ? before : next,
    );
  };
  useEffect(look, [count, sizePx]);
  const opened = useRef(false);
  // The first time, at the page of the caret; with the pages, or it would undo what a quick key has gone to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the pages are there
  useLayoutEffect(() => {
    if (count === 0 || opened.current) return;
    opened.current = true;
    goTo(editor?.pages.getPages().current ?? 1, false);
  }, [count]);
  const goTo = (page: number, say = true) => {
    const wanted = Math.min(count, Math.max(1, page));
    list.current?.scrollTo({ top: (wanted - 1) * STEP_EM * sizePx });
    if (say) announce(t('pages.previewPlace', { page: number(wanted), count: number(count) }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'PageDown') goTo(view.current + 1);
    else if (event.key === 'PageUp') goTo(view.current - 1);
    else if (event.key === 'Home') goTo(1);
    else if (event.key === 'End') goTo(count);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className="redline print" ref={region} tabIndex={-1} aria-label={t('pages.preview')} onKeyDown={onKeyDown}>
      <div className="redline-bar">
        <div className="redline-what">
          <h2>{t('pages.preview')}</h2>
          <p role="status">
            {laidOut ? t('pages.previewSummary', { count, number: number(count) }) : t('pages.previewWait')}
          </p>
        </div>
        <span className="redline-place">
          {count > 0 && t('pages.previewPlace', { page: number(view.current), count: number(count) })}
        </span>
        <button
          type="button"
          className="button"
          disabled={view.current <= 1}
          title={`${t('pages.previous')} (Page Up)`}
          aria-label={t('pages.previous')}
          onClick={() => goTo(view.current - 1)}
        >
          <span aria-hidden="true">↑</span>
        </button>
        <button
          type="button"
          className="button"
          disabled={view.current >= count}
          title={`${t('pages.next')} (Page Down)`}
          aria-label={t('pages.next')}
          onClick={() => goTo(view.current + 1)}
        >
          <span aria-hidden="true">↓</span>
        </button>
        <button type="button" className="button" title={`${t('pages.previewClose')} (Esc)`} onClick={onClose}>
          {t('pages.previewClose')}
        </button>
      </div>
      <div
        className="redline-scroll"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        role="document"
        aria-label={t('pages.preview')}
        onScroll={look}
      >
        <div className="print-list" style={{ fontSize: `${sizePx}px`, height: `${count * STEP_EM + 1.5}em` }}>
          {laidOut?.pages.slice(view.from, view.to).map((page, at) => (
            <PreviewPage
              key={page.number}
              page={page}
              count={count}
              head={laidOut.head}
              top={1.5 + (view.from + at) * STEP_EM}
            />
          ))}
        </div>
      </div>
    </section>
  );
}
