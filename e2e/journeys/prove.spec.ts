import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../renderer/i18n/en.ts';
import { writePdf, writePhoto } from '../fixtures/exhibitFiles.ts';
import { expect, test } from '../fixtures/journey.ts';

const CLAIM = 'no officer has ever named the database that listed her';

test('a claim is proved by pages, and labels follow the text on every screen', async ({ stage }) => {
  test.setTimeout(150_000);
  const { center, partner } = await stage.startTwo();
  const both = [center, partner];
  const { workbench } = center;
  const citations = (app: typeof center) => app.workbench.paragraph(2).locator('.citation');

  await test.step('selected words become a claim that nothing proves yet', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await workbench.type(` To this day, ${CLAIM}.`);
    await workbench.selectWords(CLAIM);
    await workbench.markClaim();
    for (const app of both)
      await expect(
        app.workbench.text.locator('.claim[data-proof="missing"]').filter({ hasText: CLAIM }),
      ).toBeAttached();
  });
  const before = await citations(center).count();

  await test.step('the picker links a page, and the citation appears on both screens', async () => {
    await workbench.linkExhibit('Testimony of Richard', 7);
    for (const app of both) {
      await expect(citations(app)).toHaveCount(before + 1);
      await expect(citations(app).last()).toHaveText(/^\(Ex\.\s[A-Z]+\sat\s7\)$/);
      await expect(app.workbench.text.locator('.claim[data-proof="thin"]').filter({ hasText: CLAIM })).toBeAttached();
    }
  });

  await test.step('words dragged over in the exhibit link their page with the quote', async () => {
    await workbench.selectWords(CLAIM);
    await workbench.openTab('Exhibits');
    await workbench.exhibits.open('Cristosal, report');
    await workbench.viewer.turnTo(4);
    await workbench.viewer.dragOver('Cristosal, report');
    await expect(workbench.viewer.quote()).toHaveValue(/Cristosal, report/);
    await workbench.viewer.useQuote(4);
    for (const app of both) {
      await expect(citations(app)).toHaveCount(before + 2);
      await expect(app.workbench.paragraph(2)).toContainText(/\(Ex\.\s[A-Z]+\sat\s4\)/);
      await expect(app.workbench.text.locator('.claim[data-proof="proved"]').filter({ hasText: CLAIM })).toBeAttached();
    }
  });

  await test.step('an exhibit cited earlier takes the first letter, and every label moves on both screens', async () => {
    const labels = await workbench.citations().allTextContents();
    await workbench.placeCaretAtStart(workbench.paragraph(1));
    await workbench.cite('2018 human rights', 5);
    for (const app of both) {
      await expect(app.workbench.citations().first()).toHaveText('(Ex. A at 5)');
      await expect(app.workbench.citations()).toHaveText(['(Ex. A at 5)', ...labels.map(nextLetter)]);
    }
  });

  await test.step('the partner follows a citation to its page, and jumps back', async () => {
    const { viewer } = partner.workbench;
    const cited = citations(partner)
      .filter({ hasText: /at\s7\)/ })
      .last();
    await partner.workbench.openCitation(cited);
    await expect(viewer.root).toContainText('Testimony of Richard');
    expect(await viewer.pageNumber()).toBe('7');
    await partner.workbench.paragraph(40).scrollIntoViewIfNeeded();
    await viewer.backToText();
    await expect(viewer.root).toHaveCount(0);
    await expect(cited).toBeInViewport();
    await expect(partner.workbench.text).toBeFocused();
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});

/** The label after another exhibit has taken the first letter: one letter on. */
function nextLetter(label: string): string {
  return label.replace(
    /^\(Ex\.\s[A-Z](?=[\s)-])/,
    (start) => start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + 1),
  );
}

