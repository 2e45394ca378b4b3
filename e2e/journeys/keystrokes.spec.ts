import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey.ts';
import { MembersPanel } from '../pages/MembersPanel.ts';

const CLINIC = 'Law Clinic';
const TITLE = 'Foreign gang data in asylum cases';

/** Presses one key after another without pause until it is told to stop. Gives what should stand in the text. */
class Hands {
  private readonly page: Page;
  private typed = ' ';
  private going = true;
  private readonly running: Promise<void>;

  constructor(page: Page) {
    this.page = page;
    this.running = this.run();
  }

  /** Resolves when so many further keys were pressed. */
  async press(keys: number): Promise<void> {
    const goal = this.typed.length + keys;
    await expect.poll(() => this.typed.length, { intervals: [10] }).toBeGreaterThanOrEqual(goal);
  }

  async stop(): Promise<string> {
    this.going = false;
    await this.running;
    return this.typed;
  }

  private async run(): Promise<void> {
    await this.page.keyboard.press(' ');
    for (let at = 0; this.going; at++) {
      // A word now and then, as a person types: the text wraps, and a lost key shows where it was.
      const key = at % 8 === 7 ? ' ' : String.fromCharCode(97 + (at % 26));
      await this.page.keyboard.press(key);
      this.typed += key;
    }
  }
}

test('no key is lost while the complaint moves to another relay under the hands of its owner', async ({ stage }) => {
  test.setTimeout(150_000);
  const { center, partner } = await stage.startTwo();
  const paragraph = center.workbench.paragraph(2);
  const text = await paragraph.textContent();
  const hands = await test.step('the owner types without pause and moves the room meanwhile', async () => {
    const first = await stage.relay();
    await center.workbench.palette.run('Move to another relay');
    const panel = center.workbench.rightPanel;
    await panel.getByLabel('Address of the new relay').fill(first.url);
    await center.workbench.placeCaretAtEnd(paragraph);
    const typing = new Hands(center.page);
    await typing.press(10);
    // Pressed without taking the focus, as a screen reader does it.
    await panel.getByRole('button', { name: 'Move there' }).evaluate((button) => (button as HTMLButtonElement).click());
    await expect(panel).toContainText(`This computer now uses ${first.url}.`);
    await typing.press(30);
    return typing;
  });
  const typed = await hands.stop();
  await expect(paragraph).toHaveText(`${text}${typed}`);
  await expect(center.workbench.text).toBeFocused();
  await center.workbench.type('!');
  await expect(paragraph).toHaveText(`${text}${typed}!`);
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});

test('the caret stays behind the letter of the very frame in which the text is built anew, in the text and in a note', async ({
  stage,
}) => {
  test.setTimeout(150_000);
  const { center, partner } = await stage.startTwo();
  const { page, workbench } = center;
  const note = page.getByRole('group', { name: 'Footnote 1', exact: true });
  const places = [
    {
      words: workbench.paragraph(2),
      box: workbench.text,
      enter: () => workbench.placeCaretAtEnd(workbench.paragraph(2)),
    },
    {
      words: note.locator('.block'),
      box: page.getByRole('textbox', { name: 'Text of the footnotes' }),
      async enter() {
        await workbench.placeCaretAtEnd(workbench.paragraph(3));
        await page.keyboard.press('Control+Alt+f');
        await workbench.type('See the report.');
      },
    },
  ];
  for (const { words, box, enter } of places) {
    const { url } = await stage.relay();
    await workbench.palette.run('Move to another relay');
    const panel = workbench.rightPanel;
    await panel.getByLabel('Address of the new relay').fill(url);
    await enter();
    const before = await words.textContent();
    // No frame comes between the letter and the new text.
    await page.evaluate(async () => {
      const request = window.requestAnimationFrame;
      for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => request(resolve));
      const held: FrameRequestCallback[] = [];
      window.requestAnimationFrame = (run) => held.push(run);
      Object.assign(window, {
        releaseFrames() {
          window.requestAnimationFrame = request;
          for (const run of held) request(run);
        },
      });
    });
    await page.keyboard.press('a');
    await panel.getByRole('button', { name: 'Move there' }).evaluate((button) => (button as HTMLButtonElement).click());
    await expect(panel).toContainText(`This computer now uses ${url}.`);
    await page.evaluate(() => (window as unknown as { releaseFrames(): void }).releaseFrames());
    await page.keyboard.press('b');
    await expect(words).toHaveText(`${before}ab`);
    await expect(box).toBeFocused();
  }
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});

test('no key is lost while a member is removed under the hands of another', async ({ stage }) => {
  test.setTimeout(200_000);
  const { center, partner } = await stage.startTwo();
  const members = new MembersPanel(center.page);
  const link = await members.invite({ forWhom: 'The clinic', role: 'Editor' });
  const clinic = await stage.start('clinic');
  await clinic.workbench.ready();
  await clinic.workbench.backToLibrary();
  await clinic.workbench.join(link, CLINIC);
  await clinic.workbench.title(TITLE).waitFor();
  await clinic.workbench.ready();
  await members.open();
  const question = await members.askToRemove(CLINIC);

  const paragraph = partner.workbench.paragraph(2);
  const before = await paragraph.textContent();
  await partner.workbench.placeCaretAtEnd(paragraph);
  await clinic.workbench.placeCaretAtEnd(clinic.workbench.paragraph(4));
  const hands = new Hands(partner.page);
  const others = new Hands(clinic.page);
  await hands.press(10);
  await others.press(10);
  await question.getByRole('button', { name: `Remove “Their computer” of ${CLINIC}` }).click();
  await expect(members.root).toContainText(`“Their computer” of ${CLINIC} is removed.`);
  await expect(clinic.workbench.status).toContainText('This computer was removed; nothing new arrives');
  await hands.press(40);
  await others.stop();
  const typed = await hands.stop();
  await expect(paragraph).toHaveText(`${before}${typed}`);
  await expect(center.workbench.paragraph(2)).toHaveText(`${before}${typed}`);
  await expect(partner.workbench.text).toBeFocused();
  await partner.workbench.type('!');
  await expect(center.workbench.paragraph(2)).toHaveText(`${before}${typed}!`);
  expect([...center.consoleErrors, ...partner.consoleErrors, ...clinic.consoleErrors]).toEqual([]);
});
