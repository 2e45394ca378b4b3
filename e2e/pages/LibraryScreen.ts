import type { Locator, Page } from '@playwright/test';

/** The list of complaints on this computer. */
export class LibraryScreen {
  readonly page: Page;
  readonly heading: Locator;
  readonly joinForm: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Complaints', exact: true });
    this.joinForm = page.getByRole('form', { name: 'Join a complaint' });
  }

  row(title: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: title });
  }

  async createFromTemplate(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New complaint' }).click();
    const form = this.page.getByRole('form', { name: 'New complaint' });
    await form.getByLabel('Title').fill(title);
    await form.getByRole('button', { name: 'Create from the CRCL template' }).click();
  }

  async rename(title: string, next: string): Promise<void> {
    await this.page.getByRole('button', { name: `Rename ${title}` }).click();
    await this.page.getByLabel('New title').fill(next);
    await this.page.getByLabel('New title').press('Enter');
  }

  async archive(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Archive ${title}` }).click();
  }

  async openArchive(): Promise<void> {
    await this.page.getByText(/^Archive \(/).click();
  }

  async takeBack(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Take back ${title}` }).click();
  }

  async open(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Open ${title}` }).click();
  }

  /** Fills and sends the form that joins; whether it went well shows afterwards. */
  async tryToJoin(link: string, organizationName: string): Promise<void> {
    if (!(await this.joinForm.isVisible())) await this.page.getByRole('button', { name: 'Join with a link' }).click();
    await this.joinForm.getByLabel('Invitation link').fill(link);
    await this.joinForm.getByLabel('Your organization').fill(organizationName);
    await this.joinForm.getByRole('button', { name: 'Join', exact: true }).click();
  }
}
