import type { Locator, Page } from '@playwright/test';

/** Passphrase, recovery kit and backups, under the settings; and the screen that asks for the passphrase. */
export class SecurityPanel {
  readonly page: Page;
  readonly root: Locator;
  readonly unlockHeading: Locator;
  /** Where the panel says what it has done. */
  readonly said: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('region', { name: 'Security and backups' });
    this.unlockHeading = page.getByRole('heading', { name: 'Your complaints are locked' });
    this.said = this.root.getByRole('status');
  }

  async open(): Promise<void> {
    if (await this.root.isVisible()) return;
    await this.page.getByRole('button', { name: 'Settings' }).click();
    await this.root.waitFor();
  }

  async setPassphrase(next: string): Promise<void> {
    await this.root.getByRole('button', { name: 'Set a passphrase' }).click();
    await this.fillForm(null, next);
  }

  /** Sends the form that changes it; what came of it shows afterwards. */
  async changePassphrase(current: string, next: string): Promise<void> {
    await this.root.getByRole('button', { name: 'Change passphrase' }).click();
    await this.fillForm(current, next);
  }

  async fillForm(current: string | null, next: string): Promise<void> {
    if (current !== null) await this.page.getByLabel('Present passphrase').fill(current);
    await this.page.getByLabel('New passphrase').fill(next);
    await this.page.getByLabel('The same again').fill(next);
    await this.page.getByRole('button', { name: 'Set this passphrase' }).click();
  }

  async lock(): Promise<void> {
    await this.root.getByRole('button', { name: 'Lock now' }).click();
    await this.unlockHeading.waitFor();
  }

  async tryPassphrase(passphrase: string): Promise<void> {
    await this.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await this.page.getByRole('button', { name: 'Open', exact: true }).click();
  }

  /** Begins a kit and returns its code as it stands on screen. */
  async beginKit(): Promise<string> {
    await this.root.getByRole('button', { name: /^Make a (recovery kit|new kit)$/ }).click();
    const groups = this.root.getByRole('list', { name: 'Your recovery code' }).getByRole('listitem');
    await groups.first().waitFor();
    return (await groups.locator('span').allInnerTexts()).join('-');
  }

  async confirmKit(code: string): Promise<void> {
    await this.root.getByLabel('Type the last group from your paper').fill(code.slice(-5));
    await this.root.getByRole('button', { name: 'I have it' }).click();
  }

  async backUpNow(): Promise<void> {
    await this.root.getByRole('button', { name: 'Back up now' }).click();
    await this.root.getByText('The backup is made and checked.').waitFor();
  }

  backups(): Locator {
    return this.root.getByRole('list', { name: 'Backups, newest first' }).locator(':scope > li');
  }

  /** Chooses the file that the open dialog is answered with, and opens it with the recovery code. */
  async restoreFile(button: string, code: string): Promise<void> {
    await this.page.getByRole('button', { name: button }).click();
    const form = this.page.getByRole('region', { name: 'Restore from a backup' });
    await form.getByRole('button', { name: 'Use the recovery kit' }).click();
    await form.getByLabel('Recovery code').fill(code);
    await form.getByRole('button', { name: 'Restore', exact: true }).click();
  }
}
