import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';

test('references follow what they name, on both computers', async ({ stage }, testInfo) => {
  test.setTimeout(180_000);
  const { center, partner } = await stage.startTwo();
  const both = [center, partner];
  const reference = (app: AlegatoApp, name: string) =>
    app.workbench.text.locator('.reference').filter({ hasText: name });
  const picture = (app: AlegatoApp, name: string) => app.screenshot(testInfo.outputPath(`${name}.png`));
  const list = center.page.getByRole('listbox', { name: 'What to refer to' });

  await test.step('a paragraph is referred to by typing ¶ and its number', async () => {
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(2));
    await center.workbench.type(' See ¶');
    await expect(list).toBeVisible();
    await expect(center.workbench.text).toHaveAttribute('aria-activedescendant', /.+/);
    await center.workbench.type('4');
    await expect(list.getByRole('option', { selected: true })).toContainText('¶\u00a04');
    expect(await findViolations(center.page)).toEqual([]);
    await picture(center, 'list');
    await center.page.keyboard.press('Enter');
    await expect(list).toBeHidden();
    for (const app of both) await expect(reference(app, '¶\u00a04')).toBeVisible();
  });

  await test.step('it follows a paragraph that the partner inserts above its target', async () => {
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(3));
    await partner.page.keyboard.press('Enter');
    await partner.workbench.type('A new paragraph.');
    for (const app of both) await expect(reference(app, '¶\u00a05')).toBeVisible();
  });

  await test.step('a sign and a space stay as typed, Escape too', async () => {
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(2));
    await center.workbench.type(' # x');
    await expect(list).toBeHidden();
    await expect(center.workbench.paragraph(2)).toContainText(' # x');
    await center.workbench.type(' @');
    await expect(list).toBeVisible();
    await center.page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(center.workbench.paragraph(2)).toContainText(' # x @');
  });

  await test.step('Enter on a reference goes to its target, Alt+Left comes back', async () => {
    await reference(center, '¶\u00a05').click();
    await center.page.keyboard.press('Enter');
    await expect(center.workbench.paragraph(5)).toHaveClass(/flash/);
    await center.page.keyboard.press('Alt+ArrowLeft');
    await expect(reference(center, '¶\u00a05')).toBeInViewport();
  });

  await test.step('a target that goes shows at once on both, and undo brings it back', async () => {
    await partner.workbench.placeCaretAtStart(partner.workbench.paragraph(5));
    await partner.page.keyboard.press('Backspace');
    for (const app of both) {
      await expect(reference(app, 'missing ¶')).toBeVisible();
      await expect(app.workbench.status.getByRole('button', { name: '1 broken reference' })).toBeVisible();
    }
    await picture(center, 'broken');
    await partner.page.keyboard.press('Control+z');
    for (const app of both) await expect(reference(app, '¶\u00a05')).toBeVisible();
  });

  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
