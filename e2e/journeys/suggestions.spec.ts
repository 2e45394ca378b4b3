import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, PARTNER, test } from '../fixtures/journey.ts';

const SCREENS = join(process.cwd(), 'out', 'screens');

test('one organization suggests, the other accepts and rejects, by keyboard alone', async ({ stage }) => {
  test.setTimeout(180_000);
  await mkdir(SCREENS, { recursive: true });
  const { center, partner } = await stage.startTwo();
  const toggle = partner.page.getByRole('button', { name: 'Suggesting' });

  await test.step('the partner suggests words, takes a word away, and splits a paragraph', async () => {
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(2));
    await partner.page.keyboard.press('Control+Alt+g');
    await expect(toggle).toHaveAttribute('aria-pressed', 'true');
    await partner.workbench.type(' Suggested words.');
    await expect(partner.workbench.paragraph(2).locator('.suggest-ins')).toHaveText(' Suggested words.');
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(3));
    await partner.page.keyboard.press('Control+Backspace');
    await expect(partner.workbench.paragraph(3).locator('.suggest-del')).toHaveCount(1);
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(4));
    await partner.page.keyboard.press('Enter');
    await partner.workbench.type('A new paragraph.');
    await expect(partner.workbench.text.locator('.block.suggest-split')).toHaveCount(1);
  });

  await test.step('undo takes back words and suggestion together, redo brings both', async () => {
    await expect(center.workbench.text.locator('.suggest-ins')).toHaveCount(2);
    const words = () => partner.workbench.text.locator('.suggest-ins').allInnerTexts();
    const before = await words();
    await partner.page.keyboard.press('Control+z');
    await expect.poll(words).not.toEqual(before);
    await partner.page.keyboard.press('Control+y');
    await expect.poll(words).toEqual(before);
  });

  const panel = center.page.getByRole('region', { name: 'Suggestions' });
  await test.step('the center sees them listed under their organization', async () => {
    await center.workbench.text.focus();
    await center.page.keyboard.press('Control+Alt+Shift+g');
    await expect(panel.getByRole('status')).toHaveText('3 open suggestions');
    await expect(panel.getByRole('heading', { name: PARTNER })).toBeVisible();
    await expect(panel.getByRole('listitem').first()).toContainText('Add “Suggested words.”');
    await expect(panel.getByRole('listitem').nth(1)).toContainText('Delete “');
    await center.screenshot(join(SCREENS, 'suggestions-panel.png'));
    expect(await findViolations(center.page)).toEqual([]);
  });

  await test.step('the first is accepted, the second rejected, with keys alone', async () => {
    const third = await center.workbench.paragraph(3).innerText();
    await center.workbench.text.focus();
    await center.page.keyboard.press('Control+Home');
    await center.page.keyboard.press('Control+Alt+j');
    await expect(center.workbench.paragraph(2).locator('.suggest-shown')).toHaveCount(1);
    await center.page.keyboard.press('Control+Alt+y');
    await expect(panel.getByRole('status')).toHaveText('2 open suggestions');
    await expect(center.workbench.paragraph(2)).toContainText('Suggested words.');
    await expect(center.workbench.paragraph(2).locator('.suggest-ins')).toHaveCount(0);
    await center.page.keyboard.press('Control+Alt+j');
    await center.page.keyboard.press('Control+Alt+r');
    await expect(panel.getByRole('status')).toHaveText('1 open suggestion');
    expect(await center.workbench.paragraph(3).innerText()).toBe(third);
    await expect(partner.workbench.paragraph(2).locator('.suggest-ins')).toHaveCount(0);
    await expect(partner.workbench.paragraph(3).locator('.suggest-del')).toHaveCount(0);
  });

  await test.step('the views show the text as it would be, and the filing says what it leaves out', async () => {
    await panel.getByLabel('Show the text').selectOption({ label: 'As if rejected' });
    await expect(center.workbench.text.getByText('A new paragraph.')).toBeHidden();
    await panel.getByLabel('Show the text').selectOption({ label: 'With marks' });
    await expect(center.workbench.text.getByText('A new paragraph.')).toBeVisible();
    await center.page.getByRole('button', { name: 'Build filing' }).click();
    await expect(center.workbench.rightPanel).toContainText('1 suggestion is still open. It is not filed');
  });

  await test.step('in Spanish, dark', async () => {
    await center.workbench.chooseLanguage('Español');
    await center.page.keyboard.press('Control+Alt+Shift+g');
    const list = center.page.getByRole('region', { name: 'Sugerencias' });
    await expect(list).toContainText('1 sugerencia pendiente');
    await center.page.emulateMedia({ colorScheme: 'dark' });
    await center.screenshot(join(SCREENS, 'suggestions-dark-es.png'));
    expect(await findViolations(center.page)).toEqual([]);
  });
});
