import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { en } from '../../renderer/i18n/en.ts';
import { es } from '../../renderer/i18n/es.ts';
import type { NoticeCode } from '../../shared/ipc/notices.ts';
import {
  writeBrokenPdf,
  writeEncryptedPdf,
  writeImageBomb,
  writePdf,
  writePdfWithoutPages,
  writeSparse,
} from '../fixtures/exhibitFiles.ts';
import { expect, PARTNER, test } from '../fixtures/journey.ts';
import type { Workbench } from '../pages/Workbench.ts';

/** The sentence of a notice as it stands on screen, without what is filled in. */
function sentence(code: NoticeCode, language: 'en' | 'es' = 'en'): string {
  return (language === 'en' ? en : es).notices[code];
}

async function expectGoesOn(page: Page, workbench: Workbench, words: string): Promise<void> {
  await workbench.placeCaretAtEnd(workbench.paragraph(1));
  await workbench.type(` ${words}`);
  await expect(workbench.paragraph(1)).toContainText(words);
  await expect(page.locator('[data-status="status.saved"]')).toBeVisible();
}

test('files that cannot be exhibits are refused with a sentence, and nothing else happens', async ({ stage }) => {
  test.setTimeout(120_000);
  const app = await stage.start('center');
  const { page, workbench } = app;
  const file = (name: string) => join(stage.folder, name);
  const bad: [string, NoticeCode][] = [
    ['locked.pdf', 'pdf-encrypted'],
    ['broken.pdf', 'pdf-broken'],
    ['no-pages.pdf', 'pdf-no-pages'],
    ['empty.pdf', 'file-empty'],
    ['two-gigabytes.pdf', 'exhibit-too-large'],
    ['bomb.png', 'image-too-large'],
    ['letter.pdf', 'file-type-unknown'],
    ['gone.pdf', 'file-unreadable'],
  ];
  await writeEncryptedPdf(file('locked.pdf'));
  await writeBrokenPdf(file('broken.pdf'));
  await writePdfWithoutPages(file('no-pages.pdf'));
  await writeFile(file('empty.pdf'), '');
  await writeSparse(file('two-gigabytes.pdf'), 2 * 1024 ** 3);
  await writeImageBomb(file('bomb.png'));
  await writeFile(file('letter.pdf'), 'A Word file under another name');
  await writePdf(file('good.pdf'), ['A good page']);
  await workbench.ready();
  await workbench.openTab('Exhibits');
  const { exhibits } = workbench;
  const count = await exhibits.panel.locator('.exhibit-row').count();

  await app.answerOpenDialog(bad.map(([name]) => file(name)));
  await exhibits.chooseFiles();
  for (const [name, code] of bad) {
    await expect(exhibits.refused.getByRole('alert').filter({ hasText: name }), code).toContainText(sentence(code));
  }

  await test.step('in Spanish too', async () => {
    await workbench.chooseLanguage('Español');
    for (const [name, code] of bad)
      await expect(exhibits.refused.getByRole('alert').filter({ hasText: name }), code).toContainText(
        sentence(code, 'es'),
      );
    await workbench.chooseLanguage('English');
  });

  await test.step('and a good file is added afterwards', async () => {
    await expect(exhibits.panel.locator('.exhibit-row')).toHaveCount(count);
    await app.answerOpenDialog([file('good.pdf')]);
    await exhibits.chooseFiles();
    await exhibits.addAsAnonymizedCopy('good.pdf', 'A good exhibit');
    await expect(workbench.viewer.paper).toBeVisible();
  });
  await expectGoesOn(page, workbench, 'Still here.');
});

test('links and relays that are wrong say so, and writing goes on', async ({ stage }) => {
  test.setTimeout(150_000);
  const relay = await stage.relay();
  const center = await stage.start('center');
  await center.workbench.ready();
  const link = await center.workbench.invite(relay.url, 'Center');
  const partner = await stage.start('partner');
  const { library } = partner.workbench;
  await partner.workbench.ready();
  await partner.workbench.backToLibrary();
  const alert = (language: 'en' | 'es', code: NoticeCode) =>
    partner.page.getByRole('alert').filter({ hasText: sentence(code, language) });

  await test.step('no invitation, cut off, of another version', async () => {
    await library.tryToJoin('https://example.org/join', PARTNER);
    await expect(alert('en', 'link-not-an-invitation')).toBeVisible();
    await library.tryToJoin(link.slice(0, -20), PARTNER);
    await expect(alert('en', 'link-cut-off')).toBeVisible();
    await library.tryToJoin(link.replace('#A', '#Z'), PARTNER);
    await expect(alert('en', 'link-wrong-version')).toBeVisible();
  });

  await test.step('while the relay is away the invitation waits, says so, and becomes the complaint by itself', async () => {
    await relay.goAway();
    await library.tryToJoin(link, PARTNER);
    await expect(library.row(en.waiting.title)).toContainText('The relay does not answer.');
    await expect(library.joinForm).toBeHidden();
    await relay.comeBack();
    await partner.page.locator('[data-let-in]').getByRole('button', { name: en.waiting.open }).click();
    await partner.workbench.ready();
    await expect(partner.workbench.title('Foreign gang data')).toBeVisible();
  });

  await test.step('a link works once', async () => {
    const third = await stage.start('third');
    await third.workbench.ready();
    await third.workbench.backToLibrary();
    await third.workbench.library.tryToJoin(link, 'Third');
    await expect(third.page.getByRole('alert').filter({ hasText: sentence('link-used') })).toBeVisible();
    await stage.quit(third);
  });

  await test.step('whatever answers at the address is no relay', async () => {
    const babble = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    babble.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.send(Uint8Array.from({ length: 400 }, (_, at) => (at * 7919 + 13) % 256));
    });
    await once(babble, 'listening');
    const { port } = babble.address() as { port: number };
    const other = await stage.start('other');
    await other.workbench.ready();
    await other.workbench.tryToInvite(`ws://127.0.0.1:${port}`, 'Other');
    await expect(other.page.locator('[data-notice="relay-garbage"]')).toContainText(sentence('relay-garbage'));
    await other.workbench.chooseLanguage('Español');
    await expect(other.page.locator('[data-notice="relay-garbage"]')).toContainText(sentence('relay-garbage', 'es'));
    await new Promise<void>((resolve) => {
      for (const socket of babble.clients) socket.terminate();
      babble.close(() => resolve());
    });
  });
  await expectGoesOn(center.page, center.workbench, 'Still writing.');
});

test('a damaged complaint is told of and left alone; the others open', async ({ stage }) => {
  const first = await stage.start('center');
  await first.workbench.ready();
  await first.workbench.backToLibrary();
  await stage.quit(first);
  const libraryFolder = join(stage.profileOf('center'), 'library');
  const [id] = (await readdir(libraryFolder)).filter((name) => /^[a-z2-7]{16}$/.test(name));
  const store = join(libraryFolder, id ?? '', 'db');
  for (const name of await readdir(store)) await writeFile(join(store, name), Buffer.alloc(5_000, 7));

  const again = await stage.start('center');
  const { library } = again.workbench;
  await library.heading.waitFor();
  await library.row('Foreign gang data').getByRole('button', { name: /^Open/ }).click();
  await expect(again.page.locator('[data-notice="complaint-damaged"]')).toContainText(sentence('complaint-damaged'));
  for (const name of await readdir(store)) expect(name).toBeTruthy();

  await library.createFromTemplate('A new beginning');
  await again.workbench.ready();
  await expectGoesOn(again.page, again.workbench, 'Starting again.');
});
