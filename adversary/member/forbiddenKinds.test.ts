import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  startRelay,
  type TestPeer,
  type TestRelay,
  type TestRoom,
  until,
} from '../../electron/services/sync/testRoom.ts';
import { createEpoch } from '../../shared/crypto/room.ts';
import { KIND } from '../../shared/sync/Frame.ts';
import {
  boxEpochs,
  encodeCoverage,
  encodeGrant,
  encodeInvitation,
  encodeRevocation,
  type RoleName,
} from '../../shared/sync/records.ts';
import { DeviceChain } from '../DeviceChain.ts';
import { typed } from './evilUpdates.ts';
import { codesOf, EVIL, EVIL_CLIENT, FAR_FUTURE, reasonsOf, snapshotContent } from './testMeeting.ts';

/** An honest relay, two honest partners, and a member whose program writes what its role forbids. */
let relay: TestRelay;
let room: TestRoom;
let evil: DeviceChain;
let one: TestPeer;
let two: TestPeer;

beforeEach(async () => {
  relay = await startRelay();
  room = await createTestRoom(relay);
});
afterEach(closeEverything);

async function begin(role: RoleName): Promise<void> {
  evil = new DeviceChain(room, EVIL, { role });
  one = await createPeer(room, 1);
  two = await createPeer(room, 2);
  for (const peer of [one, two]) peer.session.connect();
  one.type(0, 'honest');
  await until(() => two.text() === 'honest' && one.session.status.unsentFrames === 0);
}

const revocation = (): Uint8Array =>
  encodeRevocation({
    device: 2,
    counter: 1,
    hash: new Uint8Array(32).fill(1),
    epochId: createEpoch(room.ciphers).id,
    boxes: new Map(),
  });
const invitation = (): Uint8Array =>
  encodeInvitation({
    key: room.ciphers.randomBytes(32),
    role: 'owner',
    organization: 5,
    device: 77,
    expires: FAR_FUTURE,
  });

/** What it writes, by name. */
const FORBIDDEN: Record<string, { role: RoleName; reason: string; write(): Uint8Array }> = {
  "an editor's revocation": {
    role: 'editor',
    reason: 'role-forbids',
    write: () => evil.write({ kind: KIND.revocation, clear: revocation() }),
  },
  "an editor's invitation": {
    role: 'editor',
    reason: 'role-forbids',
    write: () => evil.write({ kind: KIND.invitation, clear: invitation() }),
  },
  "a reviewer's snapshot": {
    role: 'reviewer',
    reason: 'role-forbids',
    write: () =>
      evil.write({
        kind: KIND.snapshot,
        clear: encodeCoverage({ ends: new Map(), records: new Set() }),
        content: snapshotContent(room, typed(EVIL_CLIENT, 'lies')),
      }),
  },
  "a reviewer's grant": {
    role: 'reviewer',
    reason: 'role-forbids',
    write: () => {
      const epochs = boxEpochs(room.ciphers, evil.keys.box.publicKey, [createEpoch(room.ciphers)]);
      return evil.write({ kind: KIND.grant, clear: encodeGrant({ device: 2, epochs }) });
    },
  },
  'a record that cannot be read': {
    role: 'editor',
    reason: 'bad-record',
    write: () => evil.write({ kind: KIND.countersignature, clear: new Uint8Array(7) }),
  },
};

describe('a frame of a kind that its author may not write, handed over by file', () => {
  it.each(Object.keys(FORBIDDEN))(
    '[SY81] [SY14] %s: nobody waits for anything, and everybody is told',
    async (name) => {
      const { role, reason, write } = FORBIDDEN[name] as (typeof FORBIDDEN)[string];
      await begin(role);
      const carried = [write(), evil.update(typed(EVIL_CLIENT, 'after it '))];
      expect(await two.session.takeFrames(carried)).toEqual({ added: 2, known: 0, refused: 0 });
      two.type(two.text().length, ' built upon it');
      const three = await createPeer(room, 3);
      three.session.connect();
      const peers = [one, two, three];
      await until(() => peers.every((peer) => /after it .*built upon it/.test(peer.text())), 15_000);
      for (const peer of peers) {
        expect(peer.text()).toBe(two.text());
        expect(peer.session.status.missing).toEqual([]);
        expect(reasonsOf(peer)).toContain(reason);
        expect(codesOf(peer)).not.toContain('peer-fork');
        expect([...peer.session.view.devices.keys()].sort()).toEqual([1, 2, 3, EVIL]);
        expect(peer.session.view.devices.get(2)?.limit).toBe(null);
        expect(peer.session.view.snapshots.size).toBe(0);
      }
      // the same once more from disk, and from a relay that had to be filled again
      await relay.stop();
      await relay.wipe();
      await relay.start();
      const reopened = await one.reopen();
      reopened.session.connect();
      await until(() => reopened.session.status.relay === 'online' && reopened.session.status.unsentFrames === 0);
      expect(reopened.text()).toBe(two.text());
      expect(reopened.session.status.missing).toEqual([]);
    },
  );

  it("[SY81] [SY49] a reader's words: told by whoever got them, posted to no relay, and nobody waits", async () => {
    await begin('reader');
    const carried = Array.from({ length: 20 }, (_, i) => evil.update(typed(EVIL_CLIENT + i, 'I may not ')));
    await two.session.takeFrames(carried);
    two.type(two.text().length, ' goes on');
    await until(() => one.text() === 'honest goes on' && two.session.status.unsentFrames === 0);
    expect(reasonsOf(two)).toContain('role-forbids');
    const last = carried[carried.length - 1] as Uint8Array;
    expect(relay.recorded().includes(Buffer.from(last))).toBe(false);
    for (const peer of [one, two]) expect(peer.session.status.missing).toEqual([]);
  });
});
