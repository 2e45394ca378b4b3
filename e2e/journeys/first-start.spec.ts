import { en } from '../../renderer/i18n/en.ts';
import { es } from '../../renderer/i18n/es.ts';
import { expect, test } from '../fixtures/journey.ts';

test('a first start shows the sample and says in one minute what it is about', async ({ stage }) => {
  const app = await stage.start('center');
  const { page, workbench } = app;
  await workbench.ready();

  await test.step('the sample is open, on this computer only', async () => {
    await expect(workbench.title('Foreign gang data in asylum cases')).toBeVisible();
    await expect(page.locator('.page-legend')).toHaveText('SAMPLE – drawn from public reporting – not filed');
    await expect(workbench.status).toContainText(en.status.saved);
    await expect(workbench.status).toContainText(en.status.alone);
  });

  await test.step('“In one minute” names claim, exhibit and protected person, and goes when it is read', async () => {
    const guide = page.getByRole('region', { name: en.guide.title });
    for (const term of [en.guide.claimTerm, en.guide.exhibitTerm, en.guide.personTerm]) {
      await expect(guide.getByRole('term').filter({ hasText: term })).toBeVisible();
    }
    await guide.getByRole('button', { name: en.guide.dismiss }).click();
    await expect(guide).toBeHidden();
  });

  await test.step('a claim in the text opens its proof', async () => {
    await workbench.text.locator('.claim[data-proof="thin"], .claim[data-proof="proved"]').first().click();
    await expect(workbench.rightPanel.getByRole('heading', { name: /Claim in ¶ \d+/ })).toBeVisible();
    await expect(workbench.rightPanel.getByText('Proved by')).toBeVisible();
    await expect(workbench.rightPanel.getByRole('button', { name: /^Ex\.\s[A-Z]+\sat\s\d+/ }).first()).toBeVisible();
  });

  await test.step('the one unsupported claim is in the list, a click from its place', async () => {
    const list = await workbench.openUnsupported();
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await list.getByRole('listitem').getByRole('button').click();
    await expect(
      workbench.rightPanel.getByText('Nothing yet. Link the page of an exhibit that proves it.'),
    ).toBeVisible();
    await expect(workbench.text.locator('.claim[data-proof="missing"]').first()).toBeInViewport();
  });

  await test.step('the language changes while it runs, and back', async () => {
    await workbench.chooseLanguage('Español');
    await expect(page.getByRole('button', { name: es.shell.build })).toBeVisible();
    await expect(workbench.status).toContainText(es.status.saved);
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await expect(workbench.rightPanel.getByText(es.claims.provedByNothing)).toBeVisible();
    await workbench.chooseLanguage('English');
    await expect(page.getByRole('button', { name: en.shell.build })).toBeVisible();
  });

  await test.step('dark colors', async () => {
    await workbench.settings.open();
    await workbench.settings.chooseColors('Dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.locator('.page')).toHaveCSS('background-color', 'rgb(34, 33, 30)');
  });

  const own = ' Written before the restart.';
  await test.step('what is written, the language and the colors outlast a restart', async () => {
    await workbench.placeCaretAtEnd(workbench.paragraph(1));
    await workbench.type(own);
    await workbench.chooseLanguage('Español');
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await stage.quit(app);
    const again = await stage.start('center');
    const text = again.page.getByRole('textbox', { name: es.editor.text });
    await expect(text.locator('.block[data-label="1."]').first()).toContainText(own.trim());
    await expect(again.page.locator('html')).toHaveAttribute('lang', 'es');
    await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(again.page.getByRole('region', { name: es.guide.title })).toBeHidden();
    expect([...app.consoleErrors, ...again.consoleErrors]).toEqual([]);
  });
});

test('the library starts, renames, archives, takes back and opens complaints', async ({ stage }) => {
  const { workbench, consoleErrors } = await stage.start('center');
  const { library } = workbench;
  await workbench.ready();
  await workbench.backToLibrary();

  await library.createFromTemplate('Detention in Otay Mesa');
  await workbench.ready();
  await expect(workbench.title('Detention in Otay Mesa')).toBeVisible();
  await expect(workbench.text).toContainText('Congress has charged CRCL');
  await workbench.backToLibrary();

  await library.rename('Detention in Otay Mesa', 'Detention in Adelanto');
  await expect(library.row('Detention in Adelanto')).toBeVisible();
  await expect(library.row('Detention in Otay Mesa')).toHaveCount(0);

  await library.archive('Detention in Adelanto');
  await library.openArchive();
  await library.takeBack('Detention in Adelanto');
  await library.open('Detention in Adelanto');
  await workbench.ready();
  await expect(workbench.title('Detention in Adelanto')).toBeVisible();
  expect(consoleErrors).toEqual([]);
});
