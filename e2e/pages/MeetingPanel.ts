import type { Locator, Page } from '@playwright/test';
import { CommandPalette } from './CommandPalette.ts';

/** The relay that this computer runs for a meeting, in the right panel. */
export class MeetingPanel {
  readonly page: Page;
  readonly root: Locator;
  readonly addresses: Locator;
  /** In the status bar, only while it hosts. */
  readonly hostingButton: Locator;
  /** Above the library, only while it hosts. */
  readonly hostingStrip: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('region', { name: 'Host a relay for a meeting' });
    this.addresses = this.root.getByRole('list', { name: 'Addresses to give to the others' }).getByRole('listitem');
    this.hostingButton = page.getByRole('contentinfo').getByRole('button', { name: /^Hosting a meeting/ });
    this.hostingStrip = page.locator('.hosting-strip');
  }

  async open(): Promise<void> {
    if (await this.root.isVisible()) return;
    await new CommandPalette(this.page).run('Host a relay for a meeting');
    await this.root.waitFor();
  }

  /** Tries to host for programs on this computer alone; what came of it shows afterwards. */
  async tryToStart(port: number): Promise<void> {
    await this.root.getByText('Only this computer', { exact: true }).click();
    await this.root.getByLabel('Port', { exact: true }).fill(String(port));
    await this.root.getByRole('button', { name: 'Start hosting' }).click();
  }

  /** As it was the last time. */
  async startAgain(): Promise<void> {
    await this.root.getByRole('button', { name: 'Start hosting' }).click();
    await this.hostingButton.waitFor();
  }

  async stop(): Promise<void> {
    await this.root.getByRole('button', { name: 'Stop hosting' }).click();
    await this.root.getByRole('button', { name: 'Start hosting' }).waitFor();
  }

  /** Presses a button that moves the complaint; resolves when it has been opened anew, over the other relay. */
  async move(button: string): Promise<void> {
    await this.page
      .locator('.block')
      .first()
      .evaluate((block) => block.setAttribute('data-before', 'yes'));
    await this.root.getByRole('button', { name: button }).click();
    await this.page.locator('[data-before]').waitFor({ state: 'detached' });
    await this.page.locator('.block[data-style="numbered"][data-label]').first().waitFor();
  }

  async deleteKept(): Promise<void> {
    await this.root.getByRole('button', { name: 'Delete what meetings left here' }).click();
    await this.root.getByRole('button', { name: 'Delete', exact: true }).click();
    await this.root.getByText('Deleted. Your complaints are unchanged.').waitFor();
  }
}
