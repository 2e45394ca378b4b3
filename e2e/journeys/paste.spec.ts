import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { es } from '../../renderer/i18n/es.ts';
import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';

const payload = (name: string): string =>
  readFileSync(new URL(`../../renderer/editor/paste/payloads/${name}`, import.meta.url), 'utf8');

/** Puts it on the clipboard of the window, as another program does, and pastes it by key. */
async function paste({ electron, page }: AlegatoApp, data: { html?: string; text?: string }): Promise<void> {
  await electron.evaluate(async ({ clipboard, ClipboardItem }, { html, text }) => {
    // Older runtimes take the formats as one object.
    if (typeof ClipboardItem !== 'function') {
      (clipboard as unknown as { write(formats: object): void }).write({ html, text });
      return;
    }
    await clipboard.write([
      new ClipboardItem({
        ...(text === undefined ? {} : { 'text/plain': text }),
        ...(html === undefined ? {} : { 'text/html': html }),
      }),
    ]);
  }, data);
  await page.keyboard.press('Control+v');
}

/** The longest time in ms that the page did not answer while `run` went on. */
async function longestStall(page: Page, run: () => Promise<void>): Promise<number> {
  const watch = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let last = performance.now();
        let longest = 0;
        const timer = setInterval(() => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          if (document.body.dataset.watched !== 'over') return;
          clearInterval(timer);
          delete document.body.dataset.watched;
          resolve(longest);
        }, 5);
      }),
  );
  await run();
  await page.evaluate(() => {
    document.body.dataset.watched = 'over';
  });
  return watch;
}

test('what other programs copied is pasted with its structure, for both', async ({ stage }) => {
  test.setTimeout(240_000);
  const { center, partner } = await stage.startTwo();
  const { workbench, page } = center;
  const links = (app: AlegatoApp) => app.workbench.text.locator('[data-link]');

  await test.step('Word and LibreOffice: headings, lists, formats, notes in brackets', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await page.keyboard.press('Enter');
    await paste(center, { html: payload('libreoffice-letter.html'), text: 'plain' });
    await page.keyboard.press('Enter');
    await paste(center, { html: payload('word-nested-lists.html'), text: 'plain' });
    await page.keyboard.press('Enter');
    await paste(center, { html: payload('libreoffice-footnotes.html'), text: 'plain' });
    for (const { workbench: each } of [center, partner]) {
      await expect(each.text.locator('.block[data-style="h2"]').filter({ hasText: /^The data/ })).toBeVisible();
      await expect(each.text.locator('.block[data-style="bullet"]').filter({ hasText: 'Nested List A' })).toBeVisible();
      await expect(each.text).toContainText('The list grew [Ministry of Justice, Annual Report, 2022.] within a year.');
      await expect(each.text.locator('.strike').filter({ hasText: 'withdrawn' })).toHaveCount(1);
    }
  });

  await test.step('a table stays one for both, with its header and merged cells; inside it another comes as lines', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    const html = payload('libreoffice-table-merged.html');
    await paste(center, { html, text: 'plain' });
    for (const { workbench: each } of [center, partner]) {
      const table = each.text.getByRole('table').filter({ hasText: '76,000' });
      await expect(table.getByRole('columnheader')).toHaveText(['Year', 'Arrests and their source']);
      await expect(table.getByRole('row')).toHaveCount(4);
      await expect(table.getByRole('cell').filter({ hasText: '2022' })).toHaveAttribute('aria-rowspan', '2');
    }
    expect(await findViolations(page)).toEqual([]);
    await workbench.text.getByRole('table').getByText('75,000').click();
    await paste(center, { html, text: 'plain' });
    await expect(page.getByText(en.notices['paste-tables-as-lines'].replace('{{count}}', '1')).first()).toBeVisible();
    await expect(partner.workbench.text.getByRole('table').filter({ hasText: '2022 | 76,000 | Ministry' })).toHaveCount(
      1,
    );
    await page.keyboard.press('Control+z');
    await expect(partner.workbench.text).not.toContainText('2022 | 76,000');
  });

  await test.step('links lose their trackers and are no way out of the program', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(1));
    await paste(center, { html: payload('libreoffice-links.html'), text: 'plain' });
    await expect(links(partner).filter({ hasText: 'the report' })).toHaveAttribute(
      'title',
      'https://example.org/report?page=2',
    );
    await expect(page.getByText(en.notices['paste-without-links'].replace('{{count}}', '1')).first()).toBeVisible();
    await links(center)
      .filter({ hasText: 'the report' })
      .click({ modifiers: ['Control'] });
    const popover = page.getByRole('dialog', { name: 'Link' });
    await expect(popover.getByText(en.links.why)).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
    await popover.getByRole('button', { name: 'Copy the address' }).click();
    await expect
      .poll(() => center.electron.evaluate(({ clipboard }) => clipboard.readText()))
      .toBe('https://example.org/report?page=2');
    await page.keyboard.press('Escape');
    await expect(popover).toHaveCount(0);
  });

  await test.step('an address pasted over words makes them a link; Ctrl+K changes and removes it', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(3));
    await workbench.type(' Linkwords');
    for (let press = 0; press < 9; press++) await page.keyboard.press('Shift+ArrowLeft');
    await paste(center, { text: 'https://example.org/a?utm_source=x' });
    const link = links(partner).filter({ hasText: 'Linkwords' });
    await expect(link).toHaveAttribute('title', 'https://example.org/a');
    await page.keyboard.press('Control+k');
    const field = page.getByRole('dialog', { name: 'Link' }).getByLabel('Address');
    await field.fill('javascript:alert(1)');
    await page.keyboard.press('Enter');
    await expect(page.getByText(en.links.refused)).toBeVisible();
    await field.fill('example.org/b');
    await page.keyboard.press('Enter');
    await expect(link).toHaveAttribute('title', 'https://example.org/b');
    await page.keyboard.press('Control+k');
    await page.getByRole('button', { name: 'Remove link' }).click();
    await expect(link).toHaveCount(0);
    await expect(partner.workbench.text).toContainText('Linkwords');
  });

  await test.step('10,000 rows go in by slices, and Escape takes them out again', async () => {
    const before = await workbench.text.locator('.block').count();
    const rows = Array.from({ length: 10_000 }, (_, row) => `Row ${row}`).join('\n');
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await paste(center, { text: rows });
    const strip = page.getByRole('group', { name: 'Pasting' });
    await expect(strip).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(strip).toHaveCount(0);
    await expect(workbench.text.locator('.block')).toHaveCount(before);
    await expect(page.getByText(en.notices['paste-cancelled']).first()).toBeVisible();
  });

  await test.step('50 MB are refused with a sentence, in both languages, and typing goes on', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await paste(center, { text: 'too much '.repeat(5_600_000) });
    await expect(page.getByText(en.notices['paste-too-large']).first()).toBeVisible();
    await workbench.chooseLanguage('Español');
    await expect(page.getByText(es.notices['paste-too-large']).first()).toBeVisible();
    await workbench.chooseLanguage('English');
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await workbench.type(' Still here.');
    await expect(partner.workbench.paragraph(2)).toContainText('Still here.');
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});

