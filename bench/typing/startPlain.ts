import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { runtimeFromEnvironment } from '../../e2e/fixtures/AlegatoApp.ts';
import { findFreePort, startServer } from './startServer.ts';
import { injectProbe } from './TypingProbe.ts';
import type { Endings, TypingSystem } from './TypingSystem.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'bench/plain');

/**
 * The yardstick: Lexical's rich text with its own collaboration plugin and the stock y-websocket provider, against the
 * stock y-websocket server (in memory, its default). The document holds `paragraphs`.
 */
export async function startPlain(
  workFolder: string,
  paragraphs: readonly string[],
  endings: Endings,
): Promise<TypingSystem> {
  const page = await buildPlain(workFolder);
  const port = await findFreePort();
  const packageFile = createRequire(import.meta.url).resolve('@y/websocket-server/package.json');
  const server = await startServer([join(packageFile, '../src/server.js')], /running at/, {
    HOST: '127.0.0.1',
    PORT: String(port),
  });
  endings.push(() => server.stop());
  const open = async (name: string, flags: readonly string[]): Promise<Page> => {
    return openPlain(workFolder, page, name, [`--server=ws://127.0.0.1:${port}`, ...flags], endings);
  };
  const author = await open('plain-author', ['--first']);
  await fillPlain(author, paragraphs);
  const peer = await open('plain-peer', []);
  await peer.waitForFunction((count) => window.typingProbe.blockCount() >= count, paragraphs.length);
  return {
    name: 'plain Lexical and y-websocket',
    author,
    peer,
  };
}

/** An editor with history and without collaboration, on the same paragraphs, which it has again after a reload. */
export async function startPlainAlone(
  workFolder: string,
  paragraphs: readonly string[],
  endings: Endings,
): Promise<Page> {
  const page = await openPlain(workFolder, await buildPlain(workFolder), 'plain-alone', ['--alone'], endings);
  await fillPlain(page, paragraphs);
  await page.evaluate(() => window.keepState());
  return page;
}

async function buildPlain(workFolder: string): Promise<string> {
  const outDir = join(workFolder, 'plain');
  await build({
    root: SOURCE,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4_000 },
  });
  return join(outDir, 'index.html');
}

async function openPlain(
  workFolder: string,
  page: string,
  name: string,
  flags: readonly string[],
  endings: Endings,
): Promise<Page> {
  const { executable, args } = runtimeFromEnvironment();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...args, SOURCE, `--profile=${join(workFolder, name)}`, `--page=${page}`, ...flags],
  });
  endings.push(() => app.close());
  const window = await app.firstWindow();
  await window.locator('[data-lexical-editor="true"] > p').first().waitFor();
  await injectProbe(window);
  return window;
}

async function fillPlain(page: Page, paragraphs: readonly string[]): Promise<void> {
  const payload = JSON.stringify({ namespace: 'plain', nodes: paragraphs.map(serializeParagraph) });
  await page.evaluate((text) => {
    window.typingProbe.showBlock(0);
    document.querySelector<HTMLElement>('[data-lexical-editor="true"]')?.focus();
    getSelection()?.selectAllChildren(document.querySelector('[data-lexical-editor="true"] > p') as Element);
    window.typingProbe.paste(text);
  }, payload);
  await page.waitForFunction((count) => window.typingProbe.blockCount() >= count, paragraphs.length);
}

function serializeParagraph(text: string): object {
  const words = { type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 };
  return {
    type: 'paragraph',
    version: 1,
    direction: null,
    format: '',
    indent: 0,
    textFormat: 0,
    textStyle: '',
    children: text === '' ? [] : [words],
  };
}
