import type { Locator, Page } from '@playwright/test';

/** “Since you were last here”, in both languages. */
export class ActivityPanel {
  readonly page: Page;
  readonly panel: Locator;
  /** In the status bar, while there is something new. */
  readonly offer: Locator;
  readonly markRead: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: /^(Since you were last here|Desde su última visita)$/ });
    this.offer = page
      .getByRole('contentinfo')
      .getByRole('button', { name: /since you were last here|desde su última visita/ });
    this.markRead = this.panel.getByRole('button', { name: /^(Mark all as read|Marcar todo como leído)$/ });
  }

  async openByKey(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+l');
    await this.panel.waitFor();
  }

  /** What one organization changed. */
  of(organizationName: string): Locator {
    return this.panel.getByRole('region', { name: organizationName });
  }

  /** The entry that holds the words. */
  entry(organizationName: string, words: string): Locator {
    return this.of(organizationName).getByRole('button').filter({ hasText: words });
  }
}
