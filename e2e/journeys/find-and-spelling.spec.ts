import type { Page } from '@playwright/test';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';

/** The words under the highlight of that name, as they stand on the page. */
function highlighted(page: Page, name: string): Promise<string[]> {
  return page.evaluate((wanted) => {
    const found: string[] = [];
    for (const place of CSS.highlights.get(wanted) ?? []) {
      const range = document.createRange();
      range.setStart(place.startContainer, place.startOffset);
      range.setEnd(place.endContainer, place.endOffset);
      found.push(range.toString());
    }
    return found;
  }, name);
}

/** Which of the words are marked as wrong, in one look. */
async function marked(page: Page, ...words: string[]): Promise<boolean[]> {
  const found = await highlighted(page, 'spelling');
  return words.map((word) => found.includes(word));
}

const selectedWords = (page: Page) => page.evaluate(() => getSelection()?.toString() ?? '');

test('finds, replaces and undoes by keys alone, and types as lawyers write', async ({ stage }) => {
  test.setTimeout(120_000);
  const { page, workbench } = await stage.start('center');
  const { keyboard } = page;
  await workbench.ready();
  const bar = page.getByRole('search', { name: 'Find and replace' });
  const said = bar.getByRole('status');
  const last = workbench.text.locator('.block').last();
  await workbench.placeCaretAtEnd(last);
  await keyboard.press('Enter');

  await test.step('dashes, quotation marks and no-break spaces; undo gives back what was typed', async () => {
    await keyboard.type('Zebrano, zebráno "ZEBRANO" (see Ex. C) -');
    await expect(last).toContainText('Zebrano, zebráno “ZEBRANO” (see Ex.\u00a0C) -');
    await keyboard.type('-');
    await expect(last).toContainText(') –');
    await keyboard.press('Control+z');
    await expect(last).toContainText(') --');
    await keyboard.type('- ');
    await expect(last).toContainText(') — ');
    await keyboard.press('Alt+s');
    await keyboard.press('Alt+p');
    await expect(last).toContainText('— §¶');
  });

  await test.step('find counts, steps and comes back with the match selected', async () => {
    await keyboard.press('Control+Home');
    await keyboard.press('Control+f');
    await expect(bar.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused();
    await keyboard.type('zebrano');
    await expect(said).toHaveText('1 of 3');
    await expect.poll(() => highlighted(page, 'find')).toEqual(['Zebrano', 'zebráno', 'ZEBRANO']);
    await keyboard.press('Enter');
    await expect(said).toHaveText('2 of 3');
    await expect.poll(() => highlighted(page, 'find-current')).toEqual(['zebráno']);
    await keyboard.press('Shift+F3');
    await expect(said).toHaveText('1 of 3');
    expect(await findViolations(page)).toEqual([]);
    for (let step = 0; step < 5; step++) await keyboard.press('Tab');
    await expect(bar.getByRole('button', { name: 'Match accents' })).toBeFocused();
    await keyboard.press('Space');
    await expect(said).toHaveText('1 of 2');
    await keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await expect(workbench.text).toBeFocused();
    await expect.poll(() => selectedWords(page)).toBe('Zebrano');
    expect(await highlighted(page, 'find')).toEqual([]);
  });

  await test.step('replace all is one step of undo', async () => {
    await keyboard.press('Control+h');
    await expect(said).toHaveText('1 of 2');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await expect(bar.getByRole('textbox', { name: 'Replace with' })).toBeFocused();
    await keyboard.type('okapi');
    await keyboard.press('Control+Enter');
    await expect(last).toContainText('okapi, zebráno “okapi”');
    await expect(said).toHaveText('Not found');
    await keyboard.press('Escape');
    await expect(workbench.text).toBeFocused();
    await keyboard.press('Control+z');
    await expect(last).toContainText('Zebrano, zebráno “ZEBRANO”');
  });

  await test.step('an expression that would never end is stopped, and a sentence says so', async () => {
    await keyboard.press('Control+End');
    await keyboard.type('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!');
    await keyboard.press('Control+f');
    await keyboard.press('Control+a');
    await keyboard.type('(a+)+$');
    await expect(said).toHaveText('Not found');
    // The steps back and forth are off without a match.
    for (let step = 0; step < 5; step++) await keyboard.press('Tab');
    await expect(bar.getByRole('button', { name: 'Regular expression' })).toBeFocused();
    await keyboard.press('Space');
    await expect(said).toContainText('takes too long');
    expect(await findViolations(page)).toEqual([]);
    await keyboard.press('Escape');
    await expect(workbench.text).toBeFocused();
  });
});

test('spelling follows the language of the passage, and the dictionary is shared', async ({ stage }) => {
  test.setTimeout(180_000);
  const { center, partner } = await stage.startTwo();
  const { page, workbench } = center;
  const { keyboard } = page;
  const last = workbench.text.locator('.block').last();
  await workbench.placeCaretAtEnd(last);
  await keyboard.press('Enter');

  await test.step('an English mistake is marked and put right by keys', async () => {
    // “recieve” stays wrong to the end: marks that are there while it is are those of a finished check.
    await keyboard.type('They recieve the goverment of Sivarlandia ');
    await expect.poll(() => highlighted(page, 'spelling')).toContain('goverment');
    for (let step = 0; step < 20; step++) await keyboard.press('ArrowLeft');
    await keyboard.press('Control+.');
    const menu = page.getByRole('menu', { name: 'Spelling of “goverment”' });
    await expect(menu.getByRole('menuitem', { name: 'government', exact: true })).toBeFocused();
    expect(await findViolations(page)).toEqual([]);
    await keyboard.press('Enter');
    await expect(last).toContainText('the government of Sivarlandia');
    await expect(workbench.text).toBeFocused();
  });

  await test.step('a word of the complaint’s dictionary is right for the partner as well', async () => {
    await partner.workbench.text.focus();
    await partner.page.keyboard.press('Control+End');
    await expect.poll(() => highlighted(partner.page, 'spelling')).toContain('Sivarlandia');
    await keyboard.press('End');
    for (let step = 0; step < 4; step++) await keyboard.press('ArrowLeft');
    await keyboard.press('Shift+F10');
    const menu = page.getByRole('menu', { name: 'Spelling of “Sivarlandia”' });
    await expect(menu).toBeVisible();
    await expect(menu).toHaveAttribute('aria-busy', 'false');
    await keyboard.press('End');
    await keyboard.press('ArrowUp');
    await expect(menu.getByRole('menuitem', { name: /^Add “Sivarlandia”/ })).toBeFocused();
    await keyboard.press('Enter');
    for (const window of [page, partner.page])
      await expect.poll(() => marked(window, 'recieve', 'Sivarlandia')).toEqual([true, false]);
  });

  await test.step('a Spanish passage is checked in Spanish, in a Spanish window', async () => {
    await workbench.chooseLanguage('Español');
    const texto = page.getByRole('textbox', { name: 'Texto de la denuncia' });
    await texto.focus();
    await keyboard.press('End');
    await keyboard.press('Enter');
    await keyboard.type('La detensión duró dieciséis días');
    await keyboard.press('Control+k');
    await keyboard.type('Idioma del pasaje: español');
    await keyboard.press('Enter');
    await expect(texto.locator('.block').last()).toHaveAttribute('lang', 'es');
    await expect(texto).toBeFocused();
    // In English all of it was wrong.
    await expect.poll(() => marked(page, 'detensión', 'dieciséis')).toEqual([true, false]);
    await keyboard.press('Home');
    await keyboard.press('F7');
    const menu = page.getByRole('menu', { name: 'Ortografía de “detensión”' });
    await expect(menu.getByRole('menuitem', { name: 'detención', exact: true })).toBeVisible();
    await keyboard.press('Escape');
    await keyboard.press('Control+f');
    await expect(page.getByRole('search', { name: 'Buscar y reemplazar' }).getByRole('status')).toHaveText('1 de 1');
    expect(await findViolations(page)).toEqual([]);
  });
});
