import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';
import type { Workbench } from '../pages/Workbench.ts';

const notesOf = (workbench: Workbench) => workbench.page.getByRole('region', { name: 'Footnotes', exact: true });
const noteText = (workbench: Workbench) => workbench.page.getByRole('textbox', { name: 'Text of the footnotes' });
const note = (workbench: Workbench, number: number) =>
  notesOf(workbench).getByRole('group', { name: `Footnote ${number}`, exact: true });
const reference = (workbench: Workbench, number: number) =>
  workbench.text.getByRole('link', { name: `Footnote ${number}`, exact: true });

test('two organizations write footnotes with the keyboard, and none is lost', async ({ stage }) => {
  test.setTimeout(150_000);
  const { center, partner } = await stage.startTwo();
  const { workbench } = center;
  const press = (keys: string) => center.page.keyboard.press(keys);

  await test.step('a footnote at the caret, written at once in its own place', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(3));
    await press('Control+Alt+f');
    await expect(noteText(workbench)).toBeFocused();
    await workbench.type('See the annual report.');
    await press('Enter');
    await workbench.type('Its second paragraph.');
    await expect(note(workbench, 1).locator('.block')).toHaveText(['See the annual report.', 'Its second paragraph.']);
    await expect(note(partner.workbench, 1)).toContainText('See the annual report.');
  });

  await test.step('Escape returns behind the reference; a note set before it takes its number', async () => {
    await press('Escape');
    await expect(workbench.text).toBeFocused();
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await press('Control+Alt+f');
    await workbench.type('An earlier one.');
    await expect(note(workbench, 1)).toHaveText('An earlier one.');
    await expect(note(workbench, 2)).toContainText('See the annual report.');
    await expect(reference(partner.workbench, 2)).toHaveText('2');
    const [first, second] = await Promise.all([note(workbench, 1).boundingBox(), note(workbench, 2).boundingBox()]);
    expect(first?.y).toBeLessThan(second?.y ?? 0);
  });

  await test.step('Backspace at the start of a note never joins it to another', async () => {
    await press('Home');
    await press('Backspace');
    await press('Control+a');
    await press('Delete');
    await workbench.type('A better one.');
    await expect(note(workbench, 1)).toHaveText('A better one.');
    await expect(note(workbench, 2).locator('.block')).toHaveText(['See the annual report.', 'Its second paragraph.']);
  });

  await test.step('a comment on words of a note, a mistake in it, and a suggestion of the partner', async () => {
    await press('Home');
    await press('Control+Shift+ArrowRight');
    await press('Control+Alt+m');
    await center.page.getByRole('combobox', { name: 'New comment' }).fill('Which one?');
    await press('Control+Enter');
    await expect(note(partner.workbench, 1).locator('[data-comment]')).toHaveText(/^A/);
    await expect(center.page.getByRole('heading', { name: 'Comment · Footnote 1' })).toBeVisible();
    await noteText(workbench).focus();
    await press('End');
    await workbench.type(' Wroong.');
    await expect
      .poll(() => center.page.evaluate(() => CSS.highlights.get('spelling-notes')?.size ?? 0))
      .toBeGreaterThan(0);
    await partner.page.keyboard.press('Control+Alt+g');
    await partner.page.keyboard.press('Control+h');
    await partner.page.getByRole('textbox', { name: 'Find', exact: true }).fill('Wroong');
    await partner.page.getByRole('textbox', { name: 'Replace with' }).fill('Right');
    await expect(partner.page.locator('#find-said')).toContainText('1');
    await partner.page.getByRole('textbox', { name: 'Replace with' }).press('Control+Enter');
    await expect(note(workbench, 1).locator('.suggest-ins')).toHaveText('Right');
    await expect(note(workbench, 1).locator('.suggest-del')).toHaveText('Wroong');
    await noteText(workbench).focus();
    await press('Control+Alt+j');
    await expect(note(workbench, 1).locator('.suggest-shown').first()).toBeVisible();
    await press('Control+Alt+y');
    await expect(note(partner.workbench, 1)).toContainText('Right.');
    await expect(note(partner.workbench, 1)).not.toContainText('Wroong');
    await press('Control+z');
    await expect(note(workbench, 1).locator('.suggest-ins')).toHaveText('Right');
    await press('Control+y');
    await expect(note(partner.workbench, 1).locator('.suggest-ins')).toHaveCount(0);
    await workbench.closePanel();
    await noteText(workbench).focus();
  });

  await test.step('the screen is accessible', async () => {
    expect(await findViolations(center.page)).toEqual([]);
  });

  await test.step('undo of the text brings back a deleted reference with its words', async () => {
    await press('Escape');
    await press('Backspace');
    await press('Backspace');
    await expect(note(workbench, 1)).toContainText('See the annual report.');
    await expect(note(partner.workbench, 1)).toContainText('See the annual report.');
    await press('Control+z');
    await expect(note(workbench, 1)).toHaveText('A better one. Right.');
    await expect(note(partner.workbench, 1)).toHaveText('A better one. Right.');
  });
});
