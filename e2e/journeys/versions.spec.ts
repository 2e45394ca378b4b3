import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';
import { VersionsPanel } from '../pages/VersionsPanel.ts';

test('a moment is named, both write on, the two are compared, and one goes back and forth again', async ({
  stage,
}, testInfo) => {
  test.setTimeout(180_000);
  const { center, partner } = await stage.startTwo();
  const versions = new VersionsPanel(center.page);
  const { keyboard } = center.page;
  const second = center.workbench.paragraph(2);
  const before = await center.workbench.readText();

  await test.step('Ctrl+Alt+S names this moment, and partners get it', async () => {
    await center.workbench.placeCaretAtEnd(second);
    await versions.name('Sent to co-counsel');
    await expect(versions.panel).toContainText('Partners get it with the next changes.');
    const theirs = new VersionsPanel(partner.page);
    await partner.workbench.text.focus();
    await partner.page.keyboard.press('Control+Alt+s');
    await expect(theirs.entry('Sent to co-counsel')).toBeVisible();
  });

  await test.step('both write, and one takes words away', async () => {
    await center.workbench.placeCaretAtEnd(second);
    await center.workbench.type(' Words of the center.');
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(3));
    await partner.workbench.type(' Words of the partner.');
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(4));
    for (let word = 0; word < 3; word += 1) await keyboard.press('Control+Backspace');
    await expect(center.workbench.paragraph(3)).toContainText('Words of the partner.');
    await expect(partner.workbench.paragraph(2)).toContainText('Words of the center.');
  });

  await test.step('the redline shows what came and what went, change by change', async () => {
    await versions.compareWithNow('Sent to co-counsel');
    await expect(versions.redline.locator('ins')).toHaveText([/Words of the center\./, /Words of the partner\./]);
    await expect(versions.redline.locator('del').first()).toBeVisible();
    await expect(versions.counts).toContainText('+8 −');
    await keyboard.press('F7');
    await expect(versions.redline).toContainText('Change 1 of 3');
    await keyboard.press('Shift+F7');
    await expect(versions.redline).toContainText('Change 3 of 3');
    await expect(versions.redline.locator('.current-change')).toHaveCount(1);
    expect(await findViolations(center.page)).toEqual([]);
    await center.screenshot(testInfo.outputPath('redline.png'));
  });

  await test.step('the partner reads the same version, fetched from the relay', async () => {
    const theirs = new VersionsPanel(partner.page);
    await theirs.compareWithNow('Sent to co-counsel');
    await expect(theirs.redline.locator('ins')).toHaveText([/Words of the center\./, /Words of the partner\./]);
    await partner.page.keyboard.press('Escape');
    await expect(theirs.redline).toHaveCount(0);
  });

  await test.step('going back is one edit, which partners get and undo takes back', async () => {
    await versions.redline.getByRole('button', { name: 'Go back to this version' }).focus();
    await keyboard.press('Enter');
    await versions.redline.getByRole('group').getByRole('button', { name: 'Go back to this version' }).focus();
    await keyboard.press('Enter');
    await expect(versions.redline).toHaveCount(0);
    await expect.poll(() => center.workbench.readText()).toEqual(before);
    await expect.poll(() => partner.workbench.readText()).toEqual(before);
    await expect(versions.entry('Before going back')).toBeVisible();
    await center.workbench.text.focus();
    await keyboard.press('Control+z');
    await expect(center.workbench.paragraph(2)).toContainText('Words of the center.');
    await expect(center.workbench.paragraph(3)).toContainText('Words of the partner.');
    await expect(partner.workbench.paragraph(3)).toContainText('Words of the partner.');
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
