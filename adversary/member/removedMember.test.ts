import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestPeer, type TestRoom, until } from '../../electron/services/sync/testRoom.ts';
import { clientIdOf } from '../../shared/sync/clientIds.ts';
import { encodeUpdateContent } from '../../shared/sync/content.ts';
import { KIND } from '../../shared/sync/Frame.ts';
import type { RoleName } from '../../shared/sync/records.ts';
import type { DeviceChain } from '../DeviceChain.ts';
import type { HostileRelay } from '../relay/HostileRelay.ts';
import { typed } from './evilUpdates.ts';
import { EVIL, EVIL_CLIENT, expectUnharmed, type Meeting, meet, part, removeByRoot, seize } from './testMeeting.ts';

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

describe('a removed member goes on', () => {
  beforeEach(() => begin());

  it('[SY45] what it writes after its end counts nowhere, under the old keys or any', async () => {
    relay.plant(evil.update(typed(EVIL_CLIENT, 'before ')));
    await until(() => [one, two].every((peer) => peer.text().includes('before')));
    expect((await one.session.remove(EVIL)).ok).toBe(true);
    await until(() => two.session.view.devices.get(EVIL)?.limit !== null);
    relay.plant(evil.update(typed(clientIdOf(EVIL, 2), 'after ')));
    await expectUnharmed(one, two);
    for (const peer of [one, two]) {
      expect(peer.text()).toContain('before');
      expect(peer.text()).not.toContain('after');
    }
  });

  it('[SY46] a second history up to its end does not replace the one that was named', async () => {
    const first = evil.build({
      content: encodeUpdateContent({ heads: new Map(), update: typed(EVIL_CLIENT, 'said ') }),
    });
    const second = evil.build({
      content: encodeUpdateContent({ heads: new Map(), update: typed(EVIL_CLIENT, 'unsaid ') }),
    });
    relay.plant(first);
    await until(() => [one, two].every((peer) => peer.text().includes('said')));
    expect((await one.session.remove(EVIL)).ok).toBe(true);
    await until(() => two.session.view.devices.get(EVIL)?.limit !== null);
    relay.plant(second);
    await expectUnharmed(one, two);
    for (const peer of [one, two]) expect(peer.text()).not.toContain('unsaid');
  });

  it('[SY47] gets no key of what is written afterwards', async () => {
    expect((await one.session.remove(EVIL)).ok).toBe(true);
    one.type(0, 'not for you ');
    await until(() => two.text().includes('not for you') && one.session.status.unsentFrames === 0);
    const old = room.epoch.name;
    const later = relay.log.filter(({ kind, device }) => kind === KIND.update && device === 1).at(-1);
    expect(Buffer.from(later?.bytes.subarray(18, 34) ?? []).toString('hex')).not.toBe(old);
  });
});

describe('a removed owner', () => {
  it('[SY44] [SY45] backdates records: whom it lets in or removes afterwards neither comes nor goes', async () => {
    await begin('owner');
    relay.plant(removeByRoot(meeting));
    await until(() => [one, two].every((peer) => peer.session.view.devices.get(EVIL)?.limit));
    for (const frame of seize(meeting, 2)) relay.plant(frame);
    await expectUnharmed(one, two);
    expect(one.session.view.devices.has(77)).toBe(false);
    expect(one.session.view.devices.get(2)?.limit).toBe(null);
  });
});
