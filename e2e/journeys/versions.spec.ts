import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
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

test('what changed, notes included, goes out as tracked changes and back again, by keys alone, also in Spanish', async ({
  stage,
}, testInfo) => {
  test.setTimeout(180_000);
  const { center, partner } = await stage.startTwo();
  const versions = new VersionsPanel(center.page);
  const { workbench, page } = center;
  const press = (keys: string) => page.keyboard.press(keys);
  const notes = (app: typeof center) =>
    app.page.getByRole('textbox', { name: /^(Text of the footnotes|Texto de las notas)/ });

  await test.step('a footnote is part of a version', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(3));
    await press('Control+Alt+f');
    await workbench.type('See the report of 2017.');
    await press('Escape');
    await versions.name('With one note');
  });

  await test.step('note and text change, on both computers', async () => {
    await notes(center).getByText('See the report of 2017.').waitFor();
    await workbench.placeCaretAtEnd(workbench.paragraph(3));
    await press('Control+Alt+f');
    await workbench.type('A second note.');
    await press('Escape');
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(2));
    await partner.workbench.type(' Words of the partner.');
    await expect(workbench.paragraph(2)).toContainText('Words of the partner.');
  });

  await test.step('the redline shows the notes below the text', async () => {
    await versions.compareWithNow('With one note');
    await expect(versions.notes).toContainText('Footnote 2, new');
    await expect(versions.notes.locator('ins')).toContainText(['A second note.']);
    await expect(versions.redline.locator('ins').first()).toContainText('Words of the partner.');
    expect(await findViolations(page)).toEqual([]);
    await center.screenshot(testInfo.outputPath('redline-notes.png'));
  });

  await test.step('it is written as a Word document with tracked changes, after what it holds was said', async () => {
    const path = join(stage.folder, 'changes.docx');
    await center.answerSaveDialog(path);
    await press('Control+Shift+s');
    const question = versions.redline.getByRole('group', { name: /tracked changes by Immigrant Justice Center/ });
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    expect(await findViolations(page)).toEqual([]);
    await center.screenshot(testInfo.outputPath('redline-ask.png'));
    await press('Tab');
    await press('Enter');
    await expect(versions.redline.getByText('The Word document with the tracked changes was saved.')).toBeVisible();
    await press('Enter');
    const parts = unzipSync(new Uint8Array(await readFile(path)));
    const document = strFromU8(parts['word/document.xml'] as Uint8Array);
    expect(document).toMatch(
      /<w:ins w:id="\d+" w:author="Immigrant Justice Center" w:date="[^"]*Z">(?:(?!<\/w:ins>).)*Words of the partner\./s,
    );
    expect(strFromU8(parts['word/footnotes.xml'] as Uint8Array)).toContain('A second note.');
    expect([...new Set([...document.matchAll(/w:author="([^"]*)"/g)].map(([, author]) => author))]).toEqual([
      'Immigrant Justice Center',
    ]);
  });

  await test.step('going back takes the second note away, and a partner’s undo leaves it alone', async () => {
    await versions.redline.getByRole('button', { name: 'Go back to this version' }).focus();
    await press('Enter');
    await versions.redline.getByRole('group').getByRole('button', { name: 'Go back to this version' }).focus();
    await press('Enter');
    await expect(versions.redline).toHaveCount(0);
    await expect(notes(center)).toContainText('See the report of 2017.');
    await expect(notes(center)).not.toContainText('A second note.');
    await expect(notes(partner)).not.toContainText('A second note.');
    await workbench.text.focus();
    await press('Control+z');
    await expect(notes(partner)).toContainText('A second note.');
  });

  await test.step('a version kept by itself gets a name', async () => {
    await versions
      .entry('Before going back')
      .first()
      .getByRole('button', { name: /^Name this version/ })
      .focus();
    await press('Enter');
    await page.keyboard.type('Kept for good');
    await press('Enter');
    await expect(versions.entry('Kept for good')).toBeVisible();
  });

  await test.step('in Spanish, in a small window', async () => {
    await workbench.chooseLanguage('Español');
    await center.resize(1280, 720);
    await page.getByRole('button', { name: 'Mostrar el panel' }).waitFor();
    await press('Control+Alt+s');
    await versions.compareWithNow('With one note');
    await expect(versions.notes).toContainText('Nota 2, nueva');
    await press('Control+Shift+s');
    await expect(versions.redline.getByRole('group', { name: /cambios marcados por Immigrant/ })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
    await center.screenshot(testInfo.outputPath('redline-es.png'));
    await press('Escape');
    await press('Escape');
    await expect(versions.redline).toHaveCount(0);
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
