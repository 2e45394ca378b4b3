import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { es } from '../../renderer/i18n/es.ts';
import { expect, test } from '../fixtures/journey.ts';

const SCREENS = join(process.cwd(), 'out', 'screens');
const SMALL = { width: 1024, height: 640 };
const WIDE = { width: 1440, height: 860 };

/** Controls of the bars and panels that stick out of the window or whose words are cut off. */
function findCutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      '.top-bar *, .status-bar *, .toolbar *, aside button, nav button, .strips button',
    )) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden')) continue;
      const name = `${element.className || element.tagName}: ${(element.textContent ?? '').slice(0, 40)}`;
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`out of the window: ${name}`);
      else if (element.tagName === 'BUTTON' && element.scrollWidth > element.clientWidth + 1 && !element.title)
        found.push(`cut off: ${name}`);
    }
    return found;
  });
}

test('a small window keeps everything within reach, in both languages and colors', async ({ stage }) => {
  test.setTimeout(150_000);
  await mkdir(SCREENS, { recursive: true });
  const app = await stage.start('center');
  const { page, workbench } = app;
  await workbench.ready();
  const cutOff: Record<string, string[]> = {};
  const picture = async (name: string) => {
    await app.screenshot(join(SCREENS, `${name}.png`));
    const found = await findCutOff(page);
    if (found.length > 0) cutOff[name] = found;
  };

  await test.step('in the small window the outline shrinks and the panel lies over the page', async () => {
    await app.resize(SMALL.width, SMALL.height);
    await picture('small-first-start');
    await page.getByRole('region', { name: en.guide.title }).getByRole('button').click();
    await expect(page.locator('.page-legend')).toBeInViewport();
    await expect(page.getByRole('tree', { name: en.outline.list })).toBeHidden();
    await expect(page.locator('.rail').getByRole('button', { name: en.shell.outlineTab })).toBeVisible();
    expect((await page.locator('.page').boundingBox())?.width).toBe(816);
    await picture('small-light');

    await workbench.text.locator('.claim').first().click();
    await page.getByRole('button', { name: en.shell.build }).click();
    const panel = workbench.rightPanel;
    await expect(panel).toHaveClass(/over/);
    expect((await page.locator('.page').boundingBox())?.width).toBe(816);
    await picture('small-light-panel');
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();

    await page.keyboard.press('Control+\\');
    await expect(page.getByRole('tree', { name: en.outline.list })).toBeVisible();
    await picture('small-light-outline');
    await page.keyboard.press('Control+\\');
  });

  await test.step('in Spanish and in the dark', async () => {
    await workbench.chooseLanguage('Español');
    await expect(page.getByRole('button', { name: es.shell.build })).toBeVisible();
    await picture('small-es');
    await page.getByRole('button', { name: es.shell.build }).click();
    await picture('small-es-filing');
    await page.keyboard.press('Escape');
    await page.locator('.status-bar').getByRole('combobox').selectOption('en');
    await expect(page.getByRole('button', { name: en.shell.build })).toBeVisible();
    await workbench.palette.run(en.commands.names['theme-dark']);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await picture('small-dark');
  });

  await test.step('in the wide window both sidebars are back', async () => {
    await app.resize(WIDE.width, WIDE.height);
    await expect(page.getByRole('tree', { name: en.outline.list })).toBeVisible();
    await workbench.text.locator('.claim[data-proof="proved"]').first().click();
    await workbench.rightPanel.getByText('Proved by').waitFor();
    await expect(workbench.rightPanel).not.toHaveClass(/over/);
    await picture('wide-dark');
    await workbench.openTab('Exhibits');
    await workbench.exhibits.open('Testimony of Richard');
    await workbench.viewer.paper.waitFor();
    await picture('wide-dark-exhibit');
    await workbench.palette.run(en.commands.names['theme-light']);
    await picture('wide-light-exhibit');
    await page.locator('.status-bar').getByRole('combobox').selectOption('es');
    await expect(page.getByRole('button', { name: es.shell.build })).toBeVisible();
    await picture('wide-es');
    await page.getByRole('button', { name: es.shell.library }).click();
    await page.getByRole('heading', { name: es.library.title, exact: true }).waitFor();
    await picture('wide-es-library');
    await app.resize(SMALL.width, SMALL.height);
    await picture('small-es-library');
  });
  expect(cutOff).toEqual({});
  expect(app.consoleErrors).toEqual([]);
});
