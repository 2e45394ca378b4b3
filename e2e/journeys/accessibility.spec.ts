import { findViolations } from '../fixtures/findViolations.ts';
import { expect, test } from '../fixtures/journey.ts';

for (const colors of ['Light', 'Dark'] as const) {
  test(`every screen and panel passes the accessibility rules in ${colors.toLowerCase()} colors`, async ({ stage }) => {
    test.setTimeout(180_000);
    const { page, workbench } = await stage.start('center');
    await workbench.ready();
    await workbench.settings.open();
    await workbench.settings.chooseColors(colors);
    await expect(page.locator('html')).toHaveAttribute('data-theme', colors.toLowerCase());
    const { rightPanel } = workbench;
    const found: Record<string, string[]> = {};
    const look = async (place: string) => {
      const violations = await findViolations(page);
      if (violations.length > 0) found[place] = violations;
    };

    await look('settings');
    await workbench.openUnsupported();
    await look('claims without an exhibit');
    await workbench.closePanel();
    await workbench.text.locator('.claim[data-proof="proved"]').first().click();
    await rightPanel.getByText('Proved by').waitFor();
    await look('claim');
    await rightPanel.getByRole('button', { name: 'Link an exhibit…' }).click();
    await rightPanel.getByRole('combobox', { name: 'Find an exhibit' }).waitFor();
    await look('exhibit picker');
    await workbench.openTab('Exhibits');
    await look('exhibits');
    await workbench.exhibits.open('Testimony of Richard');
    await workbench.viewer.paper.waitFor();
    await look('exhibit viewer');
    await workbench.openTab('People');
    await look('people');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await look('new person');
    await workbench.openTab('Outline');
    await page.getByRole('button', { name: 'Invite' }).click();
    await rightPanel.getByLabel('Relay address').waitFor();
    await rightPanel.getByRole('button', { name: 'Make invitation link' }).click();
    await look('invite');
    await page.getByRole('button', { name: 'Build filing' }).click();
    await rightPanel.getByRole('button', { name: 'Write the Word file…' }).waitFor();
    await look('filing');
    await page.getByRole('toolbar').getByRole('button', { name: 'Cite…' }).click();
    await page.getByRole('dialog', { name: 'Cite an exhibit at the caret' }).waitFor();
    await look('cite');
    await page.keyboard.press('Escape');
    await workbench.palette.open();
    await look('search or run');
    await page.keyboard.press('Escape');
    await workbench.backToLibrary();
    await look('library');
    await page.getByRole('button', { name: 'Join with a link' }).click();
    await look('join');
    await page.getByRole('button', { name: 'New complaint' }).click();
    await look('new complaint');
    expect(found).toEqual({});
  });
}
