import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** What probe.js puts into a page as `window.typingProbe`. Times are milliseconds since 1970, with fractions. */
export interface TypingProbe {
  blockCount(): number;
  blockTexts(): string[];
  showBlock(index: number): Promise<void>;
  placeCaret(index: number): void;
  paste(payload: string): void;
  watch(index: number): void;
  textLength(): number;
  isPainted(count: number): boolean;
  unwatch(): WatchedTyping;
}
export interface WatchedTyping {
  /** Length of the block's text when the watch began. */
  startLength: number;
  keys: number[];
  frames: { length: number; atMs: number }[];
  length: number;
}

declare global {
  interface Window {
    typingProbe: TypingProbe;
  }
}

/** Puts the probe into a page that shows an editor. */
export async function injectProbe(page: Page): Promise<void> {
  await page.evaluate(await readFile(join(import.meta.dirname, 'probe.js'), 'utf8'));
}
