import type { Locator, Page } from '@playwright/test';

export type RoleName = 'Owner' | 'Editor' | 'Reviewer' | 'Reader';

/** Who is in the open complaint, and the form that invites. */
export class MembersPanel {
  readonly page: Page;
  readonly root: Locator;
  readonly inviteForm: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('region', { name: 'Members', exact: true });
    this.inviteForm = page.getByRole('region', { name: 'Invite somebody', exact: true });
  }

  async open(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: 'Members', exact: true }).click();
    await this.root.getByRole('heading', { level: 3 }).first().waitFor();
  }

  /** Makes an invitation and gives its link. The relay is asked for only while there is none. */
  async invite(invitation: {
    forWhom: string;
    role: RoleName;
    ownFurther?: boolean;
    relayUrl?: string;
    organizationName?: string;
  }): Promise<string> {
    const { forWhom, role, ownFurther = false, relayUrl, organizationName } = invitation;
    await this.page.getByRole('banner').getByRole('button', { name: 'Invite', exact: true }).click();
    const form = this.inviteForm;
    const another = form.getByRole('button', { name: 'Make another link' });
    await form.getByLabel('For whom').or(another).first().waitFor();
    if (await another.isVisible()) await another.click();
    await form.getByLabel('For whom').fill(forWhom);
    await form.getByRole('radio', { name: role, exact: true }).check();
    if (ownFurther) await form.getByRole('radio', { name: 'A further computer of ours' }).check();
    if (organizationName) await form.getByLabel('Your organization').fill(organizationName);
    if (relayUrl) await form.getByLabel('Relay address').fill(relayUrl);
    await form.getByRole('button', { name: 'Make invitation link' }).click();
    const link = form.getByLabel('Invitation link');
    await link.waitFor();
    return link.inputValue();
  }

  organization(name: string): Locator {
    return this.root.getByRole('region', { name });
  }

  invitation(forWhom: string): Locator {
    return this.root.locator('.invitation').filter({ hasText: forWhom });
  }

  /** Opens the digits with an organization and gives them as they are read out: twelve groups. */
  async readSafetyNumber(name: string): Promise<string[]> {
    const group = this.root.getByRole('group', { name: `Safety number with ${name}` });
    if (!(await group.isVisible())) await this.root.getByRole('button', { name: `Safety number with ${name}` }).click();
    await group.waitFor();
    return group.locator('.safety-digits li').allTextContents();
  }

  async confirmSafetyNumber(name: string): Promise<void> {
    await this.root.getByRole('button', { name: `They match: ${name}` }).click();
  }

  /** Asks to take an open invitation back; the question stands open afterwards. */
  async askToWithdraw(forWhom: string): Promise<Locator> {
    await this.root.getByRole('button', { name: `Withdraw the invitation: ${forWhom}…` }).click();
    const question = this.root.getByRole('alertdialog');
    await question.waitFor();
    return question;
  }

  /** Asks to remove the only computer of an organization; the question stands open afterwards. */
  async askToRemove(name: string): Promise<Locator> {
    await this.organization(name)
      .getByRole('button', { name: /^Remove “/ })
      .click();
    const question = this.root.getByRole('alertdialog');
    await question.waitFor();
    return question;
  }
}
