import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestPeer, type TestRoom, until } from '../../electron/services/sync/testRoom.ts';
import { clientIdOf } from '../../shared/sync/clientIds.ts';
import { KIND } from '../../shared/sync/Frame.ts';
import type { RoleName } from '../../shared/sync/records.ts';
import type { DeviceChain } from '../DeviceChain.ts';
import type { HostileRelay } from '../relay/HostileRelay.ts';
import { deepTypes, deletesTheFuture, malformedUpdates, onNothing, typed, withoutItsPast } from './evilUpdates.ts';
import {
  EVIL,
  EVIL_CLIENT,
  expectJoinerReads,
  expectUnharmed,
  type Meeting,
  meet,
  part,
  reasonsOf,
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

describe('a member writes what Yjs must not see', () => {
  beforeEach(() => begin());

  it.each(malformedUpdates(EVIL_CLIENT).map(({ name, bytes }) => [name, bytes] as const))(
    '[SY13] an update that %s',
    async (_name, bytes) => {
      const start = performance.now();
      relay.plant(evil.update(bytes));
      await until(() => reasonsOf(one).length > 0 && reasonsOf(two).length > 0);
      expect(performance.now() - start).toBeLessThan(5_000);
      expect([...reasonsOf(one), ...reasonsOf(two)]).toEqual(['bad-update', 'bad-update']);
      expect(one.notices[0]?.params?.['device']).toBe(EVIL);
      await expectUnharmed(one, two);
    },
  );

  it('[SY12] words under the client id of another', async () => {
    relay.plant(evil.update(typed(clientIdOf(1, 1), 'in your name')));
    await until(() => reasonsOf(one).length > 0 && reasonsOf(two).length > 0);
    expect(reasonsOf(two)).toEqual(['foreign-client-id']);
    await expectUnharmed(one, two);
    expect(one.text()).not.toContain('in your name');
  });

  it('[SY12] words under the genesis, which only the founder may write', async () => {
    relay.plant(evil.update(typed(7, 'in the beginning')));
    await until(() => reasonsOf(two).length > 0);
    expect(reasonsOf(two)).toEqual(['foreign-client-id']);
    await expectUnharmed(one, two);
  });

  it('[SY14] a frame refused for its content, and right ones after it: only the refused one is left out', async () => {
    relay.plant(evil.update(malformedUpdates(EVIL_CLIENT)[0]?.bytes as Uint8Array));
    relay.plant(evil.update(typed(EVIL_CLIENT, 'back to work ')));
    await until(() => [one, two].every((peer) => peer.text().includes('back to work')));
    await expectUnharmed(one, two);
  });

  it('[SY3] a content that does not open, and one that is no content', async () => {
    const sealedForNobody = { ...room.epoch, frameKey: room.ciphers.randomBytes(32) };
    relay.plant(evil.write({ content: new Uint8Array(20), epoch: sealedForNobody }));
    relay.plant(evil.write({ content: Uint8Array.of(200, 1, 2) }));
    await until(() => reasonsOf(two).length === 2);
    expect(reasonsOf(two)).toEqual(['wrong-key-or-damaged', 'bad-content']);
    await expectUnharmed(one, two);
  });

  it('[SY11] structs whose past was never written: they show nothing and hold nobody up', async () => {
    relay.plant(evil.update(withoutItsPast(EVIL_CLIENT)));
    relay.plant(evil.update(onNothing(clientIdOf(EVIL, 2), clientIdOf(2, 1))));
    await expectUnharmed(one, two);
    expect(one.text()).not.toContain('nowhere');
    expect(await one.session.compact()).toBe(true);
    await expectJoinerReads(room, one);
  });

  it('[SY11] deletions of what somebody has not written yet: words typed later stay, everywhere the same', async () => {
    const future = two.replica.clientID;
    relay.plant(evil.update(deletesTheFuture(future, 0, 1_000_000)));
    relay.plant(evil.update(typed(EVIL_CLIENT, 'landmark ')));
    await until(() => [one, two].every((peer) => peer.text().includes('landmark')));
    two.type(0, 'typed later ');
    await until(() => one.text() === two.text() && two.session.status.unsentFrames === 0);
    expect(two.text()).toContain('typed later');
    expect(one.text()).toContain('typed later');
    await expectJoinerReads(room, one);
  });

  it('[SY13] types 20,000 deep: no stack ends, and all agree', async () => {
    relay.plant(evil.update(deepTypes(EVIL_CLIENT, 20_000)));
    await expectUnharmed(one, two);
    await expectJoinerReads(room, one);
  });

  it('[SY6] one frame of 4 million letters: taken, as a pasted book would be', async () => {
    relay.plant(evil.update(typed(EVIL_CLIENT, 'x'.repeat(4_000_000))));
    await until(() => one.text().length > 4_000_000 && two.text() === one.text(), 20_000);
  });

  it('[SY6] a frame above the largest size: the connection is garbage, and tried again', async () => {
    const told: string[] = [];
    one.session.onStatus(({ relayReason }) => told.push(relayReason));
    relay.push(1, evil.build({ kind: KIND.countersignature, clear: new Uint8Array(9 * 1024 * 1024) }));
    await until(() => told.includes('relay-garbage') && one.session.status.relay === 'online', 15_000);
    await expectUnharmed(one, two);
  });
});
