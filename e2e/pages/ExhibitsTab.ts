import type { Locator, Page } from '@playwright/test';

/** The exhibit register in the left sidebar. */
export class ExhibitsTab {
  readonly page: Page;
  readonly panel: Locator;
  readonly refused: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: 'Exhibits', exact: true });
    this.refused = page.locator('.refused-files');
  }

  /** Chooses files with the button; the open dialog must have been answered before. */
  async chooseFiles(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Add files…' }).click();
  }

  /** Drops files of the desktop on the register. */
  async dropFiles(files: readonly string[]): Promise<void> {
    const box = await this.panel.boundingBox();
    if (!box) throw new Error('The register is not on the screen.');
    const at = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + 40) };
    const session = await this.page.context().newCDPSession(this.page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', {
        type,
        ...at,
        data: { items: [], files: [...files], dragOperationsMask: 1 },
      });
    }
    await session.detach();
  }

  waiting(fileName: string): Locator {
    return this.panel.locator('.staged-file').filter({ hasText: fileName });
  }

  async keepAsOriginal(fileName: string): Promise<void> {
    await this.waiting(fileName).getByText('Original, here only').click();
    await this.waiting(fileName).getByRole('button', { name: 'Keep as original' }).click();
    await this.original(fileName).waitFor();
  }

  async addAsAnonymizedCopy(fileName: string, title: string): Promise<void> {
    const file = this.waiting(fileName);
    await file.getByText('Anonymized copy', { exact: true }).click();
    await file.getByLabel('Title').fill(title);
    await file.getByRole('button', { name: 'Add as anonymized copy' }).click();
    await file.waitFor({ state: 'detached' });
  }

  original(fileName: string): Locator {
    return this.panel.locator('.original-row').filter({ hasText: fileName });
  }

  /** Asks to link an original; the button says why it cannot be, and is marked as disabled all the while. */
  async askToLinkOriginal(fileName: string): Promise<void> {
    await this.original(fileName).getByRole('button', { name: 'Link' }).click({ force: true });
  }

  exhibit(title: string): Locator {
    return this.panel.locator('.exhibit-row').filter({ hasText: title });
  }

  /** Opens an exhibit in the right panel. */
  async open(title: string): Promise<void> {
    await this.exhibit(title).locator('.exhibit-row__open').click();
  }

  /** Where the file of an exhibit is, in the words of its row. */
  state(title: string): Locator {
    return this.exhibit(title).locator('.exhibit-row__where');
  }

  /** Opens what the register says about an exhibit. */
  async details(title: string): Promise<void> {
    await this.exhibit(title).hover();
    await this.exhibit(title).getByRole('button', { name: 'Details of' }).click();
  }
}
