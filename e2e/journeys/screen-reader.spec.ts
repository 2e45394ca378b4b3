import type { Page } from '@playwright/test';
import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { expect, PARTNER, test } from '../fixtures/journey.ts';

/** The names that a screen reader reads out, in each language. */
const NAMES = {
  en: {
    text: 'Text of the complaint',
    newComment: 'New comment',
    conversation: 'Comment',
    commentWritten: 'Comment written.',
    suggests: (words: string) => `${PARTNER} suggests: Add “${words}”`,
    atCaret: (words: string) => new RegExp(`^Suggestion \\d+ of \\d+: Add “${words}”$`),
    caretIn: (words: string) => `Suggestion of ${PARTNER}: Add “${words}”`,
    accepted: 'Accepted. Undo takes it back.',
    noneHere: 'There is no suggestion here.',
    suggestions: 'Suggestions',
    comments: 'Comments',
    versions: 'Versions',
    versionName: 'Name of this version',
    compare: /^Compare with now/,
    redline: 'What changed',
    find: 'Find and replace',
    findField: 'Find',
    palette: 'Search or run',
    map: 'Keyboard map',
    mapSearch: 'Search the keys',
    more: 'More',
    moreMenu: 'More tools',
    smallCaps: 'Small caps',
    toolbar: 'Formatting',
    footnote: 'Insert a footnote at the caret',
    close: 'Close',
  },
  es: {
    text: 'Texto de la denuncia',
    newComment: 'Comentario nuevo',
    conversation: 'Comentario',
    commentWritten: 'Comentario escrito.',
    suggests: (words: string) => `${PARTNER} sugiere: Agregar «${words}»`,
    atCaret: (words: string) => new RegExp(`^Sugerencia \\d+ de \\d+: Agregar «${words}»$`),
    caretIn: (words: string) => `Sugerencia de ${PARTNER}: Agregar «${words}»`,
    accepted: 'Aceptada. Deshacer la devuelve.',
    noneHere: 'Aquí no hay ninguna sugerencia.',
    suggestions: 'Sugerencias',
    comments: 'Comentarios',
    versions: 'Versiones',
    versionName: 'Nombre de esta versión',
    compare: /^Comparar con ahora/,
    redline: 'Lo que cambió',
    find: 'Buscar y reemplazar',
    findField: 'Buscar',
    palette: 'Buscar o ejecutar',
    map: 'Mapa del teclado',
    mapSearch: 'Buscar en el mapa',
    more: 'Más',
    moreMenu: 'Más herramientas',
    smallCaps: 'Versalitas',
    toolbar: 'Formato',
    footnote: 'Insertar una nota al pie donde está el cursor',
    close: 'Cerrar',
  },
} as const;
type Names = (typeof NAMES)['en' | 'es'];

/** What the window's live regions say now. */
const said = (page: Page, sentence: string | RegExp) => page.getByRole('status').filter({ hasText: sentence });

async function expectNoViolations(page: Page, screen: string): Promise<void> {
  expect({ [screen]: await findViolations(page) }).toEqual({ [screen]: [] });
}

