import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { turnedPhoto, writePhoto } from '../fixtures/exhibitFiles.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';
import { ImagePopover } from '../pages/ImagePopover.ts';

const SECRET = 'Lat 13.6929 Ana Cecilia';
const ALT = 'Map of the checkpoints on the road to Santa Ana';

test('an image is inserted by keyboard with words, read by both, edited, and filed', async ({ stage }, testInfo) => {
  test.setTimeout(240_000);
  const { center, partner, relay } = await stage.startTwo();
  const here = new ImagePopover(center.page);
  const there = new ImagePopover(partner.page);
  const image = (app: AlegatoApp, name: string) => app.page.getByRole('img', { name, exact: true });
  const picture = (app: AlegatoApp, name: string) => app.screenshot(testInfo.outputPath(`${name}.png`));
  const photo = join(stage.folder, 'photo.png');
  await writePhoto(photo, SECRET);
  const photoBytes = new Uint8Array(await readFile(photo));

  await test.step('without words, and before somebody looked, nothing is inserted', async () => {
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(2));
    await center.page.keyboard.press('Control+Alt+p');
    await expect(here.inserting).toBeVisible();
    await here.choose(photo);
    await expect(here.inserting.getByRole('img')).toBeVisible();
    await here.inserting.getByRole('button', { name: 'Insert image' }).press('Enter');
    await expect(here.inserting.getByRole('alert')).toHaveCount(2);
    expect(await findViolations(center.page)).toEqual([]);
    await picture(center, 'asked');
  });

  await test.step('with them it is, and the partner reads its words', async () => {
    await here.description.fill(ALT);
    await here.looked.press('Space');
    await here.inserting.getByRole('button', { name: 'Insert image' }).press('Enter');
    await expect(here.inserting).toBeHidden();
    for (const app of [center, partner]) {
      await expect(image(app, ALT)).toBeVisible();
      await image(app, ALT).scrollIntoViewIfNeeded();
      await expect(image(app, ALT).locator('img')).toHaveJSProperty('naturalWidth', 64);
    }
    expect(await findViolations(partner.page)).toEqual([]);
    await picture(partner, 'partner');
  });

  await test.step('the partner sees its pixels', async () => {
    const shown = await image(partner, ALT)
      .locator('img')
      .evaluate(async (element) => {
        const canvas = document.createElement('canvas');
        const { naturalWidth, naturalHeight } = element as HTMLImageElement;
        canvas.width = naturalWidth;
        canvas.height = naturalHeight;
        const context = canvas.getContext('2d');
        context?.drawImage(element as HTMLImageElement, 0, 0);
        return [...(context?.getImageData(10, 10, 1, 1).data ?? [])];
      });
    expect(shown).toEqual([40, 50, 128, 255]);
  });

  await test.step('keys change its width, Enter its words; the partner sees both', async () => {
    await image(center, ALT).click();
    await expect(image(center, ALT)).toHaveClass(/selected/);
    const before = (await image(partner, ALT).boundingBox())?.width ?? 0;
    for (let times = 0; times < 4; times += 1) await center.page.keyboard.press('+');
    await expect.poll(async () => (await image(partner, ALT).boundingBox())?.width ?? 0).toBeGreaterThan(before * 2);
    await center.page.keyboard.press('Enter');
    await expect(here.editing).toBeVisible();
    await expect(here.editing).toContainText('Looked at on');
    expect(await findViolations(center.page)).toEqual([]);
    await picture(center, 'edit');
    await here.description.fill('');
    await here.editing.getByRole('button', { name: 'Save' }).click();
    await expect(here.editing.getByRole('alert')).toBeVisible();
    await here.description.fill(`${ALT}, 2018`);
    await here.editing.getByRole('button', { name: 'Save' }).click();
    await expect(image(partner, `${ALT}, 2018`)).toBeVisible();
  });

  await test.step('a picture that is pasted or dropped asks for words too; another kind is refused', async () => {
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(3));
    await here.paste(center.workbench.text, photoBytes, 'image/png');
    await expect(here.inserting.getByRole('img')).toBeVisible();
    await center.page.keyboard.press('Escape');
    await expect(here.inserting).toBeHidden();
    await here.drop(center.workbench.paragraph(3), photoBytes, 'image/png');
    await expect(here.inserting.getByRole('img')).toBeVisible();
    await center.page.keyboard.press('Escape');
    await here.paste(center.workbench.text, turnedPhoto(SECRET), 'image/jpeg');
    await expect(here.inserting).toContainText('16 × 24 pixels');
    await center.page.keyboard.press('Escape');
    await here.drop(center.workbench.paragraph(3), new TextEncoder().encode('GIF89a'), 'image/gif');
    await expect(here.inserting.getByRole('alert')).toContainText('neither a PNG nor a JPEG');
    await center.page.keyboard.press('Escape');
    await expect(image(center, ALT)).toHaveCount(0);
    await expect(center.workbench.text.locator('.image')).toHaveCount(1);
  });

  await test.step('the filing holds it with its words, and without its notes', async () => {
    const file = join(stage.folder, 'filing.docx');
    await center.answerSaveDialog(file);
    await center.workbench.buildFiling();
    const parts = unzipSync(new Uint8Array(await readFile(file)));
    expect(Buffer.from(parts['word/document.xml'] as Uint8Array).toString()).toContain(`descr="${ALT}, 2018"`);
    const kept = Buffer.from(parts['word/media/image1.png'] as Uint8Array);
    expect(kept.subarray(1, 4).toString()).toBe('PNG');
    expect(kept.includes('Ana')).toBe(false);
    await center.workbench.closePanel();
  });

  await test.step('while files are paused the partner reads the words and where the file is', async () => {
    await relay.goAway();
    await expect(center.workbench.status).toContainText('Relay away');
    await center.workbench.paragraph(4).click();
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(4));
    await center.page.keyboard.press('Control+Alt+p');
    await writePhoto(photo, SECRET, 60);
    await here.choose(photo);
    await here.description.fill('The form that officers fill in');
    await here.looked.check();
    await here.inserting.getByRole('button', { name: 'Insert image' }).click();
    await center.workbench.openTab('Exhibits');
    await center.page.getByRole('button', { name: 'Pause files' }).click();
    await relay.comeBack();
    const waiting = partner.page.getByRole('img', {
      name: /^The form that officers fill in \(Not on this computer yet/,
    });
    const placeholder = partner.page.locator('.image').filter({ hasText: 'The form that officers fill in' });
    await placeholder.scrollIntoViewIfNeeded();
    await expect(waiting).toBeVisible();
    await waiting.dblclick();
    await expect(there.editing).toContainText('Only with Immigrant Justice Center');
    await picture(partner, 'waiting');
    await partner.page.keyboard.press('Escape');
    await center.page.getByRole('button', { name: 'Let files go on' }).click();
    await expect(image(partner, 'The form that officers fill in').locator('img')).toHaveJSProperty('naturalWidth', 60);
  });

  await test.step('in Spanish; a suggestion of an image; undo and removal', async () => {
    await partner.workbench.paragraph(5).click();
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(5));
    await partner.workbench.chooseLanguage('Español');
    await partner.page.keyboard.press('Control+Alt+g');
    await partner.page.keyboard.press('Control+Alt+p');
    await there.choose(photo);
    await there.description.fill('Fotografía de la orden de captura');
    await there.looked.check();
    await picture(partner, 'spanish');
    await there.inserting.getByRole('button', { name: 'Insertar imagen' }).click();
    await expect(image(center, 'Fotografía de la orden de captura')).toHaveClass(/suggest-ins/);
    await partner.page.keyboard.press('Control+z');
    await expect(image(center, 'Fotografía de la orden de captura')).toHaveCount(0);
    await image(center, `${ALT}, 2018`).click();
    await center.page.keyboard.press('Delete');
    await expect(image(partner, `${ALT}, 2018`)).toHaveCount(0);
    await center.page.keyboard.press('Control+z');
    await expect(image(partner, `${ALT}, 2018`).locator('img')).toHaveJSProperty('naturalWidth', 64);
  });

  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
