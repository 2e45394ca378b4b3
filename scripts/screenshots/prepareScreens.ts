import type { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';
import { CommentsPanel } from '../../e2e/pages/CommentsPanel.ts';
import { VersionsPanel } from '../../e2e/pages/VersionsPanel.ts';

const CENTER = 'Immigrant Justice Center';
const PARTNER = 'Derechos Humanos San Salvador';

/** The name under which the text is kept before it is changed. */
export const KEPT_VERSION = 'Sent to co-counsel';

/** Fills the sample with what two organizations leave in a draft: footnotes, a discussion, suggestions, versions. */
export async function prepareScreens(center: AlegatoApp, partner: AlegatoApp, relayUrl: string): Promise<void> {
  const [ours, theirs] = [center.workbench, partner.workbench];
  await ours.ready();
  const link = await ours.invite(relayUrl, CENTER);
  await theirs.ready();
  await theirs.backToLibrary();
  await theirs.join(link, PARTNER);
  await theirs.title('Foreign gang data in asylum cases').waitFor();
  await theirs.ready();
  await ours.closePanel();
  await center.page.getByRole('button', { name: 'Got it' }).click();

  await ours.placeCaretAtEnd(ours.paragraph(3));
  await center.page.keyboard.press('Control+Alt+f');
  await ours.type('Annual report of the commission, 2021, at 14.');
  await ours.placeCaretAtEnd(ours.paragraph(5));
  await center.page.keyboard.press('Control+Alt+f');
  await ours.type('The law was published in the official gazette and has been in force since.');
  await new VersionsPanel(center.page).name(KEPT_VERSION);

  await theirs.placeCaretAtEnd(theirs.paragraph(2));
  await partner.page.keyboard.press('Control+Alt+g');
  await theirs.type(' Our monitors in San Salvador found the same pattern in 2023.');
  await theirs.placeCaretAtEnd(theirs.paragraph(4));
  for (let word = 0; word < 4; word++) await partner.page.keyboard.press('Control+Backspace');
  await theirs.type('within the last two years.');
  await theirs.placeCaretAtEnd(theirs.paragraph(5));
  await partner.page.keyboard.press('Enter');
  await theirs.type('A further paragraph that the partner proposes.');
  // All of it: what still arrives would move the selection that is made next.
  await ours.text.locator('.suggest-ins', { hasText: 'that the partner proposes.' }).waitFor();

  const words = (await ours.paragraph(2).innerText()).split(/\s+/).slice(1, 5).join(' ');
  // The focus comes back to the text with the caret it had; the words are selected after that.
  await ours.placeCaretAtEnd(ours.paragraph(2));
  await ours.selectWords(words);
  const [comments, answers] = [new CommentsPanel(center.page), new CommentsPanel(partner.page)];
  await comments.write('Which source says so? @Der| Please check before Friday.');
  await answers.forUs.click();
  await answers.entry('Which source').press('Enter');
  await answers.reply('El informe de 2021, página 14.');
  await comments.answers.getByText('página 14').waitFor();
  await ours.closePanel();
  // Written, not suggested: what the redline shows.
  await ours.placeCaretAtEnd(ours.paragraph(8));
  await ours.type(' The list was never published.');
  await partner.page.locator('.page-text').getByText('The list was never published.').waitFor();
}
