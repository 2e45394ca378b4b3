import type { Locator, Page } from '@playwright/test';

/** The exhibit that the right panel shows. */
export class ExhibitViewer {
  readonly page: Page;
  readonly root: Locator;
  readonly paper: Locator;
  readonly image: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator('.exhibit-viewer');
    this.paper = this.root.locator('.pdf-page[aria-busy="false"] canvas');
    this.image = this.root.locator('img.image-page');
  }

  pageNumber(): Promise<string> {
    return this.root.getByRole('textbox', { name: 'Page', exact: true }).inputValue();
  }

  async turnTo(page: number): Promise<void> {
    const field = this.root.getByRole('textbox', { name: 'Page', exact: true });
    await field.fill(String(page));
    await field.press('Enter');
    await this.root
      .getByRole('document', { name: `Page ${page}` })
      .locator('canvas')
      .waitFor();
  }

  /** Drags over the first line that holds `words`, as a hand with a mouse does. */
  async dragOver(words: string): Promise<void> {
    const line = this.root.locator('.pdf-text span').filter({ hasText: words }).first();
    await line.scrollIntoViewIfNeeded();
    const box = await line.boundingBox();
    if (!box) throw new Error(`“${words}” is not on the page.`);
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + 1, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width / 2, y, { steps: 4 });
    await this.page.mouse.move(box.x + box.width - 1, y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** The words that will be quoted. */
  quote(): Locator {
    return this.root.getByLabel('Words quoted from this page');
  }

  async useQuote(page: number): Promise<void> {
    await this.root.getByRole('button', { name: `Quote from page ${page}` }).click();
    await this.root.getByText(`Linked to page ${page}`).waitFor();
  }

  async backToText(): Promise<void> {
    await this.root.getByRole('button', { name: 'Back to the text' }).click();
  }

  /** Keeps every picture that the window makes from now on, so that `readImage` can look at its bytes. */
  async watchImages(): Promise<void> {
    await this.page.evaluate(() => {
      const kept: Blob[] = [];
      Object.assign(globalThis, { keptImages: kept });
      const make = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (object) => {
        if (object instanceof Blob && object.type.startsWith('image/')) kept.push(object);
        return make(object);
      };
    });
  }

  /** The bytes of the picture made last; `watchImages` must have been called before it was opened. */
  async readImage(): Promise<Buffer> {
    const text = await this.page.evaluate(async () => {
      const last = (globalThis as unknown as { keptImages: Blob[] }).keptImages.at(-1);
      if (!last) throw new Error('No picture was made.');
      return Array.from(new Uint8Array(await last.arrayBuffer()), (byte) => String.fromCharCode(byte)).join('');
    });
    return Buffer.from(text, 'latin1');
  }
}
