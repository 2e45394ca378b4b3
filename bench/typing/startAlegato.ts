import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';
import { MembersPanel } from '../../e2e/pages/MembersPanel.ts';
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

export interface AlegatoOptions {
  buildBlocks?: BuildBlocks;
  /** The paragraphs take the place of the sample's text instead of standing in its middle; its records stay. */
  fromNothing?: boolean;
  furtherPartners?: number;
}

/** What an organization after the second is called. */
const FURTHER_NAMES = ['Third organization', 'Fourth organization'];

/**
 * Two organizations, or more, on one complaint through a relay that runs in a process of its own, joined by invitation as people
 * would: the sample complaint (claims, citations, people), lengthened by numbered paragraphs to `words` words.
 */
export async function startAlegato(
  workFolder: string,
  words: number,
  endings: Endings,
  { buildBlocks = plainBlocks, fromNothing = false, furtherPartners = 0 }: AlegatoOptions = {},
): Promise<TypingSystem & { partners: Page[] }> {
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
  if (fromNothing) await replaceText(first.page, buildBlocks(buildWords(words, WORDS_PER_PARAGRAPH)));
  else await lengthen(first.page, words, buildBlocks);
  const link = await first.workbench.invite(relayUrl, 'First organization');
  const peer = await startPartner(workFolder, 'Second organization', first, link, endings);
  const partners = [peer];
  const members = new MembersPanel(first.page);
  for (const name of FURTHER_NAMES.slice(0, furtherPartners)) {
    const further = await members.invite({ forWhom: name, role: 'Editor' });
    partners.push(await startPartner(workFolder, name, first, further, endings));
  }
  return {
    name: 'Alegato',
    author: first.page,
    peer,
    partners,
  };
}

/** A further application that has joined and holds the whole text. */
async function startPartner(
  workFolder: string,
  name: string,
  first: AlegatoApp,
  link: string,
  endings: Endings,
): Promise<Page> {
  const app = await AlegatoApp.start({ profile: join(workFolder, name.replaceAll(' ', '-')) });
  endings.push(() => app.quit());
  await app.workbench.ready();
  await app.workbench.backToLibrary();
  await app.workbench.join(link, name);
  await app.workbench.ready();
  await injectProbe(app.page);
  const blocks = await first.page.evaluate(() => window.typingProbe.blockCount());
  await app.page.waitForFunction((count) => window.typingProbe.blockCount() === count, blocks);
  return app.page;
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

/** Pastes the blocks over the whole text. */
async function replaceText(page: Page, nodes: readonly SerializedBlock[]): Promise<void> {
  await page.evaluate(
    async (payload) => {
      const root = document.querySelector<HTMLElement>('[contenteditable="true"][data-lexical-editor="true"]');
      root?.focus();
      if (root) getSelection()?.selectAllChildren(root);
      for (let frame = 0; frame < 5; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      window.typingProbe.paste(payload);
    },
    JSON.stringify({ namespace: 'alegato', nodes }),
  );
  await page.waitForFunction((count) => Math.abs(window.typingProbe.blockCount() - count) <= 2, nodes.length);
}

export function serializeBlock(text: string): SerializedBlock {
  const children: SerializedBlock['children'] =
    text === '' ? [] : [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }];
  return { type: 'block', version: 1, blockStyle: 'numbered', direction: null, format: '', indent: 0, children };
}
