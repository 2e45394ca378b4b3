import { afterEach, describe, expect, it } from 'vitest';
import { type TestPeer, type TestRoom, until } from '../../electron/services/sync/testRoom.ts';
import { createEpoch, deriveDevice } from '../../shared/crypto/room.ts';
import { frameHash, KIND } from '../../shared/sync/Frame.ts';
import { requestStatement } from '../../shared/sync/hello.ts';
import { boxEpochs, encodeGrant, encodeRevocation, type RoleName } from '../../shared/sync/records.ts';
import { DeviceChain } from '../DeviceChain.ts';
import type { HostileRelay } from '../relay/HostileRelay.ts';
import { typed } from './evilUpdates.ts';
import {
  admit,
  codesOf,
  EVIL,
  EVIL_CLIENT,
  expectJoinerReads,
  expectUnharmed,
  invite,
  lieInSnapshot,
  type Meeting,
  meet,
  part,
  reasonsOf,
  seize,
} from './testMeeting.ts';

let relay: HostileRelay;
let room: TestRoom;
let evil: DeviceChain;
let one: TestPeer;
let two: TestPeer;
let meeting: Meeting;

async function begin(role?: RoleName): Promise<void> {
  meeting = await meet(role);
  ({ relay, room, evil, one, two } = meeting);
}
afterEach(() => part(meeting));

