import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePdf } from '../fixtures/exhibitFiles.ts';
import { expect, test } from '../fixtures/journey.ts';
import { ExhibitsTab } from '../pages/ExhibitsTab.ts';

const TITLE = 'Report of the ombudsman';

test('an exhibit’s file says where it is, waits while paused, and reaches the partner once it may', async ({
  stage,
}) => {
  test.setTimeout(150_000);
  const { center, partner, relay } = await stage.startTwo();
  const here = new ExhibitsTab(center.page);
  const there = new ExhibitsTab(partner.page);
  const file = join(stage.folder, 'report.pdf');
  await writePdf(file, ['The report', 'Second page']);
  await appendFile(file, Buffer.concat([Buffer.from('\n%'), randomBytes(24_000_000)]));

  await test.step('without the relay it is only on this computer, and the screen says so', async () => {
    await relay.goAway();
    await expect(center.workbench.status).toContainText('Relay away');
    await center.workbench.openTab('Exhibits');
    await here.dropFiles([file]);
    await here.addAsAnonymizedCopy('report.pdf', TITLE);
    await expect(here.state(TITLE)).toHaveText('Only on this computer; goes to the relay by itself');
  });

  await test.step('paused, it stays here when the relay is back; the partner sees who has it', async () => {
    await here.panel.getByRole('button', { name: 'Pause files' }).click();
    await relay.comeBack();
    await expect(here.state(TITLE)).toHaveText('Only on this computer: files are paused');
    await partner.workbench.openTab('Exhibits');
    await expect(there.state(TITLE)).toHaveText(
      'Only with Immigrant Justice Center; comes here by itself once they have sent it',
    );
  });

  await test.step('let go on, it reaches the relay and the partner', async () => {
    await here.panel.getByRole('button', { name: 'Let files go on' }).click();
    await expect(there.state(TITLE)).toHaveText('here and on the relay');
    await expect(here.state(TITLE)).toHaveText('here and on the relay');
    await there.open(TITLE);
    await expect(partner.page.getByRole('region', { name: TITLE })).toContainText('of 2');
    await here.details(TITLE);
    await expect(here.exhibit(TITLE).locator('.file-state')).toHaveText(
      'On this computer, on the relay and with Derechos Humanos San Salvador',
    );
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
