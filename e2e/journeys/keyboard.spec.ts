import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey.ts';

/** Presses Tab until the focus stands on what a screen reader calls `name`. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < 60; step++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const label = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '';
      return `${element?.getAttribute('aria-label') ?? ''} ${label} ${element?.textContent?.slice(0, 200) ?? ''}`;
    });
    if (typeof name === 'string' ? focused.includes(name) : name.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach “${String(name)}”.`);
}

test('the main job needs no mouse', async ({ stage }) => {
  test.setTimeout(120_000);
  const app = await stage.start('center');
  const { page, workbench } = app;
  const { keyboard } = page;
  await workbench.ready();
  const region = () =>
    page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('aria-label') ?? '');

  await test.step('F6 goes from region to region and comes round', async () => {
    const seen: string[] = [];
    for (let step = 0; step < 5; step++) {
      await keyboard.press('F6');
      seen.push(await region());
    }
    expect([...seen].sort()).toEqual([
      'About the selection',
      'Complaint',
      'Outline, exhibits and people',
      'Status',
      'Text of the complaint',
    ]);
    await keyboard.press('F6');
    expect(await region()).toBe(seen[0]);
    await keyboard.press('Shift+F6');
    expect(await region()).toBe(seen[4]);
  });

  await test.step('words are written and marked as a claim', async () => {
    await tabRegion(page, 'Text of the complaint');
    await workbench.text.focus();
    await keyboard.press('Control+Home');
    await keyboard.press('Control+End');
    await keyboard.press('Enter');
    await keyboard.type('A claim made by keys alone');
    await keyboard.press('Shift+Home');
    await keyboard.press('Control+Shift+K');
    await expect(workbench.rightPanel.getByText('Proved by')).toBeVisible();
    await expect(workbench.text.locator('.claim').filter({ hasText: 'A claim made by keys alone' })).toBeVisible();
  });

  await test.step('it is linked to the page of an exhibit', async () => {
    await tabRegion(page, 'About the selection');
    await tabTo(page, 'Link an exhibit…');
    await keyboard.press('Enter');
    await expect(workbench.rightPanel.getByRole('combobox', { name: 'Find an exhibit' })).toBeFocused();
    await keyboard.type('Testimony of Richard');
    await keyboard.press('Enter');
    await expect(workbench.rightPanel.getByLabel(/^Page/)).toBeFocused();
    await keyboard.press('Control+a');
    await keyboard.type('3');
    await keyboard.press('Enter');
    await expect(workbench.text.locator('.block').filter({ hasText: 'A claim made by keys alone' })).toContainText(
      /\(Ex\.\s[A-Z]+\sat\s3\)/,
    );
  });

  await test.step('another exhibit is cited at the caret', async () => {
    await tabRegion(page, 'Text of the complaint');
    await expect(workbench.text).toBeFocused();
    await keyboard.press('End');
    await keyboard.press('Control+Shift+E');
    const form = page.getByRole('dialog', { name: 'Cite an exhibit at the caret' });
    await expect(form.getByRole('combobox')).toBeFocused();
    await keyboard.press('Home');
    await keyboard.press('Tab');
    await keyboard.press('Control+a');
    await keyboard.type('2');
    await keyboard.press('Enter');
    await expect(form).toBeHidden();
    await expect(workbench.text.locator('.block').filter({ hasText: 'A claim made by keys alone' })).toContainText(
      '(Ex. A at 2)',
    );
  });

  await test.step('the unsupported claim is found and reached', async () => {
    await workbench.palette.run('Claims without an exhibit');
    await tabRegion(page, 'About the selection');
    await tabTo(page, /^\s*¶ \d+/);
    await keyboard.press('Enter');
    await expect(workbench.rightPanel.getByText('Nothing yet.')).toBeVisible();
    await expect(workbench.text).toBeFocused();
  });

  await test.step('the filing is written', async () => {
    const path = join(stage.folder, 'by-keys.docx');
    await app.answerSaveDialog(path);
    await workbench.palette.run('Build filing');
    await tabRegion(page, 'About the selection');
    await tabTo(page, 'Write the Word file…');
    await keyboard.press('Enter');
    await expect(workbench.rightPanel.getByText('SHA-256')).toBeVisible();
    expect((await readFile(path)).length).toBeGreaterThan(10_000);
  });
  expect(app.consoleErrors).toEqual([]);
});

/** Presses F6 until the focus is in the region of this name. */
async function tabRegion(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 6; step++) {
    const current = await page.evaluate(() =>
      document.activeElement?.closest('[data-region]')?.getAttribute('aria-label'),
    );
    if (current === name) return;
    await page.keyboard.press('F6');
  }
  throw new Error(`F6 does not reach “${name}”.`);
}