/** Writing, commenting, and a partner's suggestion, by roles, names, live regions and keys alone. */
async function workByEar(center: AlegatoApp, partner: AlegatoApp, names: Names, words: string): Promise<void> {
  const { page } = center;
  const { keyboard } = page;
  const text = page.getByRole('textbox', { name: names.text });

  await test.step('a paragraph is written', async () => {
    await text.focus();
    await keyboard.press('Control+Home');
    await keyboard.press('Control+End');
    await keyboard.press('Enter');
    await keyboard.type(`${words} by ear.`);
    await expect(text.getByText(`${words} by ear.`)).toBeVisible();
    await expect(text).toBeFocused();
  });

  await test.step('it is commented on, and that is said', async () => {
    await keyboard.press('Control+Alt+m');
    const field = page.getByRole('combobox', { name: names.newComment });
    await expect(field).toBeFocused();
    await keyboard.type('Is this what she said?');
    await keyboard.press('Control+Enter');
    await expect(said(page, names.commentWritten)).toHaveCount(1);
    await expect(page.getByRole('region', { name: names.conversation, exact: true })).toContainText(
      'Is this what she said?',
    );
    await expectNoViolations(page, 'comment');
  });

  await test.step('what a partner suggests is said when it has arrived', async () => {
    const theirs = partner.page.getByRole('textbox', { name: NAMES.en.text });
    await theirs.getByText(`${words} by ear.`).waitFor();
    await theirs.focus();
    await partner.page.keyboard.press('Control+Home');
    await partner.page.keyboard.press('Control+End');
    const toggle = partner.page.getByRole('button', { name: 'Suggesting' });
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await partner.page.keyboard.press('Control+Alt+g');
    await expect(toggle).toHaveAttribute('aria-pressed', 'true');
    await partner.page.keyboard.type(` ${words} suggested.`);
    await expect(said(page, names.suggests(`${words} suggested.`))).toHaveCount(1);
  });

  await test.step('the caret comes to it and hears whose it is; it is accepted, and that is said', async () => {
    await text.focus();
    await keyboard.press('Control+Home');
    await keyboard.press('Control+End');
    await expect(said(page, names.caretIn(`${words} suggested.`))).toHaveCount(1);
    await keyboard.press('Control+Alt+j');
    await expect(said(page, names.atCaret(`${words} suggested.`))).toHaveCount(1);
    await keyboard.press('Control+Alt+y');
    await expect(said(page, names.accepted)).toHaveCount(1);
    await expect(text.getByText(`${words} suggested.`)).toBeVisible();
    await keyboard.press('Control+Alt+y');
    await expect(said(page, names.noneHere)).toHaveCount(1);
  });
}

/** Every screen on the way, by its role and name, checked against the accessibility rules. */
async function passScreens(center: AlegatoApp, names: Names, version: string): Promise<void> {
  const { page } = center;
  const { keyboard } = page;
  const text = page.getByRole('textbox', { name: names.text });

  await test.step('comments and suggestions', async () => {
    await keyboard.press('Control+Alt+Shift+m');
    await expect(page.getByRole('region', { name: names.comments, exact: true })).toBeVisible();
    await expectNoViolations(page, 'comments');
    await keyboard.press('Control+Alt+Shift+g');
    await expect(page.getByRole('region', { name: names.suggestions, exact: true })).toBeVisible();
    await expectNoViolations(page, 'suggestions');
  });

  await test.step('find', async () => {
    await keyboard.press('Control+f');
    const find = page.getByRole('search', { name: names.find });
    await expect(find.getByRole('textbox', { name: names.findField, exact: true })).toBeFocused();
    await expectNoViolations(page, 'find');
    await keyboard.press('Escape');
    await expect(find).toBeHidden();
  });

  await test.step('the palette, with the keys of what it runs', async () => {
    await text.focus();
    await keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: names.palette });
    await expect(palette.getByRole('combobox')).toBeFocused();
    await expectNoViolations(page, 'palette');
    await keyboard.type(names.footnote);
    await expect(palette.getByRole('option', { selected: true })).toContainText('Ctrl Alt F');
    await keyboard.press('Escape');
    await expect(palette).toBeHidden();
  });

  await test.step('the keyboard map is searched, and says how much is found', async () => {
    for (const key of ['F1', 'Control+/']) {
      await keyboard.press(key);
      const map = page.getByRole('dialog', { name: names.map });
      await expect(map.getByRole('searchbox', { name: names.mapSearch })).toBeFocused();
      await expectNoViolations(page, 'keyboard map');
      await keyboard.type('ctrl alt f');
      await expect(map.getByRole('row', { name: names.footnote })).toBeVisible();
      await expect(map.getByRole('status')).toHaveText(/^\d+ /);
      await keyboard.press('Escape');
      await keyboard.press('Escape');
      await expect(map).toBeHidden();
    }
  });

  await test.step('seldom tools behind one button', async () => {
    await page.getByRole('toolbar', { name: names.toolbar }).getByRole('combobox').first().focus();
    await keyboard.press('End');
    const button = page.getByRole('button', { name: names.more, exact: true });
    await expect(button).toBeFocused();
    await expect(button).toHaveAttribute('aria-expanded', 'false');
    await keyboard.press('ArrowDown');
    const menu = page.getByRole('menu', { name: names.moreMenu });
    await expect(menu.getByRole('menuitem').first()).toBeFocused();
    await expect(menu.getByRole('menuitem', { name: names.smallCaps })).toBeVisible();
    await expectNoViolations(page, 'more');
    await keyboard.press('Escape');
    await expect(button).toBeFocused();
    await keyboard.press('Escape');
    await expect(text).toBeFocused();
  });

  await test.step('versions and the redline', async () => {
    await keyboard.press('Control+Alt+s');
    const versions = page.getByRole('region', { name: names.versions, exact: true });
    await expect(versions.getByRole('textbox', { name: names.versionName })).toBeFocused();
    await keyboard.type(version);
    await keyboard.press('Enter');
    const entry = versions.getByRole('listitem').filter({ hasText: version });
    await entry.waitFor();
    await expectNoViolations(page, 'versions');
    await text.focus();
    await keyboard.press('Control+Home');
    await keyboard.press('Control+End');
    await keyboard.type(' And more.');
    await entry.getByRole('button', { name: names.compare }).focus();
    await keyboard.press('Enter');
    const redline = page.getByRole('region', { name: names.redline, exact: true });
    await expect(redline.getByRole('status')).toContainText(/\d/);
    await expectNoViolations(page, 'redline');
    await keyboard.press('Escape');
    await expect(redline).toBeHidden();
    await expect(text).toBeFocused();
  });
}

