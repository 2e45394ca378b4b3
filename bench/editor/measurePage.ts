import type { Page } from '@playwright/test';
import { median, quantile } from '../quantile.ts';
import { strikeKeys } from '../typing/measureRound.ts';

export interface KeyFigures {
  p50Ms: number;
  p95Ms: number;
  /** Tasks of the page over 50 ms while keys were struck. */
  longTasks: number;
  longestTaskMs: number;
  /** Keys that were not painted in time. */
  unpainted: number;
}

declare global {
  interface Window {
    longTasks: number[];
    longTaskObserver?: PerformanceObserver;
  }
}

/** A key that was not painted by then counts as that long; it does not end the run. */
const KEY_LIMIT_MS = 5_000;

/** Times from a key to the first painted frame that holds it, in the paragraph at `index`. */
export async function measureKeys(page: Page, index: number, keys: number, paceMs: number): Promise<KeyFigures> {
  await page.evaluate((block) => window.typingProbe.showBlock(block), index);
  await placeCaret(page, index);
  await page.evaluate(() => {
    window.longTasks = [];
    if (window.longTaskObserver) return;
    window.longTaskObserver = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    });
    window.longTaskObserver.observe({ type: 'longtask' });
  });
  await page.evaluate((block) => window.typingProbe.watch(block), index);
  await strikeKeys(page, keys, paceMs);
  await page.evaluate(
    async ({ count, limitMs }) => {
      const untilMs = performance.now() + limitMs;
      while (!window.typingProbe.isPainted(count) && performance.now() < untilMs)
        await new Promise((resolve) => requestAnimationFrame(resolve));
    },
    { count: keys, limitMs: KEY_LIMIT_MS },
  );
  const seen = await page.evaluate(() => window.typingProbe.unwatch());
  const times = seen.keys.slice(0, keys).map((atMs, key) => {
    const painted = seen.frames.find((frame) => frame.length >= seen.startLength + key + 1);
    return painted ? painted.atMs - atMs : KEY_LIMIT_MS;
  });
  // A key that the page has not even heard of is no faster.
  while (times.length < keys) times.push(KEY_LIMIT_MS);
  const tasks = await page.evaluate(() => window.longTasks);
  return {
    p50Ms: median(times),
    p95Ms: quantile(times, 0.95),
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks),
    unpainted: times.filter((timeMs) => timeMs >= KEY_LIMIT_MS).length,
  };
}

/** For whoever waits for the caret; beyond it the keys will tell. */
const CARET_LIMIT_MS = 10_000;

/** Until it stays there: what arrives from a partner before the editor has heard of a selection puts the old one back. */
export async function placeCaret(page: Page, index: number): Promise<void> {
  await page.evaluate(
    async ({ block, limitMs }) => {
      const untilMs = performance.now() + limitMs;
      const element = document.querySelector('[contenteditable="true"][data-lexical-editor="true"]')?.children[block];
      do {
        window.typingProbe.placeCaret(block);
        for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      } while (!element?.contains(getSelection()?.anchorNode ?? null) && performance.now() < untilMs);
    },
    { block: index, limitMs: CARET_LIMIT_MS },
  );
}

const SCROLL_FRAMES = 120;
/** A frame that took longer than one and a half was dropped. */
const DROPPED_MS = 25;

/** Share of frames dropped while the page is scrolled from its top to its end. */
export function measureScroll(page: Page, scroller: string): Promise<number> {
  return page.evaluate(
    async ({ selector, frames, droppedMs }) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error(selector);
      element.scrollTop = 0;
      const step = (element.scrollHeight - element.clientHeight) / frames;
      let before = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      let dropped = 0;
      for (let frame = 0; frame < frames; frame += 1) {
        element.scrollTop += step;
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        if (now - before > droppedMs) dropped += 1;
        before = now;
      }
      return dropped / frames;
    },
    { selector: scroller, frames: SCROLL_FRAMES, droppedMs: DROPPED_MS },
  );
}

/** Live megabytes of the page's scripts, after a forced collection. */
export async function measureHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1_048_576;
}
