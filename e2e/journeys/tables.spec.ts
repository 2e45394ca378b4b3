import type { Page } from '@playwright/test';
import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';

test('two organizations fill one table by keyboard, shape it at the same time, and see the same', async ({ stage }) => {
  test.setTimeout(180_000);
  const { center, partner, relay } = await stage.startTwo();
  const both = [center, partner];
  const table = ({ page }: AlegatoApp) => page.locator('.page-text .table');
  const keys = async (page: Page, ...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
  };

  await test.step('a table by keys: inserted, filled with Tab, a row from the last cell', async () => {
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(2));
    await keys(center.page, 'Control+Shift+T');
    await expect(table(center)).toHaveAccessibleName('Table, 3 rows, 3 columns');
    const words = ['Date', 'Event', 'Source', '2017', 'Center opens', 'Report', '2018', 'Two arrests', 'List'];
    for (const [at, word] of words.entries()) {
      if (at > 0) await keys(center.page, 'Tab');
      await center.page.keyboard.type(word);
    }
    await keys(center.page, 'Tab');
    await center.page.keyboard.type('2019');
    await expect(table(center)).toHaveAccessibleName('Table, 4 rows, 3 columns');
    await expect(table(center).getByRole('columnheader')).toHaveText(['Date', 'Event', 'Source']);
    await keys(center.page, 'Shift+Tab');
    await expect(center.page.getByRole('toolbar', { name: 'Table' })).toContainText('Row 3 of 4, column 3 of 3');
    await expect(table(partner).getByRole('cell').filter({ hasText: '2019' })).toBeVisible();
  });

  await test.step('a key at the edge of a cell joins nothing', async () => {
    await center.workbench.placeCaretAtEnd(cellOf(center, 'Report'));
    await keys(center.page, 'Home', 'Backspace', 'Backspace');
    await expect(table(center).getByRole('cell').filter({ hasText: 'Center opens' })).toHaveText('Center opens');
    await expect(cellOf(center, 'Report')).toHaveText('Report');
  });

  await test.step('apart, one adds a row and the other a column: the place where they meet is empty, not missing', async () => {
    await relay.goAway();
    for (const { workbench } of both) await expect(workbench.status).toContainText('Relay away');
    await center.workbench.placeCaretAtEnd(cellOf(center, '2017'));
    await keys(center.page, 'Control+Alt+Shift+ArrowDown');
    await center.page.keyboard.type('late 2017');
    await partner.workbench.placeCaretAtEnd(cellOf(partner, 'Two arrests'));
    await keys(partner.page, 'Control+Alt+Shift+ArrowRight');
    await partner.page.keyboard.type('por la policía');
    await relay.comeBack();
    for (const app of both) {
      await expect(table(app)).toHaveAccessibleName('Table, 5 rows, 4 columns');
      await expect(cellOf(app, 'late 2017')).toBeVisible();
      await expect(cellOf(app, 'por la policía')).toBeVisible();
      await expect(table(app).getByRole('cell', { name: 'Empty cell' })).toHaveCount(1);
    }
  });

  await test.step('whoever writes in the empty place makes its cell', async () => {
    await table(partner).getByRole('cell', { name: 'Empty cell' }).click();
    await partner.page.keyboard.type('aquí');
    for (const app of both) {
      await expect(cellOf(app, 'aquí')).toBeVisible();
      await expect(table(app).getByRole('cell', { name: 'Empty cell' })).toHaveCount(0);
    }
  });

  await test.step('cells merge without moving words, and split', async () => {
    await center.workbench.placeCaretAtEnd(cellOf(center, '2018'));
    await keys(center.page, 'Shift+ArrowRight', 'Control+Alt+Shift+J');
    const merged = table(partner).locator('[aria-colspan="2"]').first();
    await expect(merged).toContainText('2018');
    await keys(center.page, 'Control+Alt+Shift+U');
    await expect(table(partner).locator('[aria-colspan]')).toHaveCount(0);
    await expect(cellOf(partner, 'Two arrests')).toBeVisible();
  });

  await test.step('a row deleted comes back by undo, on both screens', async () => {
    await center.workbench.placeCaretAtEnd(cellOf(center, 'late 2017'));
    await keys(center.page, 'Control+Alt+Shift+Backspace');
    for (const app of both) await expect(table(app)).toHaveAccessibleName('Table, 4 rows, 4 columns');
    await keys(center.page, 'Control+z');
    for (const app of both) await expect(cellOf(app, 'late 2017')).toBeVisible();
  });

  await test.step('a suggested row waits for an answer, and an accepted one stays', async () => {
    await center.workbench.placeCaretAtEnd(cellOf(center, '2019'));
    await keys(center.page, 'Control+Alt+G', 'Control+Alt+Shift+ArrowDown');
    await expect(table(partner).locator('.table-row.suggest-row-ins')).toHaveCount(1);
    await keys(center.page, 'Control+Alt+Shift+ArrowUp');
    await expect(table(partner).locator('.table-row.suggest-row-ins')).toHaveCount(2);
    await keys(center.page, 'Control+Alt+G', 'Control+Alt+Y');
    await expect(table(partner).locator('.table-row.suggest-row-ins')).toHaveCount(1);
  });

  await test.step('Spanish names, and nothing that a screen reader would stumble over', async () => {
    expect(await findViolations(center.page)).toEqual([]);
    await partner.workbench.chooseLanguage('Español');
    await partner.page.locator('.page-text .table').first().waitFor();
    await expect(table(partner)).toHaveAccessibleName(/^Tabla, \d filas, 4 columnas$/);
    expect(await findViolations(partner.page)).toEqual([]);
  });
});

/** The block in a table that holds the words. */
function cellOf({ page }: AlegatoApp, words: string) {
  return page.locator('.page-text .table .block').filter({ hasText: words }).first();
}
