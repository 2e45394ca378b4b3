import type { Page } from '@playwright/test';
import { es } from '../../renderer/i18n/es.ts';
import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, PARTNER, test } from '../fixtures/journey.ts';
import { VersionsPanel } from '../pages/VersionsPanel.ts';

const fill = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
const text = ({ page }: AlegatoApp) => page.getByRole('textbox', { name: 'Texto de la denuncia' });
const block = (app: AlegatoApp, words: string) => text(app).locator('.block').filter({ hasText: words });

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** To the end of words of the text, by keys alone. */
async function goBehind({ page }: AlegatoApp, words: string): Promise<void> {
  await press(page, 'Control+f');
  const field = page
    .getByRole('search', { name: es.find.title })
    .getByRole('textbox', { name: es.find.words, exact: true });
  await expect(field).toBeFocused();
  await press(page, 'Control+a');
  await page.keyboard.type(words);
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/^1 de 1/);
  await press(page, 'Escape');
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(words);
  await press(page, 'ArrowRight');
}

test('a part of a complaint is drafted in Spanish: one organization with keys alone, the other with the mouse', async ({
  stage,
}, testInfo) => {
  test.setTimeout(240_000);
  const { center, partner } = await stage.startTwo();
  const both = [center, partner];
  for (const app of both) await app.workbench.chooseLanguage('Español');
  for (const app of both) await expect(text(app)).toBeVisible();
  const { page } = center;
  const pass = async (name: string): Promise<void> => {
    for (const app of both) expect({ [name]: await findViolations(app.page) }).toEqual({ [name]: [] });
    await center.screenshot(testInfo.outputPath(`${name}.png`));
  };

  await test.step('a heading and a paragraph; the partner goes there with the outline', async () => {
    await text(center).focus();
    await press(page, 'Control+End', 'Enter', 'Control+Alt+2');
    await page.keyboard.type('Los datos de El Salvador');
    await press(page, 'Enter', 'Control+Alt+5');
    await page.keyboard.type('Nadie verificó la lista de 2021.');
    await expect(block(partner, 'Los datos de El Salvador')).toHaveAttribute('data-style', 'h2');
    await expect(block(partner, 'Nadie verificó')).toHaveAttribute('data-style', 'numbered');
    await expect(block(partner, 'Nadie verificó').locator('.bold, strong, b')).toHaveCount(0);
    await partner.page.getByRole('treeitem', { name: /Los datos de El Salvador/ }).click();
    await expect(block(partner, 'Nadie verificó')).toBeInViewport();
  });

  await test.step('a reference by its sign; the partner follows it', async () => {
    await goBehind(center, 'la lista de 2021.');
    await page.keyboard.type(' Véase ¶1');
    await expect(page.getByRole('listbox', { name: es.references.list })).toBeVisible();
    await press(page, 'Enter');
    const reference = (app: AlegatoApp) => block(app, 'Nadie verificó').locator('.reference');
    for (const app of both) await expect(reference(app)).toHaveText('¶\u00a01');
    await reference(partner).click();
    await press(partner.page, 'Enter');
    await expect(text(partner).locator('.block[data-label="1."][data-style="numbered"]')).toBeInViewport();
  });

  await test.step('a footnote; the partner opens it from its reference', async () => {
    await page.keyboard.type('.');
    await press(page, 'Control+Alt+f');
    await expect(page.getByRole('textbox', { name: es.footnotes.text })).toBeFocused();
    await page.keyboard.type('Informe anual, 2022.');
    await press(page, 'Escape');
    await expect(text(center)).toBeFocused();
    const name = fill(es.footnotes.name, { number: 1 });
    await text(partner).getByRole('link', { name, exact: true }).click();
    await expect(partner.page.getByRole('group', { name, exact: true })).toHaveText('Informe anual, 2022.');
    await pass('nota');
  });

  await test.step('a comment; the partner answers with the mouse, and it is resolved', async () => {
    await goBehind(center, 'Los datos de El Salvador');
    await press(page, 'Shift+Home', 'Control+Alt+m');
    await expect(page.getByRole('combobox', { name: es.comments.new })).toBeFocused();
    await page.keyboard.type('¿De qué año?');
    await press(page, 'Control+Enter');
    await expect(page.getByRole('region', { name: es.comments.one, exact: true })).toContainText('¿De qué año?');
    await block(partner, 'Los datos de El Salvador').locator('[data-comment]').first().click();
    const theirs = partner.page.getByRole('region', { name: es.comments.one, exact: true });
    await theirs.getByRole('combobox', { name: es.comments.reply }).click();
    await partner.page.keyboard.type('De 2021.');
    await theirs.getByRole('button', { name: es.comments.sendReply }).click();
    const ours = page.getByRole('log', { name: es.comments.answers });
    await expect(ours).toContainText('De 2021.');
    await pass('comentario');
    await theirs.getByRole('button', { name: es.comments.resolve }).click();
    await expect(page.getByRole('region', { name: es.comments.one, exact: true })).toContainText(es.comments.resolved);
  });

  await test.step('the partner suggests with the mouse; it is accepted by keys', async () => {
    await partner.page.getByRole('button', { name: es.suggestions.mode, exact: true }).click();
    const paragraph = block(partner, 'Nadie verificó');
    await paragraph.scrollIntoViewIfNeeded();
    await paragraph.getByText('Nadie verificó').click({ position: { x: 2, y: 8 } });
    await partner.page.keyboard.type('Hasta hoy, ');
    await expect(block(center, 'Nadie verificó').locator('.suggest-ins')).toHaveText('Hasta hoy, ');
    await expect(page.getByRole('status').filter({ hasText: `${PARTNER} sugiere` })).toHaveCount(1);
    await text(center).focus();
    await press(page, 'Control+Alt+j', 'Control+Alt+y');
    for (const app of both) await expect(block(app, 'Nadie verificó').locator('.suggest-ins')).toHaveCount(0);
    for (const app of both) await expect(block(app, 'Nadie verificó')).toContainText('Hasta hoy, Nadie');
    await partner.page.getByRole('button', { name: es.suggestions.mode, exact: true }).click();
  });

  await test.step('a version; the partner compares it with the mouse', async () => {
    await new VersionsPanel(page).name('Para la clínica');
    await press(page, 'Control+h');
    await page.keyboard.type('Nadie');
    await press(page, 'Tab');
    await expect(page.getByRole('textbox', { name: es.find.replacement })).toBeVisible();
    await page.getByRole('textbox', { name: es.find.replacement }).focus();
    await page.keyboard.type('nadie');
    await press(page, 'Control+Enter');
    for (const app of both) await expect(block(app, 'verificó la lista')).toContainText('Hasta hoy, nadie');
    await press(page, 'Escape');
    const theirs = new VersionsPanel(partner.page);
    await partner.page.getByRole('contentinfo').getByRole('button', { name: 'Versiones' }).click();
    await theirs
      .entry('Para la clínica')
      .getByRole('button', { name: /^Comparar con ahora/ })
      .click();
    await expect(theirs.redline.locator('ins')).toHaveText([/nadie/]);
    await expect(theirs.redline.locator('del')).toHaveText([/Nadie/]);
    await pass('version');
    await press(partner.page, 'Escape');
  });

  await test.step('a table; the partner adds a row with the mouse', async () => {
    await text(center).focus();
    await press(page, 'Control+End', 'Control+Shift+T');
    await page.keyboard.type('Año');
    await press(page, 'Tab');
    await page.keyboard.type('Capturas');
    const cell = text(partner).getByRole('table').getByText('Capturas');
    await cell.click();
    await partner.page
      .getByRole('toolbar', { name: es.tables.bar })
      .getByRole('button', { name: es.tables.bars['row-below'] })
      .click();
    for (const app of both)
      await expect(text(app).getByRole('table')).toHaveAccessibleName(fill(es.tables.named, { rows: 4, columns: 3 }));
    await pass('tabla');
  });

  await test.step('undo takes back only what one did oneself', async () => {
    await partner.page.getByRole('button', { name: new RegExp(`^${es.commands.names.undo}`) }).click();
    for (const app of both) {
      await expect(text(app).getByRole('table')).toHaveAccessibleName(fill(es.tables.named, { rows: 3, columns: 3 }));
      await expect(text(app).getByRole('table').getByText('Capturas')).toBeVisible();
    }
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
