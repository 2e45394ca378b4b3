import { VersionsPanel } from '../../e2e/pages/VersionsPanel.ts';
import type { Workbench } from '../../e2e/pages/Workbench.ts';
import { KEPT_VERSION } from './prepareScreens.ts';

/** Brings a screen up, in either language, and answers with what takes it away again. */
type ShowScreen = (workbench: Workbench) => Promise<() => Promise<void>>;

const nothing = async () => {};

/** The text itself is named in the language of the window. */
const textOf = ({ page }: Workbench) => page.locator('.page-text');

async function toTop(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await textOf(workbench).focus();
  await page.keyboard.press('Control+Home');
  await page.locator('.page-scroll').evaluate((scroll) => scroll.scrollTo(0, 0));
}

/** A panel at the right, opened by its keys and closed as a person does. */
const panel =
  (keys: string, shown: string, act: (workbench: Workbench) => Promise<void> = nothing): ShowScreen =>
  async (workbench) => {
    const { page } = workbench;
    await toTop(workbench);
    await textOf(workbench).locator('.block[data-label="2."][data-style="numbered"]').scrollIntoViewIfNeeded();
    await page.keyboard.press(keys);
    await page.locator(shown).first().waitFor();
    await act(workbench);
    return () => page.locator('.right-head .button').last().click();
  };

/** A window over the page that Escape closes. */
const dialog =
  (keys: string, shown: string): ShowScreen =>
  async (workbench) => {
    const { page } = workbench;
    await toTop(workbench);
    await page.keyboard.press(keys);
    await page.locator(shown).waitFor();
    return async () => {
      await page.keyboard.press('Escape');
      await page.locator(shown).waitFor({ state: 'detached' });
    };
  };

export const SCREENS = {
  page: async (workbench) => {
    await toTop(workbench);
    return nothing;
  },
  more: async (workbench) => {
    const { page } = workbench;
    await toTop(workbench);
    await page.locator('.tool-more > .tool').click();
    await page.getByRole('menu').waitFor();
    return () => page.keyboard.press('Escape');
  },
  suggestions: panel('Control+Alt+Shift+g', '.suggestions li'),
  comments: panel('Control+Alt+Shift+m', '.comments li'),
  thread: panel('Control+Alt+Shift+m', '.comments li', async ({ page }) => {
    await page.locator('.comments li button').first().press('Enter');
    await page.getByRole('log').waitFor();
  }),
  footnotes: async (workbench) => {
    const { page } = workbench;
    await page.locator('.notes').scrollIntoViewIfNeeded();
    return nothing;
  },
  find: async (workbench) => {
    const { page } = workbench;
    await toTop(workbench);
    await page.keyboard.press('Control+h');
    await page.locator('.find-words').first().fill('the');
    await page.locator('.find-bar').waitFor();
    return () => page.keyboard.press('Escape');
  },
  redline: async (workbench) => {
    const versions = new VersionsPanel(workbench.page);
    await toTop(workbench);
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.type('vers');
    await workbench.page.keyboard.press('Enter');
    await versions.compareWithNow(KEPT_VERSION);
    return async () => {
      await workbench.page.keyboard.press('Escape');
      await versions.redline.waitFor({ state: 'detached' });
      // In a small window the panel has gone with it.
      const close = workbench.page.locator('.right-head .button').last();
      if (await close.isVisible()) await close.click();
    };
  },
  palette: dialog('Control+k', 'dialog.palette'),
  keyboard: dialog('F1', 'dialog.keyboard-map'),
} satisfies Record<string, ShowScreen>;

export type ScreenName = keyof typeof SCREENS;
