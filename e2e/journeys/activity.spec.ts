import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, PARTNER, test } from '../fixtures/journey.ts';
import { ActivityPanel } from '../pages/ActivityPanel.ts';

test('what a partner changed while one was away is listed by organization, leads to its place, and can be read away', async ({
  stage,
}) => {
  test.setTimeout(180_000);
  const { center, partner } = await stage.startTwo();
  const news = new ActivityPanel(partner.page);
  await test.step('the first visit of a partner lists nothing', async () => {
    await news.openByKey();
    await expect(news.panel).toContainText('your first visit');
  });
  await test.step('one leaves; the other adds words, takes words away, and adds an exhibit’s claim', async () => {
    await expect(center.workbench.status).toContainText('1 partner has it');
    await stage.quit(center);
    for (const [number, words] of [
      [2, ' Palabras nuevas de San Salvador.'],
      [4, ' Otra frase.'],
    ] as const) {
      await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(number));
      await partner.workbench.type(words);
    }
    await partner.workbench.selectWords('Palabras nuevas');
    await partner.workbench.markClaim();
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(5));
    for (let letters = 0; letters < 6; letters++) await partner.page.keyboard.press('Backspace');
    await expect(partner.workbench.status).not.toContainText('sending');
  });

  const again = await stage.start('center');
  const list = new ActivityPanel(again.page);
  await test.step('back again, the status bar offers what is new', async () => {
    await again.workbench.ready();
    await expect(again.workbench.paragraph(2)).toContainText('Palabras nuevas de San Salvador.');
    await expect(list.offer).toBeVisible();
    await list.offer.click();
    await expect(list.entry(PARTNER, 'Palabras nuevas de San Salvador.').first()).toBeVisible();
    await expect(list.entry(PARTNER, 'Otra frase.')).toBeVisible();
    await expect(list.of(PARTNER).locator('del').first()).toBeVisible();
    await expect(list.of(PARTNER)).toContainText('arrived here');
    await expect(list.entry(PARTNER, 'Claim · added')).toBeVisible();
  });

  await test.step('the list passes the accessibility rules in both languages and colors', async () => {
    for (const language of ['English', 'Español'] as const) {
      await again.workbench.chooseLanguage(language);
      for (const scheme of ['light', 'dark'] as const) {
        await again.page.evaluate((theme) => {
          document.documentElement.dataset['theme'] = theme;
        }, scheme);
        await expect(list.markRead).toBeVisible();
        expect(await findViolations(again.page)).toEqual([]);
        await again.screenshot(test.info().outputPath(`activity-${language}-${scheme}.png`));
      }
    }
    await again.workbench.status.getByRole('combobox').selectOption({ label: 'English' });
  });

  await test.step('an entry leads to its place', async () => {
    await list.entry(PARTNER, 'Otra frase.').click();
    await expect(again.workbench.paragraph(4)).toBeInViewport();
    await expect(again.workbench.text).toBeFocused();
  });

  await test.step('own words are no news', async () => {
    await again.workbench.placeCaretAtEnd(again.workbench.paragraph(3));
    await again.workbench.type(' Own words.');
    await list.openByKey();
    await expect(list.entry(PARTNER, 'Otra frase.')).toBeVisible();
    await expect(list.panel).not.toContainText('Own words');
  });

  await test.step('marked as read it is empty, and stays so after a restart', async () => {
    await list.markRead.click();
    await expect(list.panel).toContainText('Nobody else has changed anything');
    await expect(list.offer).toBeHidden();
    await stage.quit(again);
    const later = await stage.start('center');
    await later.workbench.ready();
    const rest = new ActivityPanel(later.page);
    await rest.openByKey();
    await expect(rest.panel).toContainText('Nobody else has changed anything');
    expect(later.consoleErrors).toEqual([]);
  });
  expect(stage.consoleErrors()).toEqual([]);
});

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

async function findViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
}
