import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { CENTER, expect, PARTNER, test } from '../fixtures/journey.ts';
import { MeetingPanel } from '../pages/MeetingPanel.ts';

const TITLE = 'Foreign gang data in asylum cases';

/** Holds a free port of this computer until it is closed. */
async function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test('a meeting without a server: one computer hosts, nothing is lost when it stops', async ({ stage }, testInfo) => {
  test.setTimeout(240_000);
  const [center, partner] = await Promise.all([stage.start('center'), stage.start('partner')]);
  const both = [center, partner];
  const host = new MeetingPanel(center.page);
  const write = async (app: AlegatoApp, words: string): Promise<void> => {
    await app.workbench.placeCaretAtEnd(app.workbench.paragraph(2));
    await app.workbench.type(words);
  };
  const everyone = (words: string) =>
    Promise.all(both.map(({ workbench }) => expect(workbench.paragraph(2)).toContainText(words)));
  const look = async (place: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await center.page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      await center.screenshot(testInfo.outputPath(`${place}-${theme}.png`));
      expect(await findViolations(center.page), `${place}, ${theme}`).toEqual([]);
    }
  };
  await Promise.all(both.map(({ workbench }) => workbench.ready()));
  const { server, port } = await takePort();

  await test.step('a port that is taken is said, and nothing has started', async () => {
    await host.open();
    await expect(host.hostingButton).toHaveCount(0);
    await host.tryToStart(port);
    await expect(host.root.getByRole('alert')).toContainText('Another program on this computer uses that port');
    await look('port-taken');
    server.close();
    await once(server, 'close');
  });

  await test.step('the person starts it, sees its address, and the status bar says so', async () => {
    await host.startAgain();
    await expect(host.addresses).toHaveText([new RegExp(`ws://127\\.0\\.0\\.1:${port}.*Only from this computer`)]);
    await expect(host.hostingButton).toHaveText('Hosting a meeting: 0 connections');
    await look('hosting');
  });

  await test.step('a partner joins over it', async () => {
    await host.root.getByRole('button', { name: 'Invite over this relay' }).click();
    const address = center.workbench.rightPanel.getByLabel('Relay address');
    await expect(address).toHaveValue(`ws://127.0.0.1:${port}`);
    await center.workbench.rightPanel.getByRole('textbox', { name: 'Your organization' }).fill(CENTER);
    await center.workbench.rightPanel.getByRole('button', { name: 'Make invitation link' }).click();
    const link = await center.workbench.rightPanel.getByLabel('Invitation link').inputValue();
    await partner.workbench.backToLibrary();
    await partner.workbench.join(link, PARTNER);
    await partner.workbench.title(TITLE).waitFor();
    await partner.workbench.ready();
    await expect(host.hostingButton).toHaveText('Hosting a meeting: 2 connections');
  });

  await test.step('both type and see each other', async () => {
    // one after the other: of words that two people write at one place at once, one's stand in the middle of the other's
    await write(center, ' In one room.');
    await everyone('In one room.');
    await write(partner, ' En la misma sala.');
    await everyone('En la misma sala.');
    await host.open();
    await expect(host.root).toContainText('It travels over this computer’s relay.');
  });

  await test.step('the host stops it: both say so, both go on', async () => {
    await host.stop();
    await expect(host.hostingButton).toHaveCount(0);
    for (const { workbench } of both)
      await expect(workbench.status).toContainText(/Relay away since .+; everything is kept here and will be sent/);
    await Promise.all([write(center, ' After the end.'), write(partner, ' Después del cierre.')]);
    await expect(center.workbench.paragraph(2)).toContainText('After the end.');
    await expect(partner.workbench.paragraph(2)).toContainText('Después del cierre.');
    await look('stopped');
  });

  await test.step('restarted, the program hosts nothing by itself', async () => {
    await stage.quit(center);
    both[0] = await stage.start('center');
    await both[0].workbench.ready();
    await expect(both[0].workbench.status).toContainText(/away|Looking for the relay/);
    await expect(new MeetingPanel(both[0].page).hostingButton).toHaveCount(0);
  });
  const again = both[0] as AlegatoApp;
  const hostAgain = new MeetingPanel(again.page);

  await test.step('the next meeting goes on at the same address, with every word', async () => {
    await hostAgain.open();
    await expect(hostAgain.root.getByLabel('Port', { exact: true })).toHaveValue(String(port));
    await hostAgain.startAgain();
    for (const words of ['In one room.', 'En la misma sala.', 'After the end.', 'Después del cierre.'])
      await everyone(words);
    for (const { workbench } of both) await expect(workbench.status).toContainText('On the relay; 1 partner has it');
  });

  await test.step('the complaint moves to another relay and back to this one', async () => {
    const relay = await stage.relay();
    for (const app of both) {
      const panel = new MeetingPanel(app.page);
      await panel.open();
      if (app === again) await panel.stop();
      await panel.root.getByText('Somebody else hosts?').click();
      await panel.root.getByLabel('Address that the host shows').fill(relay.url);
      await panel.move('Move this complaint there');
      await expect(app.workbench.status).toContainText('On the relay');
    }
    await write(again, ' Elsewhere.');
    await everyone('Elsewhere.');
    await hostAgain.open();
    await expect(hostAgain.root).toContainText(`It travels over ${relay.url}.`);
    await hostAgain.startAgain();
    await hostAgain.move('Move this complaint to this relay for the meeting');
    const guest = new MeetingPanel(partner.page);
    await guest.open();
    await guest.move(`Move it back to ws://127.0.0.1:${port}`);
    await write(partner, ' De vuelta.');
    await everyone('De vuelta.');
  });

  await test.step('in Spanish; in the library it is said too; what it left is deleted', async () => {
    await hostAgain.open();
    await again.workbench.chooseLanguage('Español');
    await again.page.getByRole('region', { name: 'Servir de relevo para una reunión' }).waitFor();
    await again.screenshot(testInfo.outputPath('hosting-es.png'));
    expect(await findViolations(again.page)).toEqual([]);
    await again.workbench.chooseLanguage('English');
    await again.workbench.backToLibrary();
    await expect(hostAgain.hostingStrip).toContainText('Hosting a meeting');
    await again.screenshot(testInfo.outputPath('library.png'));
    await hostAgain.hostingStrip.getByRole('button', { name: 'Stop hosting' }).click();
    await expect(hostAgain.hostingStrip).toHaveCount(0);
    await again.page.getByRole('button', { name: `Open ${TITLE}`, exact: true }).click();
    await again.workbench.ready();
    await hostAgain.open();
    await hostAgain.deleteKept();
    await expect(again.workbench.paragraph(2)).toContainText('De vuelta.');
  });
  expect(stage.consoleErrors()).toEqual([]);
});
