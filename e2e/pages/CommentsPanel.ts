import type { Locator, Page } from '@playwright/test';

/** Comments: the list and one conversation, in English; the keys are the same in both languages. */
export class CommentsPanel {
  readonly page: Page;
  readonly list: Locator;
  readonly conversation: Locator;
  readonly newComment: Locator;
  readonly answer: Locator;
  readonly answers: Locator;
  /** In the status bar, while something waits for one's own organization. */
  readonly forUs: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('region', { name: /^(Comments|Comentarios)$/ });
    this.conversation = page.getByRole('region', { name: /^(Comment|Comentario)$/ });
    this.newComment = page.getByRole('combobox', { name: 'New comment' });
    this.answer = page.getByRole('combobox', { name: 'Answer' });
    this.answers = page.getByRole('log', { name: 'Answers' });
    this.forUs = page.getByRole('contentinfo').getByRole('button', { name: /comments? for you/ });
  }

  /** Writes about what is selected, with the keys alone. `words` may hold an @ with the beginning of a name before a |. */
  async write(words: string): Promise<void> {
    await this.page.keyboard.press('Control+Alt+m');
    await this.newComment.waitFor();
    await this.send(words);
    await this.conversation.waitFor();
  }

  async reply(words: string): Promise<void> {
    await this.answer.focus();
    await this.send(words);
  }

  async openList(): Promise<void> {
    await this.page.keyboard.press('Control+Alt+Shift+m');
    await this.list.waitFor();
  }

  /** The entry of the list that holds the words. */
  entry(words: string): Locator {
    return this.list.getByRole('button').filter({ hasText: words });
  }

  group(name: string): Locator {
    return this.list.getByRole('region', { name });
  }

  async show(filter: string): Promise<void> {
    await this.list.getByLabel('Show', { exact: true }).selectOption({ label: filter });
  }

  /** The commented words on the page. */
  marked(): Locator {
    return this.page.locator('.page-text :not(.block)[data-comment]');
  }

  private async send(words: string): Promise<void> {
    const [begun = '', rest] = words.split('|');
    await this.page.keyboard.type(begun);
    if (rest !== undefined) {
      await this.page.getByRole('listbox', { name: 'Organizations' }).getByRole('option').first().waitFor();
      await this.page.keyboard.press('Enter');
      // The name is put in, and the caret behind it, before more is typed.
      await this.page.getByRole('option').first().waitFor({ state: 'hidden' });
      await this.page.keyboard.type(rest);
    }
    await this.page.keyboard.press('Control+Enter');
  }
}
