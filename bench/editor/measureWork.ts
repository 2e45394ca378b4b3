import type { Page } from '@playwright/test';
import type { BlockStyle, SerializedBlock, SerializedBody } from '../../shared/domain/document.ts';
import { buildRedline } from '../../shared/domain/redline/buildRedline.ts';
import { buildWords } from '../typing/buildWords.ts';

/** The words of each footnote. */
const NOTE_WORDS = 'See the annual report, at twelve, which names the place and the day.';
const WORK_LIMIT_MS = 30_000;

/** Types words into every footnote at the foot of the page; gives how many hold them. */
export async function writeFootnotes(page: Page): Promise<number> {
  const count = await page.evaluate(() => document.querySelectorAll('.notes-text .note').length);
  for (let index = 0; index < count; index += 1) {
    await page.evaluate(async (position) => {
      const block = document.querySelectorAll('.notes-text .note')[position]?.querySelector('.block');
      if (!block) return;
      document.querySelector<HTMLElement>('.notes-text')?.focus({ preventScroll: true });
      getSelection()?.collapse(block, 0);
      for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    }, index);
    await page.keyboard.insertText(NOTE_WORDS);
  }
  return page.evaluate(
    (words) =>
      [...document.querySelectorAll('.notes-text .note')].filter((note) => note.textContent?.includes(words)).length,
    NOTE_WORDS,
  );
}

/** From a word given to the bar until the frame in which every place of it is painted and counted. */
export async function measureFind(page: Page, word: string): Promise<{ ms: number; found: number }> {
  await page.keyboard.press('Control+f');
  await page.locator('.find-words').first().waitFor();
  const figures = await page.evaluate(
    async ({ wanted, limitMs }) => {
      const input = document.querySelector<HTMLInputElement>('.find-words');
      if (!input) throw new Error('no bar to find with');
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const fromMs = performance.now();
      write?.call(input, wanted);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      // No function of its own in here: the scripts' compiler would add a helper that the page does not have.
      let found = 0;
      do {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        found = (CSS.highlights.get('find') as { size?: number } | undefined)?.size ?? 0;
      } while (found === 0 && performance.now() - fromMs < limitMs);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return { ms: performance.now() - fromMs, found };
    },
    { wanted: word, limitMs: WORK_LIMIT_MS },
  );
  await page.keyboard.press('Escape');
  return figures;
}

/** From the press until the frame without any suggestion, in the list and in the text. */
export async function measureAcceptAll(page: Page): Promise<{ ms: number; accepted: number }> {
  await page.keyboard.press('Control+Alt+Shift+g');
  const panel = page.locator('section.suggestions');
  await panel.locator('.suggestion-row').first().waitFor();
  return page.evaluate(async (limitMs) => {
    const open = 'section.suggestions .suggestion-row, .page-text .suggest-ins, .page-text .suggest-del';
    const accepted = document.querySelectorAll('section.suggestions .suggestion-row').length;
    const button = document.querySelector<HTMLButtonElement>('section.suggestions .actions button');
    const fromMs = performance.now();
    button?.click();
    while (document.querySelector(open) && performance.now() - fromMs < limitMs)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return { ms: performance.now() - fromMs, accepted };
  }, WORK_LIMIT_MS);
}

/** Two versions compared: every fifth paragraph has other words, every fiftieth is gone, as many are new, two moved. */
export function measureRedline(words: number): number {
  const paragraphs = buildWords(words, 60);
  const before = buildBody(paragraphs);
  const changed = paragraphs.flatMap((text, index) => {
    if (index % 50 === 7) return [];
    if (index % 50 === 31) return [text, `A paragraph that is new stands here, number ${index}.`];
    return [index % 5 === 0 ? text.replaceAll('the court', 'that court').replace('and', 'as well as') : text];
  });
  changed.push(...changed.splice(20, 2));
  const after = buildBody(changed);
  const fromMs = performance.now();
  buildRedline(before, after);
  return performance.now() - fromMs;
}

function buildBody(texts: readonly string[]): SerializedBody {
  const blockStyle: BlockStyle = 'numbered';
  const children: SerializedBlock[] = texts.map((text) => ({
    type: 'block',
    version: 1,
    blockStyle,
    direction: null,
    format: '',
    indent: 0,
    children: [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }],
  }));
  return { root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children } } as SerializedBody;
}
