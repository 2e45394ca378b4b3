import type { Locator, Page } from '@playwright/test';
import { CommandPalette } from './CommandPalette.ts';
import { ExhibitsTab } from './ExhibitsTab.ts';
import { ExhibitViewer } from './ExhibitViewer.ts';
import { LibraryScreen } from './LibraryScreen.ts';
import { SettingsPanel } from './SettingsPanel.ts';

/** One open complaint as a person sees it. Holds locators and verbs; waits on states, never on time. */
export class Workbench {
  readonly page: Page;
  readonly text: Locator;
  readonly status: Locator;
  readonly rightPanel: Locator;
  readonly library: LibraryScreen;
  readonly exhibits: ExhibitsTab;
  readonly viewer: ExhibitViewer;
  readonly settings: SettingsPanel;
  readonly palette: CommandPalette;

  constructor(page: Page) {
    this.page = page;
    this.text = page.getByRole('textbox', { name: 'Text of the complaint' });
    this.status = page.getByRole('contentinfo');
    this.rightPanel = page.getByRole('complementary');
    this.library = new LibraryScreen(page);
    this.exhibits = new ExhibitsTab(page);
    this.viewer = new ExhibitViewer(page);
    this.settings = new SettingsPanel(page);
    this.palette = new CommandPalette(page);
  }

  /** The title of the open complaint, in the top bar. */
  title(title: string): Locator {
    return this.page.locator('.top-bar h1').filter({ hasText: title });
  }

  /** The whole text with its computed numbers, block by block. */
  readText(): Promise<string[]> {
    return this.text
      .locator('.block')
      .evaluateAll((blocks) =>
        blocks.map((block) => `${(block as HTMLElement).dataset.label ?? ''} ${block.textContent}`),
      );
  }

  /** The caret of a partner, known by the name it carries. */
  peerCaret(organizationName: string): Locator {
    return this.page.locator('.page-cursors .peer-caret').filter({ hasText: organizationName });
  }

  badge(organizationName: string): Locator {
    return this.page
      .getByRole('list', { name: 'Here now' })
      .getByRole('listitem')
      .filter({ hasText: organizationName });
  }

  async chooseLanguage(language: 'English' | 'Español'): Promise<void> {
    await this.status.getByRole('combobox').selectOption({ label: language });
  }

  /** Cites an exhibit at the caret; `exhibit` is a part of its title. */
  async cite(exhibit: string, page: number): Promise<void> {
    await this.page.getByRole('toolbar').getByRole('button', { name: 'Cite…' }).click();
    const form = this.page.getByRole('dialog', { name: 'Cite an exhibit at the caret' });
    const option = await form.getByRole('option').filter({ hasText: exhibit }).getAttribute('value');
    await form.getByRole('combobox').selectOption(option);
    await form.getByLabel('Page').fill(String(page));
    await form.getByRole('button', { name: 'Insert' }).click();
    await form.waitFor({ state: 'detached' });
  }

  /** Ends what the right panel shows; it goes back to what the caret stands on. */
  async closePanel(): Promise<void> {
    await this.rightPanel.getByRole('button', { name: 'Close', exact: true }).click();
  }

