import type { Locator, Page } from '@playwright/test';

/** Settings, in the right panel or beside the library. */
export class SettingsPanel {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('region', { name: 'Settings' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings' }).click();
    await this.root.waitFor();
  }

  async chooseColors(name: 'As the system' | 'Light' | 'Dark'): Promise<void> {
    await this.root.getByText(name, { exact: true }).click();
  }
}
