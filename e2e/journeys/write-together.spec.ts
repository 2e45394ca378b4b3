import type { AlegatoApp } from '../fixtures/AlegatoApp.ts';
import { CENTER, expect, PARTNER, test } from '../fixtures/journey.ts';

test('two organizations write one paragraph, apart and together, and lose nothing', async ({ stage }) => {
  test.setTimeout(150_000);
  const { center, partner, relay } = await stage.startTwo();
  const both = [center, partner];
  const everyone = (words: string) =>
    Promise.all(both.map(({ workbench }) => expect(workbench.paragraph(2)).toContainText(words)));
  const write = async (app: AlegatoApp, words: string) => {
    await app.workbench.placeCaretAtEnd(app.workbench.paragraph(2));
    await app.workbench.type(words);
  };

  await test.step('both type at once, and both see all of it', async () => {
    // both carets stand at the same place before anybody types: each holds on to what is before it
    for (const { workbench } of both) await workbench.placeCaretAtEnd(workbench.paragraph(2));
    await Promise.all([
      center.workbench.type(' The center writes at once.'),
      partner.workbench.type(' San Salvador escribe a la vez.'),
    ]);
    await expectEqualText(center, partner);
    await everyone('The center writes at once.');
    await everyone('San Salvador escribe a la vez.');
  });

  await test.step('each sees the other’s caret in the color of its organization', async () => {
    for (const [app, other] of [
      [center, PARTNER],
      [partner, CENTER],
    ] as const) {
      const caret = app.workbench.peerCaret(other);
      await expect(caret).toBeVisible();
      const color = await app.workbench.badge(other).evaluate((badge) => getComputedStyle(badge).backgroundColor);
      await expect(caret).toHaveCSS('background-color', color);
    }
    const [one, two] = await Promise.all(
      [CENTER, PARTNER].map((name) =>
        center.workbench.badge(name).evaluate((badge) => getComputedStyle(badge).backgroundColor),
      ),
    );
    expect(one).not.toBe(two);
  });

  await test.step('undo takes back one’s own words only', async () => {
    await write(center, ' Acentro.');
    await everyone('Acentro.');
    await write(partner, ' Bsocio.');
    await everyone('Bsocio.');
    await center.workbench.text.focus();
    await expect(async () => {
      await center.page.keyboard.press('Control+z');
      await expect(center.workbench.paragraph(2)).not.toContainText('Acentro', { timeout: 300 });
    }).toPass({ timeout: 10_000 });
    await expect(partner.workbench.paragraph(2)).not.toContainText('Acentro');
    await everyone('Bsocio.');
  });

  await test.step('without the relay both go on, and the status says so', async () => {
    await relay.goAway();
    for (const { workbench } of both)
      await expect(workbench.status).toContainText(/Relay away since .+; everything is kept here and will be sent/);
    await write(center, ' Offline center.');
    await write(partner, ' Offline socio.');
    await expect(center.workbench.paragraph(2)).toContainText('Offline center.');
    await expect(partner.workbench.paragraph(2)).toContainText('Offline socio.');
    await expect(center.workbench.status).toContainText('Saved on this computer');
  });

  const reopened = await test.step('restarted without a relay, the program opens with everything', async () => {
    await stage.quit(partner);
    const again = await stage.start('partner');
    await again.workbench.ready();
    await expect(again.workbench.paragraph(2)).toContainText('Offline socio.');
    await again.workbench.placeCaretAtEnd(again.workbench.paragraph(3));
    await again.workbench.type(' After the restart.');
    return again;
  });

  await test.step('when the relay is back both have the same text, with every word', async () => {
    await relay.comeBack();
    for (const { workbench } of [center, reopened]) {
      for (const words of ['Offline center.', 'Offline socio.', 'Bsocio.'])
        await expect(workbench.paragraph(2)).toContainText(words);
      await expect(workbench.paragraph(3)).toContainText('After the restart.');
      await expect(workbench.status).toContainText('On the relay; 1 partner has it');
    }
    await expectEqualText(center, reopened);
  });
  expect([...center.consoleErrors, ...reopened.consoleErrors]).toEqual([]);
});

async function expectEqualText(one: AlegatoApp, other: AlegatoApp): Promise<void> {
  await expect(async () => expect(await one.workbench.readText()).toEqual(await other.workbench.readText())).toPass({
    timeout: 20_000,
  });
}
