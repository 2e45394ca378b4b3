import type { Locator, Page } from '@playwright/test';

/** “Search or run”. */
export class CommandPalette {
  readonly page: Page;
  readonly dialog: Locator;
  readonly field: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: 'Search or run' });
    this.field = this.dialog.getByRole('combobox');
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.field.waitFor();
  }

  /** Finds a command by its words and runs it, by keys alone. */
  async run(command: string): Promise<void> {
    await this.open();
    await this.page.keyboard.type(command);
    await this.dialog.locator('[role="option"][aria-selected="true"]').filter({ hasText: command }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.dialog.waitFor({ state: 'detached' });
  }
}
