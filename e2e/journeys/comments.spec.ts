import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { CENTER, expect, PARTNER, test } from '../fixtures/journey.ts';
import { CommentsPanel } from '../pages/CommentsPanel.ts';

/** A word of a comment that must not be filed. */
const PLANTED = 'Quetzalcoatlus';

test('two organizations discuss words of the text: comment, mention, answer, resolve, reopen, and words that go', async ({
  stage,
}) => {
  test.setTimeout(180_000);
  const { center, partner } = await stage.startTwo();
  const [ours, theirs] = [new CommentsPanel(center.page), new CommentsPanel(partner.page)];
  const words = (await center.workbench.paragraph(2).innerText()).split(/\s+/).slice(1, 4).join(' ');

  await test.step('one comments on words and names the other, with the keys alone', async () => {
    await center.workbench.selectWords(words);
    await ours.write(`Which source? @Der| ${PLANTED}, please check.`);
    await expect(ours.conversation).toContainText('¶ 2');
    await expect(ours.answers).toContainText(`@${PARTNER}`);
    await expect(ours.answers).toContainText(`${CENTER} (you)`);
    await expect(ours.marked()).toHaveText(words);
  });

  await test.step('the other sees it on the page, is told that it waits for them, and answers', async () => {
    await expect(theirs.marked()).toHaveText(words);
    await expect(theirs.forUs).toHaveText('1 comment for you');
    await expect(partner.page.getByRole('status').filter({ hasText: '1 comment for you' })).toHaveCount(1);
    await theirs.openList();
    await theirs.show('Naming us');
    await theirs.entry(PLANTED).press('Enter');
    await theirs.reply('El informe de 2021.');
    await expect(theirs.answers).toContainText('El informe de 2021.');
    await expect(ours.answers).toContainText('El informe de 2021.');
    await expect(ours.answers).toContainText(PARTNER);
    const colors = await Promise.all(
      [ours, theirs].map((panel) =>
        panel
          .marked()
          .first()
          .evaluate((mark) => (mark as HTMLElement).dataset.comment),
      ),
    );
    expect(new Set(colors).size).toBe(1);
  });

  await test.step('nothing can be sent empty or too long, and it is said in words', async () => {
    await theirs.answer.focus();
    await partner.page.keyboard.press('Control+Enter');
    await expect(theirs.conversation.getByRole('alert')).toContainText('Write something first');
    await theirs.answer.fill('x'.repeat(4_002));
    await expect(theirs.conversation.getByRole('alert')).toContainText('2 characters too long');
    await theirs.answer.fill('');
  });

  await test.step('one assigns it, the other resolves it, and it is reopened', async () => {
    await ours.conversation.getByLabel('Who deals with it').selectOption({ label: PARTNER });
    await expect(theirs.conversation.getByLabel('Who deals with it')).toHaveValue(/.+/);
    await theirs.conversation.getByRole('button', { name: 'Mark as resolved' }).press('Enter');
    await expect(ours.conversation).toContainText('✓ Resolved');
    await expect(theirs.forUs).toHaveCount(0);
    await ours.openList();
    await expect(ours.entry(PLANTED)).toHaveCount(0);
    await expect(ours.marked()).toHaveCount(0);
    await ours.show('Resolved');
    await ours.entry(PLANTED).press('Enter');
    await ours.conversation.getByRole('button', { name: 'Reopen' }).press('Enter');
    await expect(theirs.forUs).toHaveText('1 comment for you');
    await expect(ours.marked()).toHaveText(words);
  });

  await test.step('a paragraph and a claim can be commented as well', async () => {
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(3));
    await ours.write('The whole paragraph is long.');
    await expect(ours.conversation).toContainText('¶ 3');
    await expect(theirs.page.locator('.block[data-comment]')).toHaveCount(1);
    await center.workbench.text.locator('.claim').first().click();
    await center.page.keyboard.press('ArrowRight');
    await center.workbench.closePanel();
    await center.workbench.rightPanel.getByRole('button', { name: 'Comment', exact: true }).first().press('Enter');
    await ours.newComment.waitFor();
    await center.workbench.type('Who can prove this?');
    await center.page.keyboard.press('Control+Enter');
    await expect(ours.conversation).toContainText('Claim');
  });

  await test.step('the words go; the comment stays under “Without a place” with what it was about', async () => {
    await partner.workbench.selectWords(words);
    await partner.page.keyboard.press('Delete');
    await ours.openList();
    await expect(ours.group('Without a place')).toContainText(PLANTED);
    await expect(ours.group('Without a place')).toContainText(words);
    await expect(ours.group('In the text')).toContainText('The whole paragraph is long.');
    await expect(ours.group('On exhibits and claims')).toContainText('Who can prove this?');
  });

  await test.step('what is filed holds no word of it', async () => {
    const filed = join(stage.folder, 'filed.docx');
    await center.answerSaveDialog(filed);
    await center.workbench.buildFiling();
    const text = readZipText(await readFile(filed));
    expect(text).toContain('The');
    expect(text).not.toContain(PLANTED);
    expect(text).not.toContain('cm_');
  });

  await test.step('every screen of it passes the accessibility rules, in both languages and colors', async () => {
    await ours.openList();
    for (const language of ['English', 'Español'] as const) {
      await center.workbench.chooseLanguage(language);
      for (const scheme of ['light', 'dark'] as const) await inspect(center, ours, `${language}-${scheme}`, scheme);
    }
    await center.workbench.status.getByRole('combobox').selectOption({ label: 'English' });
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});

async function inspect(app: AlegatoApp, panel: CommentsPanel, name: string, scheme: string): Promise<void> {
  await app.page.evaluate((theme) => {
    document.documentElement.dataset['theme'] = theme;
  }, scheme);
  await panel.page.keyboard.press('Control+Alt+Shift+m');
  await expect(panel.list).toBeVisible();
  expect(await findViolations(app.page)).toEqual([]);
  await app.screenshot(test.info().outputPath(`comments-list-${name}.png`));
  await panel.entry(PLANTED).press('Enter');
  await expect(panel.conversation).toContainText(PLANTED);
  expect(await findViolations(app.page)).toEqual([]);
  await app.screenshot(test.info().outputPath(`comments-thread-${name}.png`));
}

/** Every part of a package, unpacked and joined: enough to look for a word. */
function readZipText(file: Buffer): string {
  let text = '';
  for (
    let at = file.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = file.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  ) {
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(start, start + file.readUInt32LE(at + 20));
    text += (file.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
  }
  return text;
}
