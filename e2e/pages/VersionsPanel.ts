import type { Locator, Page } from '@playwright/test';

/** “Versions” and the redline that takes the place of the page, in both languages. */
export class VersionsPanel {
  readonly page: Page;
  readonly panel: Locator;
  readonly nameField: Locator;
  readonly redline: Locator;
  /** How much changed, in words. */
  readonly counts: Locator;
  /** What changed in footnotes. */
  readonly notes: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: /^(Versions|Versiones)$/ });
    this.nameField = this.panel.getByRole('textbox', { name: /^(Name of this version|Nombre de esta versión)$/ });
    this.redline = page.getByRole('region', { name: /^(What changed|Lo que cambió)$/ });
    this.counts = this.redline.getByRole('status');
    this.notes = this.redline.getByRole('region', { name: /^(Footnotes|Notas al pie)$/ });
  }

  /** Names this moment, by keys alone. */
  async name(name: string): Promise<void> {
    await this.page.keyboard.press('Control+Alt+s');
    await this.nameField.waitFor();
    await this.nameField.evaluate((field) => field === document.activeElement || field.focus());
    await this.page.keyboard.type(name);
    await this.page.keyboard.press('Enter');
    await this.entry(name).waitFor();
  }

  entry(name: string): Locator {
    return this.panel.getByRole('listitem').filter({ hasText: name });
  }

  /** Compares a version with the text as it is, by keys alone. */
  async compareWithNow(name: string): Promise<void> {
    await this.entry(name)
      .getByRole('button', { name: /^(Compare with now|Comparar con ahora)/ })
      .focus();
    await this.page.keyboard.press('Enter');
    await this.redline.locator('.block').first().waitFor();
  }
}