  /** The list of claims that nothing proves. */
  async openUnsupported(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Check \d+ claim/ }).click();
    const list = this.page.getByRole('region', { name: 'Claims without an exhibit' });
    await list.waitFor();
    return list;
  }

  /** Resolves when the text is on the page and its numbers are painted. */
  async ready(): Promise<void> {
    await this.text.locator('.block[data-style="numbered"][data-label]').first().waitFor();
  }

  /** The block with ¶ number `number`. */
  paragraph(number: number): Locator {
    return this.text.locator(`.block[data-label="${number}."][data-style="numbered"]`);
  }

  /** Puts the caret at the end of a block. */
  async placeCaretAtEnd(block: Locator): Promise<void> {
    await block.scrollIntoViewIfNeeded();
    await this.text.focus();
    // The editor hears of a selection later; what arrives from a partner meanwhile may put the old one back.
    await block.evaluate(async (element) => {
      const selection = getSelection();
      do {
        selection?.selectAllChildren(element);
        selection?.collapseToEnd();
        // Without names inside: the scripts' compiler would add a helper that the page does not have.
        for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      } while (!element.contains(selection?.anchorNode ?? null));
    });
  }

  async placeCaretAtStart(block: Locator): Promise<void> {
    await this.placeCaretAtEnd(block);
    await block.evaluate((element) => {
      const first = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      if (first) getSelection()?.collapse(first, 0);
    });
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words);
  }

  /** Selects the words where they stand in the text; they must lie in one run of text. */
  async selectWords(words: string): Promise<void> {
    await this.text.focus();
    await this.text.evaluate((root, wanted) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.nodeValue?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        node.parentElement?.scrollIntoView({ block: 'center' });
        getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
        return;
      }
      throw new Error('The words are not in the text.');
    }, words);
    await this.page.getByRole('toolbar').getByRole('button', { name: 'Claim' }).waitFor();
  }

  async markClaim(): Promise<void> {
    await this.page.getByRole('toolbar').getByRole('button', { name: 'Claim' }).click();
    await this.rightPanel.getByText('Proved by').waitFor();
  }

  /** Links the claim on show to a page of an exhibit that has a file; `exhibit` is a part of its name. */
  async linkExhibit(exhibit: string, page: number): Promise<void> {
    await this.rightPanel.getByRole('button', { name: 'Link an exhibit…' }).click();
    const finder = this.rightPanel.getByRole('combobox', { name: 'Find an exhibit' });
    await finder.fill(exhibit);
    await this.rightPanel.getByRole('option').first().click();
    await this.rightPanel.getByLabel(/^Page/).fill(String(page));
    await this.rightPanel.getByRole('button', { name: 'Link and cite' }).click();
  }

  citations(): Locator {
    return this.text.locator('.citation');
  }

  /** Follows a citation to the page it cites. */
  async openCitation(citation: Locator): Promise<void> {
    await citation.scrollIntoViewIfNeeded();
    await citation.click();
    await this.rightPanel.locator('canvas').first().waitFor();
  }

  async openTab(name: 'Outline' | 'Exhibits' | 'People'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** Makes an invitation link and returns it. */
  async invite(relayUrl: string, organizationName: string): Promise<string> {
    await this.tryToInvite(relayUrl, organizationName);
    const link = this.rightPanel.getByLabel('Invitation link');
    await link.waitFor();
    return link.inputValue();
  }

  /** Fills and sends the form that invites; what came of it shows afterwards. */
  async tryToInvite(relayUrl: string, organizationName: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Invite' }).click();
    await this.rightPanel.getByLabel('Your organization').fill(organizationName);
    await this.rightPanel.getByLabel('Relay address').fill(relayUrl);
    await this.rightPanel.getByRole('button', { name: 'Make invitation link' }).click();
  }

  async backToLibrary(): Promise<void> {
    await this.page.getByRole('button', { name: 'All complaints' }).click();
    await this.page.getByRole('heading', { name: 'Complaints' }).waitFor();
  }

  /** From the library: joins with a link. */
  async join(link: string, organizationName: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Join with a link' }).click();
    await this.page.getByLabel('Invitation link').fill(link);
    await this.page.getByLabel('Your organization').fill(organizationName);
    await this.page.getByRole('button', { name: 'Join', exact: true }).click();
  }

  /** Writes the Word filing; the save dialog must have been answered before. */
  async buildFiling(): Promise<string> {
    await this.page.getByRole('button', { name: 'Build filing' }).click();
    await this.rightPanel.getByRole('button', { name: 'Write the Word file…' }).click();
    await this.rightPanel.getByText('SHA-256').waitFor();
    return this.rightPanel.innerText();
  }
}