/** Every item of the application's menu that has a key, and whether the menu itself would take the key. */
function readMenu(app: AlegatoApp): Promise<{ id: string; label: string; accelerator: string; enabled: boolean }[]> {
  return app.electron.evaluate(({ Menu }) => {
    const found: { id: string; label: string; accelerator: string; enabled: boolean }[] = [];
    const left = [...(Menu.getApplicationMenu()?.items ?? [])];
    for (let item = left.shift(); item; item = left.shift()) {
      if (item.submenu) left.push(...item.submenu.items);
      else if (item.type !== 'separator')
        found.push({
          id: item.id ?? '',
          label: item.label,
          accelerator: String(item.accelerator ?? ''),
          enabled: item.enabled,
        });
    }
    return found;
  });
}

test('a paragraph, a comment and a suggestion by ear, in English and in Spanish', async ({ stage }) => {
  test.setTimeout(300_000);
  const { center, partner } = await stage.startTwo();
  await workByEar(center, partner, NAMES.en, 'Written');
  await passScreens(center, NAMES.en, 'Before the hearing');
  await center.workbench.chooseLanguage('Español');
  await expect(center.page.getByRole('textbox', { name: NAMES.es.text })).toBeVisible();
  await workByEar(center, partner, NAMES.es, 'Escrito');
  await passScreens(center, NAMES.es, 'Antes de la audiencia');
  expect(stage.consoleErrors()).toEqual([]);
});

test('every command is in the application’s menu with its key, in the language of the window', async ({ stage }) => {
  const app = await stage.start('center');
  const { page, workbench } = app;
  await workbench.ready();
  const find = async (id: string) => (await readMenu(app)).find((item) => item.id === id);
  await expect.poll(async () => (await find('footnote'))?.label).toBe('Insert a footnote at the caret');
  expect(await find('footnote')).toMatchObject({ accelerator: 'CmdOrCtrl+Alt+F', enabled: true });

  // What the menu names with a key, the map names too.
  await page.keyboard.press('F1');
  const map = page.getByRole('dialog', { name: 'Keyboard map' });
  await map.waitFor();
  const rows = await map.getByRole('row').allInnerTexts();
  for (const { label, accelerator, id } of await readMenu(app)) {
    if (id === '' || accelerator === '' || id.startsWith('style-')) continue;
    expect(rows.filter((row) => row.startsWith(label)).length, label).toBeGreaterThan(0);
  }
  await page.keyboard.press('Escape');

  await workbench.chooseLanguage('Español');
  await expect.poll(async () => (await find('footnote'))?.label).toBe('Insertar una nota al pie donde está el cursor');

  // Chosen there it does what its key does.
  await app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('keyboard')?.click());
  await expect(page.getByRole('dialog', { name: 'Mapa del teclado' })).toBeVisible();
  await page.keyboard.press('Escape');

  // Away from a complaint only what works there is left.
  await workbench.page.getByRole('button', { name: 'Todas las denuncias' }).click();
  await expect.poll(async () => (await readMenu(app)).filter(({ id }) => id === 'footnote').length).toBe(0);
  expect(app.consoleErrors).toEqual([]);
});
