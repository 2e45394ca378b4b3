import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';

/** The number of pages that the status bar names. */
async function pageCount(app: AlegatoApp): Promise<number> {
  return Number(/(\d+)(?: pages?)?$/.exec(await app.page.locator('.pages-button').innerText())?.[1]);
}

test('pages and parts of the letter, by keys alone, on both computers', async ({ stage }, testInfo) => {
  test.setTimeout(240_000);
  const { center, partner } = await stage.startTwo();
  const both = [center, partner];
  const { keyboard } = center.page;
  const picture = (name: string) => center.screenshot(testInfo.outputPath(`${name}.png`));
  const block = (app: AlegatoApp, style: string) => app.workbench.text.locator(`.block[data-style="${style}"]`);
  const place = (app: AlegatoApp) => app.page.locator('.pages-button');
  const before = await test.step('pages are shown where the filing would break', async () => {
    for (const app of both) await expect(app.workbench.text.locator('.block[data-page="Page 2"]')).toHaveCount(1);
    for (const app of both) await expect(place(app)).toContainText(/15/);
    return pageCount(center);
  });

  await test.step('Go to page by its number', async () => {
    await center.workbench.text.focus();
    await keyboard.press('Control+g');
    await expect(center.page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
    expect(await findViolations(center.page)).toEqual([]);
    await keyboard.type('3');
    await keyboard.press('Enter');
    await expect(center.workbench.text).toBeFocused();
    await expect(place(center)).toHaveText(`Page 3 of ${before}`);
    await expect(center.workbench.text.locator('.block[data-page="Page 3"]')).toBeInViewport();
    await picture('page-3');
  });

  await test.step('what a partner writes moves the pages of both', async () => {
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(1));
    for (let line = 0; line < 45; line++) {
      await partner.page.keyboard.press('Enter');
      await partner.page.keyboard.type('x');
    }
    for (const app of both) await expect.poll(() => pageCount(app)).toBeGreaterThan(before);
    expect(await pageCount(center)).toBe(await pageCount(partner));
  });

  await test.step('the preview shows the filing page by page', async () => {
    await keyboard.press('Control+p');
    const preview = center.page.getByRole('region', { name: 'Preview of the pages' });
    await expect(preview).toBeFocused();
    const count = await pageCount(center);
    await expect(preview.getByRole('status')).toContainText(`${count} pages`);
    await keyboard.press('Home');
    await expect(preview.getByRole('region', { name: 'Page 1', exact: true })).toContainText('SAMPLE');
    await expect(preview.getByRole('region', { name: 'Page 1', exact: true })).toContainText(`Page 1 of ${count}`);
    await keyboard.press('PageDown');
    await expect(preview.locator('.redline-place')).toHaveText(`Page 2 of ${count}`);
    await keyboard.press('End');
    await expect(preview.getByRole('region', { name: `Page ${count}`, exact: true })).toBeVisible();
    expect(await findViolations(center.page)).toEqual([]);
    await picture('preview');
    await keyboard.press('Escape');
    await expect(preview).toBeHidden();
    await expect(center.workbench.text).toBeFocused();
  });

  await test.step('Enter begins a line of an addressee, and Backspace does not melt it', async () => {
    const address = block(center, 'address').first();
    await center.workbench.placeCaretAtEnd(address);
    await keyboard.press('Enter');
    await keyboard.type('Attention: intake');
    for (const app of both) await expect(block(app, 'address').first()).toContainText('Attention: intake');
    await expect(block(center, 'address')).toHaveCount(2);
    await center.workbench.placeCaretAtStart(address);
    await keyboard.press('Backspace');
    await keyboard.type('!');
    await expect(block(center, 'transmission').first()).toContainText('!');
    await expect(block(partner, 'address')).toHaveCount(2);
  });

  await test.step('a signature block is inserted, filled in, named in the outline and moved', async () => {
    const signatures = await block(center, 'signature').count();
    await center.workbench.placeCaretAtEnd(block(center, 'signature').last());
    await keyboard.press('Control+k');
    await keyboard.type('insert a signature');
    await keyboard.press('Enter');
    await expect(center.workbench.text).toBeFocused();
    await keyboard.type('Ana Guzman');
    for (const app of both) {
      await expect(block(app, 'signature')).toHaveCount(signatures + 1);
      await expect(block(app, 'signature').last()).toContainText('Ana Guzman');
    }
    const outline = center.page.getByRole('tree');
    await expect(outline.getByRole('treeitem', { name: 'Signature: Ana Guzman' })).toBeVisible();
    await keyboard.press('Alt+Shift+ArrowUp');
    for (const app of both) {
      await expect(block(app, 'signature').nth(signatures - 1)).toContainText('Ana Guzman');
      await expect(block(app, 'signature')).toHaveCount(signatures + 1);
    }
    expect(await findViolations(center.page)).toEqual([]);
    await picture('signature');
  });

  await test.step('the same in Spanish', async () => {
    await center.workbench.chooseLanguage('Español');
    await expect(center.page.locator('.block[data-page="Página 2"]')).toHaveCount(1);
    await expect(place(center)).toHaveText(/^Página \d+ de \d+$/);
    await center.page.locator('.page-text').focus();
    await keyboard.press('Control+p');
    const preview = center.page.getByRole('region', { name: 'Vista previa de las páginas' });
    await expect(preview.getByRole('status')).toContainText('páginas');
    expect(await findViolations(center.page)).toEqual([]);
    await picture('spanish');
    await keyboard.press('Escape');
    await expect(preview).toBeHidden();
  });

  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
