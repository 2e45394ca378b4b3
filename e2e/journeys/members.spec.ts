import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { es } from '../../renderer/i18n/es.ts';
import { findViolations } from '../fixtures/findViolations.ts';
import { CENTER, expect, PARTNER, test } from '../fixtures/journey.ts';
import { MembersPanel } from '../pages/MembersPanel.ts';

const READER = 'Law Clinic';
const TITLE = 'Foreign gang data in asylum cases';
const SCREENS = join(process.cwd(), 'out', 'screens');

test('members come in by an invitation and a computer that is online, do what their role allows, and go', async ({
  stage,
}) => {
  test.setTimeout(240_000);
  await mkdir(SCREENS, { recursive: true });
  const relay = await stage.relay();
  const center = await stage.start('center');
  const members = new MembersPanel(center.page);
  await center.workbench.ready();

  const link = await test.step('the owner invites an editor and a reader', async () => {
    const editor = await members.invite({
      forWhom: 'Ana of the human-rights group',
      role: 'Editor',
      relayUrl: relay.url,
      organizationName: CENTER,
    });
    await expect(members.inviteForm).toContainText('The link alone opens nothing');
    await center.screenshot(join(SCREENS, 'members-invitation.png'));
    const reader = await members.invite({ forWhom: 'The clinic', role: 'Reader' });
    expect(reader).not.toBe(editor);
    await members.open();
    await expect(members.invitation('Ana of the human-rights group')).toContainText('Editor');
    await expect(members.invitation('The clinic').getByRole('button', { name: 'Copy link: The clinic' })).toBeVisible();
    return { editor, reader };
  });

  const withdrawn =
    await test.step('an invitation that went to the wrong address is withdrawn, by keyboard', async () => {
      const strange = await members.invite({ forWhom: 'A wrong address', role: 'Editor' });
      await members.open();
      const question = await members.askToWithdraw('A wrong address');
      await expect(question).toContainText('Nobody is let in with this link any more');
      await center.screenshot(join(SCREENS, 'members-withdraw.png'));
      expect(await findViolations(center.page)).toEqual([]);
      await center.page.keyboard.press('Escape');
      await expect(question).toBeHidden();
      const button = members.root.getByRole('button', { name: 'Withdraw the invitation: A wrong address…' });
      await expect(button).toBeFocused();
      await center.page.keyboard.press('Enter');
      await question.getByRole('button', { name: 'Withdraw it' }).press('Enter');
      await expect(members.root).toContainText('The invitation for A wrong address is withdrawn.');
      await expect(members.root.getByRole('heading', { name: 'Open invitations' })).toBeFocused();
      await expect(members.root.locator('[data-invitation="open"]')).toHaveCount(2);
      await members.root.getByText('1 earlier invitation').click();
      await expect(members.invitation('A wrong address')).toContainText('withdrawn');
      return strange;
    });

  const partner = await test.step('with nobody online the invited one waits, and is told for whom', async () => {
    await stage.quit(center);
    const app = await stage.start('partner');
    await app.workbench.ready();
    await app.workbench.backToLibrary();
    await app.workbench.library.tryToJoin(withdrawn, PARTNER);
    await expect(app.workbench.library.joinForm).toContainText('An owner withdrew this invitation');
    await app.workbench.library.tryToJoin(link.editor, PARTNER);
    const row = app.workbench.library.row('Waiting to be let in');
    await expect(row).toContainText('A computer of the coalition must be online. Asking since');
    await expect(row).toBeFocused();
    await app.screenshot(join(SCREENS, 'members-waiting.png'));
    expect(await findViolations(app.page)).toEqual([]);
    return app;
  });

  const owner = await test.step('once the owner is online the complaint appears by itself', async () => {
    const again = await stage.start('center');
    await again.workbench.ready();
    await expect(partner.page.locator('[data-let-in]')).toContainText(`You were let in: “${TITLE}” is here.`);
    await partner.page.locator('[data-let-in]').getByRole('button', { name: 'Open it' }).click();
    await partner.workbench.ready();
    return again;
  });
  const ownerMembers = new MembersPanel(owner.page);
  const partnerMembers = new MembersPanel(partner.page);

  const reader = await test.step('a reader reads along and cannot write', async () => {
    const app = await stage.start('reader');
    await app.workbench.ready();
    await app.workbench.backToLibrary();
    await app.workbench.join(link.reader, READER);
    await app.workbench.title(TITLE).waitFor();
    await app.workbench.ready();
    await expect(app.page.getByRole('banner')).toContainText('Reader');
    await expect(app.workbench.text).toHaveAttribute('aria-readonly', 'true');
    await app.page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(app.workbench.rightPanel).toContainText('reading only');
    return app;
  });

  await test.step('both screens show the same safety number, and remember that it was compared', async () => {
    await ownerMembers.open();
    await partnerMembers.open();
    await expect(ownerMembers.organization(PARTNER)).toContainText('here now');
    await expect(ownerMembers.organization(READER)).toContainText('Reader');
    const digits = await ownerMembers.readSafetyNumber(PARTNER);
    expect(digits).toHaveLength(12);
    for (const group of digits) expect(group).toMatch(/^\d{5}$/);
    expect(await partnerMembers.readSafetyNumber(CENTER)).toEqual(digits);
    await ownerMembers.confirmSafetyNumber(PARTNER);
    await expect(ownerMembers.organization(PARTNER).locator('.chip')).toHaveText('compared');
    await owner.screenshot(join(SCREENS, 'members-owner.png'));
    expect(await findViolations(owner.page)).toEqual([]);
  });

  await test.step('a further computer comes: the number has changed, and the screen says so', async () => {
    // The panel of the partner shows no “Remove…”: only owners remove.
    await expect(partnerMembers.root.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
    const further = await ownerMembers.invite({ forWhom: 'Our second laptop', role: 'Editor', ownFurther: true });
    const second = await stage.start('second');
    await second.workbench.ready();
    await second.workbench.backToLibrary();
    await second.workbench.join(further, CENTER);
    await second.workbench.title(TITLE).waitFor();
    await ownerMembers.open();
    await expect(ownerMembers.organization(CENTER).locator('[data-device]')).toHaveCount(2);
    await expect(ownerMembers.organization(PARTNER).getByRole('alert')).toContainText('compare again');
    await stage.quit(second);
  });

  await test.step('a removal says what it does, is told on both sides, and ends what arrives', async () => {
    const question = await ownerMembers.askToRemove(PARTNER);
    await expect(question).toContainText('They keep what they already have.');
    await owner.screenshot(join(SCREENS, 'members-remove.png'));
    expect(await findViolations(owner.page)).toEqual([]);
    await owner.page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await ownerMembers.askToRemove(PARTNER);
    await question.getByRole('button', { name: `Remove “Their computer” of ${PARTNER}` }).click();
    await expect(ownerMembers.root).toContainText(`“Their computer” of ${PARTNER} is removed.`);
    await expect(ownerMembers.organization(PARTNER)).toContainText('1 removed computer');

    await expect(partner.workbench.status).toContainText('This computer was removed; nothing new arrives');
    await expect(partner.page.locator('[data-notice="device-removed"]')).toBeVisible();
    await expect(partner.workbench.text).toHaveAttribute('aria-readonly', 'true');
    await expect(partner.page.getByRole('banner')).toContainText('Reading only');
    await partner.screenshot(join(SCREENS, 'members-removed.png'));

    await owner.workbench.placeCaretAtEnd(owner.workbench.paragraph(2));
    await owner.workbench.type(' Written after the removal.');
    await expect(reader.workbench.paragraph(2)).toContainText('Written after the removal.');
    await expect(partner.workbench.paragraph(2)).not.toContainText('Written after the removal.');
  });

  await test.step('in the small window, in Spanish and in the dark, nothing covers the toolbar', async () => {
    await owner.resize(1024, 640);
    await owner.workbench.chooseLanguage('Español');
    await expect(owner.page.getByRole('banner').getByRole('button', { name: es.members.open })).toBeHidden();
    await owner.workbench.status.getByRole('button', { name: /^En el relevo/ }).click();
    const panel = owner.workbench.rightPanel;
    await expect(panel).toHaveClass(/over/);
    const [bar, over] = await Promise.all([owner.page.getByRole('toolbar').boundingBox(), panel.boundingBox()]);
    expect((bar?.x ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(over?.x ?? 0);
    await owner.page.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
    });
    await owner.screenshot(join(SCREENS, 'members-small-es-dark.png'));
    expect(await findViolations(owner.page)).toEqual([]);
  });
  expect([...owner.consoleErrors, ...partner.consoleErrors, ...reader.consoleErrors]).toEqual([]);
});

test('without the relay a bundle carries the words, and the room moves to another relay in place', async ({
  stage,
}) => {
  test.setTimeout(200_000);
  const { center, partner, relay } = await stage.startTwo();
  const file = join(stage.folder, 'complaint.alegato-bundle');
  const words = ' Carried by hand.';

  await test.step('words written without the relay go into a file, and out of it on the other side', async () => {
    await relay.goAway();
    await expect(center.workbench.status).toContainText('Relay away');
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(2));
    await center.workbench.type(words);
    await expect(center.workbench.status).toContainText('Saved on this computer');
    await center.answerSaveDialog(file);
    await center.workbench.palette.run('Exchange changes by USB stick');
    const saving = center.workbench.rightPanel;
    await saving.getByRole('button', { name: 'Save everything for a stick…' }).click();
    await expect(saving.getByRole('status')).toContainText(file);

    await partner.answerOpenDialog([file]);
    await partner.workbench.palette.run('Exchange changes by USB stick');
    const reading = partner.workbench.rightPanel;
    await reading.getByRole('button', { name: 'Bring in a bundle…' }).click();
    await expect(reading.locator('[data-bundle-result]')).toContainText('new and now in the text');
    await expect(partner.workbench.paragraph(2)).toContainText(words.trim());
    await reading.getByRole('button', { name: 'Bring in a bundle…' }).click();
    await expect(reading.locator('[data-bundle-result]')).toContainText('Nothing new');
    await partner.screenshot(join(SCREENS, 'bundle.png'));
    expect(await findViolations(partner.page)).toEqual([]);
  });

  await test.step('the owner moves to another relay; the text stays on screen, and so does the place', async () => {
    const next = await stage.relay();
    await center.workbench.palette.run('Move to another relay');
    const panel = center.workbench.rightPanel;
    await panel.getByLabel('Address of the new relay').fill(next.url);
    await panel.getByRole('button', { name: 'Move there' }).click();
    await expect(panel).toContainText(`This computer now uses ${next.url}.`);
    await expect(center.workbench.status).toContainText('On the relay');
    await expect(center.workbench.paragraph(2)).toContainText(words.trim());
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(2));
    await center.workbench.type(' Written at the new relay.');
    await expect(center.workbench.paragraph(2)).toContainText('Written at the new relay.');
    await expect(center.workbench.status).toContainText('Saved on this computer');
    await center.screenshot(join(SCREENS, 'move-relay.png'));
  });
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);
});
