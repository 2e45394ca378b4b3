import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';
import type { SerializedBlock } from '../../shared/domain/document.ts';
import { buildWords, countWords } from './buildWords.ts';
import { startServer } from './startServer.ts';
import { injectProbe } from './TypingProbe.ts';
import type { Endings, TypingSystem } from './TypingSystem.ts';

const ROOT = join(import.meta.dirname, '../..');
const WORDS_PER_PARAGRAPH = 60;

/** Numbered blocks of the paragraphs. */
export type BuildBlocks = (paragraphs: readonly string[]) => SerializedBlock[];
const plainBlocks: BuildBlocks = (paragraphs) => paragraphs.map(serializeBlock);

/**
 * Two organizations on one complaint through a relay that runs in a process of its own, joined by invitation as people
 * would: the sample complaint (claims, citations, people), lengthened by numbered paragraphs to `words` words.
 */
export async function startAlegato(
  workFolder: string,
  words: number,
  endings: Endings,
  buildBlocks: BuildBlocks = plainBlocks,
): Promise<TypingSystem> {
  const relay = await startServer(
    ['--import', 'tsx', join(ROOT, 'relay/index.ts'), '--port', '0', '--data', join(workFolder, 'relay')],
    /listening on (ws:\S+)/,
  );
  endings.push(() => relay.stop());
  const relayUrl = relay.match[1] ?? '';
  const first = await AlegatoApp.start({ profile: join(workFolder, 'alegato-author') });
  endings.push(() => first.quit());
  await first.workbench.ready();
  await injectProbe(first.page);
  await lengthen(first.page, words, buildBlocks);
  const link = await first.workbench.invite(relayUrl, 'First organization');
  const second = await AlegatoApp.start({ profile: join(workFolder, 'alegato-peer') });
  endings.push(() => second.quit());
  await second.workbench.ready();
  await second.workbench.backToLibrary();
  await second.workbench.join(link, 'Second organization');
  await second.workbench.ready();
  await injectProbe(second.page);
  const blocks = await first.page.evaluate(() => window.typingProbe.blockCount());
  await second.page.waitForFunction((count) => window.typingProbe.blockCount() === count, blocks);
  return {
    name: 'Alegato',
    author: first.page,
    peer: second.page,
  };
}

/** Pastes numbered paragraphs into the middle until the complaint has `words` words. */
async function lengthen(page: Page, words: number, buildBlocks: BuildBlocks): Promise<void> {
  const texts = await page.evaluate(() => window.typingProbe.blockTexts());
  const missing = words - texts.reduce((sum, text) => sum + countWords(text), 0);
  if (missing <= 0) return;
  const nodes = [serializeBlock(''), ...buildBlocks(buildWords(missing, WORDS_PER_PARAGRAPH))];
  const middle = Math.floor(texts.length / 2);
  await page.evaluate((index) => window.typingProbe.showBlock(index), middle);
  await page.evaluate(
    ({ index, payload }) => {
      window.typingProbe.placeCaret(index);
      window.typingProbe.paste(payload);
    },
    { index: middle, payload: JSON.stringify({ namespace: 'alegato', nodes }) },
  );
  await page.waitForFunction((count) => window.typingProbe.blockCount() >= count, texts.length + nodes.length - 2);
}

export function serializeBlock(text: string): SerializedBlock {
  const children: SerializedBlock['children'] =
    text === '' ? [] : [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }];
  return { type: 'block', version: 1, blockStyle: 'numbered', direction: null, format: '', indent: 0, children };
}
