import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findViolations } from '../fixtures/findViolations.ts';
import { CENTER, expect, PARTNER, test } from '../fixtures/journey.ts';
import { MembersPanel } from '../pages/MembersPanel.ts';
import type { Workbench } from '../pages/Workbench.ts';

const SCREENS = join(process.cwd(), 'out', 'screens');
const TITLE = 'Foreign gang data in asylum cases';
const notesOf = (workbench: Workbench) => workbench.page.getByRole('region', { name: 'Footnotes', exact: true });
const note = (workbench: Workbench, number: number) =>
  notesOf(workbench).getByRole('group', { name: `Footnote ${number}`, exact: true });

test('a reviewer writes in every way there is, and all of it is a suggestion or closed with a reason', async ({
  stage,
}) => {
  test.setTimeout(240_000);
  await mkdir(SCREENS, { recursive: true });
  const relay = await stage.relay();
  const [owner, reviewer] = await Promise.all([stage.start('center'), stage.start('partner')]);
  await owner.workbench.ready();
  const { page, workbench } = reviewer;
  const press = (keys: string) => page.keyboard.press(keys);
  const said = page.locator('[aria-live="polite"]').first();
  // Without the suggestions, nothing of the text may change.
  const ownText = () => owner.workbench.text.locator('[data-lexical-text]:not(.suggest-ins)').allInnerTexts();

  await test.step('a reviewer is let in and always suggests', async () => {
    const link = await new MembersPanel(owner.page).invite({
      forWhom: 'A colleague who reads it through',
      role: 'Reviewer',
      relayUrl: relay.url,
      organizationName: CENTER,
    });
    await workbench.ready();
    await workbench.backToLibrary();
    await workbench.join(link, PARTNER);
    await workbench.title(TITLE).waitFor();
    await workbench.ready();
    await expect(page.getByRole('button', { name: 'Suggesting' })).toHaveAttribute('aria-pressed', 'true');
  });
  const before = (await ownText()).join('');

  await test.step('a footnote and its words, by keyboard', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(3));
    await press('Control+Alt+f');
    await expect(page.getByRole('textbox', { name: 'Text of the footnotes' })).toBeFocused();
    await workbench.type('See the anual report.');
    await expect(note(owner.workbench, 1).locator('.suggest-ins')).toHaveText('See the anual report.');
    await expect(owner.workbench.text.locator('.footnote.suggest-ins')).toHaveCount(1);
    // One suggestion, not one for the number and one for the words.
    await owner.page.keyboard.press('Control+Alt+Shift+g');
    const panel = owner.page.getByRole('region', { name: 'Suggestions' });
    await expect(panel.getByRole('status')).toHaveText('1 open suggestion');
    await expect(panel.getByRole('listitem').first()).toContainText('See the anual report.');
  });

  await test.step('find and replace reaches into the note and suggests', async () => {
    await press('Control+h');
    await page.getByRole('textbox', { name: 'Find', exact: true }).fill('anual');
    await page.getByRole('textbox', { name: 'Replace with' }).fill('annual');
    await expect(page.locator('#find-said')).toContainText('1');
    await page.getByRole('textbox', { name: 'Replace with' }).press('Control+Enter');
    await expect(note(owner.workbench, 1)).toContainText('See the annual report.');
    await press('Escape');
  });

  await test.step('a link, a language and a reference are suggestions', async () => {
    await workbench.selectWords('asylum');
    await press('Control+k');
    await page.getByRole('textbox', { name: 'Address' }).fill('https://example.org/asylum');
    await press('Enter');
    await expect(owner.workbench.text.locator('[data-link].suggest-fmt')).toHaveCount(1);
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await press('Control+Shift+j');
    await press('Enter');
    await expect(owner.workbench.text.locator('.reference.suggest-ins')).toHaveCount(1);
  });

  await test.step('what cannot be suggested is closed and says so', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(3));
    await press('Alt+Shift+ArrowDown');
    await expect(said).toContainText('a reviewer suggests and comments');
    const claims = await workbench.text.locator('.claim').count();
    await workbench.selectWords('officers');
    await press('Control+Shift+k');
    await expect(workbench.text.locator('.claim')).toHaveCount(claims);
    await expect(owner.workbench.text.locator('.claim')).toHaveCount(claims);
    await expect(said).toContainText('a reviewer suggests and comments');
    await workbench.openTab('People');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('textbox', { name: 'Pseudonym' }).fill('Beatriz');
    await press('Enter');
    await expect(page.locator('[data-notice="reviewer-suggests"]')).toContainText('nothing was written');
    await reviewer.screenshot(join(SCREENS, 'reviewer-closed.png'));
    expect(await findViolations(page)).toEqual([]);
  });

  await test.step('the owner is shown suggestions and no breach, and the text is as it was', async () => {
    expect((await ownText()).join('')).toBe(before);
    await expect(owner.page.getByText('whose role is to suggest and comment changed the complaint')).toHaveCount(0);
    await owner.screenshot(join(SCREENS, 'reviewer-owner.png'));
    expect(await findViolations(owner.page)).toEqual([]);
  });

  await test.step('accepted, the footnote is one; the reviewer’s undo does not take it back', async () => {
    const panel = owner.page.getByRole('region', { name: 'Suggestions' });
    await panel.getByRole('button', { name: 'Accept all', exact: true }).click();
    await expect(panel.getByRole('status')).toHaveText('No open suggestions.');
    await expect(note(workbench, 1)).toHaveText('See the annual report.');
    await expect(note(workbench, 1).locator('.suggest-ins')).toHaveCount(0);
    await workbench.text.focus();
    await press('Control+z');
    await expect(note(owner.workbench, 1)).toHaveText('See the annual report.');
  });

  await test.step('in Spanish', async () => {
    await workbench.chooseLanguage('Español');
    await press('Escape');
    await page.getByRole('textbox', { name: 'Texto de la denuncia' }).focus();
    await press('Alt+Shift+ArrowDown');
    await expect(said).toContainText('quien revisa sugiere y comenta');
    await reviewer.screenshot(join(SCREENS, 'reviewer-es.png'));
    expect(await findViolations(page)).toEqual([]);
  });
});