describe('a member goes beyond its role', () => {
  it('[SY49] a reader writes: refused by peers', async () => {
    await begin('reader');
    relay.plant(evil.update(typed(EVIL_CLIENT, 'I may not ')));
    await until(() => reasonsOf(one).length > 0 && reasonsOf(two).length > 0);
    expect(reasonsOf(two)).toEqual(['role-forbids']);
    await expectUnharmed(one, two);
    expect(one.text()).not.toContain('may not');
  });

  it.each(['editor', 'reviewer', 'reader'] as const)(
    '[SY41] [SY44] a %s invites and removes: nothing of it counts',
    async (role) => {
      await begin(role);
      for (const frame of seize(meeting, 1)) relay.plant(frame);
      await expectUnharmed(one, two);
      for (const peer of [one, two]) {
        expect(peer.session.view.devices.has(77)).toBe(false);
        expect(peer.session.view.devices.get(1)?.limit).toBe(null);
        expect(peer.session.status.removed).toBe(false);
      }
    },
  );

  it.each(['reviewer', 'reader'] as const)(
    '[SY42] [SY48] a %s admits and hands out keys: nothing of it counts',
    async (role) => {
      await begin(role);
      const seed = room.ciphers.randomBytes(32);
      const { box } = deriveDevice(room.ciphers, seed);
      relay.plant(
        evil.write({
          kind: KIND.grant,
          clear: encodeGrant({
            device: 2,
            epochs: boxEpochs(room.ciphers, box.publicKey, [createEpoch(room.ciphers)]),
          }),
        }),
      );
      const open = invite(meeting, 50, 'editor');
      relay.plant(open.frame);
      relay.plant(admit(meeting, 50, 'editor', frameHash(room.ciphers, open.frame), open.secretKey));
      await expectUnharmed(one, two);
      expect(one.session.view.devices.has(50)).toBe(false);
    },
  );

  it('[SY49] a reviewer writes a snapshot: it never counts', async () => {
    await begin('reviewer');
    relay.plant(lieInSnapshot(meeting, 'lies'));
    await expectUnharmed(one, two);
    expect(one.session.view.snapshots.size).toBe(0);
    await expectJoinerReads(room, one);
  });

  it('[SY42] an editor admits under an invitation in another role, organization or number: nothing of it counts', async () => {
    await begin();
    const open = invite(meeting, 50, 'reader');
    relay.plant(open.frame);
    const name = frameHash(room.ciphers, open.frame);
    relay.plant(admit(meeting, 50, 'owner', name, open.secretKey));
    relay.plant(admit(meeting, 51, 'reader', name, open.secretKey));
    relay.plant(admit(meeting, 50, 'reader', name, room.ciphers.signPair(room.ciphers.randomBytes(32)).secretKey)); // nobody asked
    await expectUnharmed(one, two);
    expect([...one.session.view.devices.keys()].sort()).toEqual([1, 2, EVIL]);
  });

  it('[SY43] [SY42] one invitation for two devices: told at once, and the same one is in everywhere', async () => {
    await begin();
    const open = invite(meeting, 50, 'editor');
    relay.plant(open.frame);
    const name = frameHash(room.ciphers, open.frame);
    const admissions = [
      admit(meeting, 50, 'editor', name, open.secretKey),
      admit(meeting, 50, 'editor', name, open.secretKey),
    ];
    relay.push(1, admissions[0] as Uint8Array);
    relay.push(2, admissions[1] as Uint8Array);
    for (const admission of admissions) relay.plant(admission);
    await until(() => [one, two].every((peer) => codesOf(peer).includes('link-used-twice')));
    expect(one.session.view.devices.get(50)?.keyName).toBe(two.session.view.devices.get(50)?.keyName);
    await expectUnharmed(one, two);
  });

  it('[SY41] an expired invitation, admitted by a member whose clock lies: the judge is the admitter, and it is shown who let it in', async () => {
    await begin();
    const open = invite(meeting, 50, 'editor', 1);
    relay.plant(open.frame);
    relay.plant(admit(meeting, 50, 'editor', frameHash(room.ciphers, open.frame), open.secretKey));
    await until(() => [one, two].every((peer) => peer.session.view.devices.has(50)));
    const author = one.session.view.boxed.find(
      ({ body }) => body.kind === KIND.admission && body.admission.device === 50,
    )?.device;
    expect(author).toBe(EVIL);
    await expectUnharmed(one, two);
  });

  it('[SY42] the honest admitter refuses what is expired, forged or used', async () => {
    await begin();
    const made = await one.session.gatekeeper.invite({ role: 'editor', organization: 5, expires: 1 });
    if (!made.ok) throw new Error(made.error.code);
    const { ciphers, root } = room;
    const pair = ciphers.signPair(made.value.seed);
    const { sign, box } = deriveDevice(ciphers, ciphers.randomBytes(32));
    const statement = requestStatement(root.room.roomIdBytes, sign.publicKey, box.publicKey);
    const request = {
      invitationKey: pair.publicKey,
      deviceKey: sign.publicKey,
      boxKey: box.publicKey,
      signature: ciphers.sign(pair.secretKey, statement),
    };
    expect(await one.session.gatekeeper.admit(request)).toMatchObject({ error: { code: 'link-expired' } });
    const forged = { ...request, boxKey: ciphers.randomBytes(32) };
    expect(await one.session.gatekeeper.admit(forged)).toMatchObject({ error: { code: 'payload-refused' } });
    const unknown = { ...request, invitationKey: ciphers.randomBytes(32) };
    expect(await one.session.gatekeeper.admit(unknown)).toMatchObject({ error: { code: 'invitation-unknown' } });
  });

  it('[SY47] an owner rotates to keys that it gives to nobody: the others go on under keys of their own', async () => {
    await begin('owner');
    const bystander = new DeviceChain(room, 60);
    for (const frame of room.rootFrames) relay.plant(frame);
    const boxes = new Map([1, 2].map((device) => [device, room.ciphers.randomBytes(80)]));
    const end = { device: 60, counter: 1, hash: bystander.previous };
    const clear = encodeRevocation({ ...end, epochId: createEpoch(room.ciphers).id, boxes });
    relay.plant(evil.write({ kind: KIND.revocation, clear }));
    await until(() => [one, two].every((peer) => peer.session.view.devices.get(60)?.limit));
    await expectUnharmed(one, two);
  });
});
