import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';
import { SecurityPanel } from '../pages/SecurityPanel.ts';

const FIRST = 'quatro caballos verdes y un río';
const SECOND = 'ninguna silla canta en febrero';
const OWN = ' Written before the laptop was lost.';

test('a lost laptop is not a lost complaint', async ({ stage }, testInfo) => {
  test.setTimeout(240_000);
  let app = await stage.start('laptop');
  let { page, workbench } = app;
  let security = new SecurityPanel(page);
  const errors: string[] = [];
  const again = async (): Promise<void> => {
    errors.push(...app.consoleErrors);
    await stage.quit(app);
    app = await stage.start('laptop');
    ({ page, workbench } = app);
    security = new SecurityPanel(page);
  };
  const look = async (place: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      await page.screenshot({ path: testInfo.outputPath(`${place}-${theme}.png`) });
      expect(await findViolations(page), `${place}, ${theme}`).toEqual([]);
    }
  };
  await workbench.ready();
  await workbench.placeCaretAtEnd(workbench.paragraph(1));
  await workbench.type(OWN);
  await workbench.placeCaretAtEnd(workbench.paragraph(1));

  await test.step('without a passphrase it says plainly who can open it', async () => {
    await security.open();
    await expect(security.root).toContainText('No passphrase: whoever opens this computer can open your complaints.');
    await look('security');
    await security.setPassphrase('short');
    await expect(security.root.getByRole('alert')).toContainText('too short');
    await security.fillForm(null, FIRST);
    await expect(security.root).toContainText('The passphrase is set.');
  });

  await test.step('after a restart it asks, refuses a wrong one as often as one likes, and opens with the right one', async () => {
    await again();
    await expect(security.unlockHeading).toBeVisible();
    await expect(page.getByText('Foreign gang data')).toHaveCount(0);
    for (const wrong of ['not this one at all', SECOND]) {
      await security.tryPassphrase(wrong);
      await expect(page.getByRole('alert')).toContainText('That is not the passphrase.');
    }
    await look('unlock');
    await security.tryPassphrase(FIRST);
    await workbench.ready();
    await expect(workbench.paragraph(1)).toContainText(OWN.trim());
  });

  await test.step('the passphrase is changed, and the library locked and opened with the new one', async () => {
    await security.open();
    await security.changePassphrase('wrongly remembered', SECOND);
    await expect(security.root.getByRole('alert')).toContainText('That is not the passphrase.');
    await security.fillForm(FIRST, SECOND);
    await expect(security.root).toContainText('The passphrase is set.');
    await security.lock();
    await security.tryPassphrase(FIRST);
    await expect(page.getByRole('alert')).toContainText('That is not the passphrase.');
    await security.tryPassphrase(SECOND);
    await workbench.ready();
  });

  let code = '';
  await test.step('a recovery kit is printed, and counts once its last group is typed back', async () => {
    await security.open();
    code = await security.beginKit();
    expect(code).toMatch(/^([0-9A-Z]{5}-){6}[0-9A-Z]{5}$/);
    await look('kit');
    const pdf = join(stage.folder, 'kit.pdf');
    await app.answerSaveDialog(pdf);
    await security.root.getByRole('button', { name: 'Save a page to print…' }).click();
    await expect(security.root).toContainText('Written. Print it');
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
    const text = join(stage.folder, 'kit.txt');
    await app.answerSaveDialog(text);
    await security.root.getByRole('button', { name: 'Save as text…' }).click();
    await expect.poll(() => readFile(text, 'utf8').catch(() => '')).toContain(code.split('-')[6]);
    await security.root.getByLabel('Type the last group from your paper').fill('00000');
    await security.root.getByRole('button', { name: 'I have it' }).click();
    await expect(security.root.getByRole('alert')).toContainText('Group 7');
    await security.confirmKit(code);
    await expect(security.root).toContainText('The recovery kit counts from now on.');
  });

  await test.step('it is backed up beside the profile, and whole into one file', async () => {
    await security.backUpNow();
    await expect(security.backups()).toHaveCount(1);
    await security.backups().first().locator('summary').click();
    await look('backups');
    await workbench.chooseLanguage('Español');
    await look('respaldos');
    await workbench.chooseLanguage('English');
    await security.root.getByRole('button', { name: /^Bring back / }).click();
    await expect(security.root).toContainText('is back in the list.');
    await app.answerSaveDialog(join(stage.folder, 'all.alegato-backup'));
    await security.root.getByRole('button', { name: 'Save a complete backup file…' }).click();
    await expect(security.root).toContainText('The backup is written and checked');
  });

  await test.step('the copy lies beside the sample', async () => {
    await workbench.backToLibrary();
    await expect(workbench.library.row('(backup of')).toBeVisible();
  });

  await test.step('the laptop is gone; on another one the file and the kit bring everything back', async () => {
    errors.push(...app.consoleErrors);
    await stage.quit(app);
    await rm(stage.profileOf('laptop'), { recursive: true, force: true });
    await rm(`${stage.profileOf('laptop')}-backups`, { recursive: true, force: true });
    expect(await readdir(stage.folder)).not.toContain('laptop');
    app = await stage.start('laptop');
    ({ page, workbench } = app);
    security = new SecurityPanel(page);
    await workbench.ready();
    await expect(workbench.text).not.toContainText(OWN.trim());
    await security.open();
    await app.answerOpenDialog([join(stage.folder, 'all.alegato-backup')]);
    await security.restoreFile('Restore from a file…', code);
    await expect(page.locator('[data-notice="library-restored"]')).toBeVisible();
    await page.getByRole('button', { name: 'Open Foreign gang data in asylum cases', exact: true }).click();
    await workbench.ready();
    await expect(workbench.paragraph(1)).toContainText(OWN.trim());
  });

  await test.step('and it opens with the passphrase it was made with', async () => {
    await again();
    await expect(security.unlockHeading).toBeVisible();
    await security.tryPassphrase(SECOND);
    await workbench.ready();
    await expect(workbench.paragraph(1)).toContainText(OWN.trim());
  });
  expect([...errors, ...app.consoleErrors]).toEqual([]);
});