test('originals stay here; anonymized copies reach the partner without what a camera writes', async ({ stage }) => {
  test.setTimeout(150_000);
  const { center, partner } = await stage.startTwo();
  const { workbench } = center;
  const files = {
    original: join(stage.folder, 'intake-maria.pdf'),
    copy: join(stage.folder, 'affidavit-clean.pdf'),
    photo: join(stage.folder, 'doorway.png'),
  };
  const secret = 'GPS 13.6929N 89.2182W';
  await writePdf(files.original, ['Intake with a real name']);
  await writePdf(files.copy, ['Affidavit, page one', 'Affidavit, page two']);
  await writePhoto(files.photo, secret);
  await workbench.openTab('Exhibits');
  await partner.workbench.openTab('Exhibits');

  await test.step('files come by button and by drop', async () => {
    await center.answerOpenDialog([files.original, files.photo]);
    await workbench.exhibits.chooseFiles();
    await workbench.exhibits.dropFiles([files.copy]);
    for (const name of ['intake-maria.pdf', 'doorway.png', 'affidavit-clean.pdf'])
      await expect(workbench.exhibits.waiting(name)).toBeVisible();
  });

  await test.step('an original stays on this computer and cannot be linked', async () => {
    await workbench.exhibits.keepAsOriginal('intake-maria.pdf');
    await workbench.exhibits.askToLinkOriginal('intake-maria.pdf');
    await expect(center.page.locator('[data-notice="original-not-linkable"]')).toContainText(
      en.notices['original-not-linkable'],
    );
    const unsupported = await workbench.openUnsupported();
    await unsupported.getByRole('listitem').getByRole('button').click();
    await workbench.rightPanel.getByRole('button', { name: 'Link an exhibit…' }).click();
    await workbench.rightPanel.getByRole('combobox', { name: 'Find an exhibit' }).fill('intake');
    const option = workbench.rightPanel.getByRole('option').filter({ hasText: 'intake-maria.pdf' });
    await expect(option).toHaveAttribute('aria-disabled', 'true');
    await expect(option).toContainText('Original, here only: cannot be linked');
  });

  await test.step('an anonymized PDF reaches the partner, who opens it', async () => {
    await workbench.exhibits.addAsAnonymizedCopy('affidavit-clean.pdf', 'Affidavit of a neighbor');
    await expect(partner.workbench.exhibits.exhibit('Affidavit of a neighbor')).toBeVisible();
    await partner.workbench.exhibits.open('Affidavit of a neighbor');
    await expect(partner.workbench.viewer.paper).toBeVisible();
    await expect(partner.workbench.viewer.root).toContainText('of 2');
    const sha256 = createHash('sha256')
      .update(await readFile(files.copy))
      .digest('hex');
    await expect(partner.workbench.viewer.root.locator('.hash-line .mono')).toHaveAttribute('title', sha256);
  });

  await test.step('an anonymized photo arrives without its metadata', async () => {
    await workbench.exhibits.addAsAnonymizedCopy('doorway.png', 'Photograph of a doorway');
    await expect(partner.workbench.exhibits.exhibit('Photograph of a doorway')).toBeVisible();
    await partner.workbench.viewer.watchImages();
    await partner.workbench.exhibits.open('Photograph of a doorway');
    await expect(partner.workbench.viewer.image).toBeVisible();
    const shown = await partner.workbench.viewer.root.locator('.hash-line .mono').getAttribute('title');
    expect(shown).not.toBe(
      createHash('sha256')
        .update(await readFile(files.photo))
        .digest('hex'),
    );
    const arrived = await partner.workbench.viewer.readImage();
    expect(arrived.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(createHash('sha256').update(arrived).digest('hex')).toBe(shown);
    expect(arrived.includes(secret)).toBe(false);
    expect((await readFile(files.photo)).includes(secret)).toBe(true);
  });

  await test.step('the partner never hears of the original', async () => {
    await expect(partner.workbench.exhibits.panel).toContainText('No originals here.');
    await expect(partner.page.locator('body')).not.toContainText('intake-maria');
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