test('input methods, accents, right-to-left words and emoji arrive as they were written', async ({ stage }) => {
  test.setTimeout(120_000);
  const app = await stage.start('center');
  const { workbench, page } = app;
  await workbench.ready();
  const line = workbench.paragraph(1);
  await workbench.placeCaretAtEnd(line);
  const input = await page.context().newCDPSession(page);
  for (const text of ['に', 'にほ', 'にほん'])
    await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await input.send('Input.insertText', { text: '日本' });
  await expect(line).toContainText('日本');
  await expect(line).not.toContainText('にほん');
  await input.send('Input.imeSetComposition', { text: '´', selectionStart: 1, selectionEnd: 1 });
  await input.send('Input.insertText', { text: 'é' });
  await input.send('Input.insertText', { text: ' שלום 👨‍👩‍👧🇸🇻' });
  await expect(line).toContainText('日本é שלום 👨‍👩‍👧🇸🇻');
  const stallMs = await longestStall(page, async () => {
    await paste(app, { html: `<table>${`<tr>${'<td>12</td>'.repeat(100)}</tr>`.repeat(1_000)}</table>` });
    await expect(page.getByRole('group', { name: 'Pasting' })).toHaveCount(0);
    await expect(workbench.text).toContainText('12 | 12 | 12');
    await expect(page.getByText(en.notices['paste-tables-as-lines'].replace('{{count}}', '1')).first()).toBeVisible();
  });
  console.info(`A table of 100,000 cells: the page stood still for at most ${Math.round(stallMs)} ms`);
  expect(stallMs).toBeLessThan(5_000);
  expect(app.consoleErrors).toEqual([]);
});
