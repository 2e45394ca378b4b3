import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestPeer, type TestRoom, until } from '../../electron/services/sync/testRoom.ts';
import { encodeUpdateContent } from '../../shared/sync/content.ts';
import { KIND } from '../../shared/sync/Frame.ts';
import type { RoleName } from '../../shared/sync/records.ts';
import type { DeviceChain } from '../DeviceChain.ts';
import { flipped } from '../faults/decideFate.ts';
import { RawDevice } from '../RawDevice.ts';
import type { HostileRelay } from '../relay/HostileRelay.ts';
import { typed } from './evilUpdates.ts';
import { codesOf, EVIL, EVIL_CLIENT, expectUnharmed, type Meeting, meet, part } from './testMeeting.ts';

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

describe('a member lies about its own chain', () => {
  beforeEach(() => begin());

  it('[SY3] a wrong signature: not taken, and asked for as missing', async () => {
    const frame = evil.update(typed(EVIL_CLIENT, 'unsigned '));
    relay.plant(flipped(frame, frame.length - 1, 0));
    await until(() => codesOf(two).includes('relay-garbage'));
    await expectUnharmed(one, two);
    expect(two.text()).not.toContain('unsigned');
  });

  it('[SY2] signed with another key than the admitted one', async () => {
    const other = room.ciphers.signPair(room.ciphers.randomBytes(32));
    relay.plant(
      evil.build({
        content: encodeUpdateContent({ heads: new Map(), update: typed(EVIL_CLIENT, 'x') }),
        secretKey: other.secretKey,
      }),
    );
    await until(() => codesOf(two).includes('relay-garbage'));
    await expectUnharmed(one, two);
  });

  it('[SY4] counters far ahead: they wait, are named as missing, and hold nobody up', async () => {
    evil.write({
      content: encodeUpdateContent({ heads: new Map(), update: typed(EVIL_CLIENT, 'a') }),
      counter: 2 ** 40,
    });
    relay.plant(
      evil.build({
        content: encodeUpdateContent({ heads: new Map(), update: typed(EVIL_CLIENT, 'b ') }),
        counter: Number.MAX_SAFE_INTEGER,
      }),
    );
    await until(() => two.session.status.missing.some(({ device }) => device === EVIL));
    await expectUnharmed(one, two);
  });

  it('[SY46] two frames under one counter: told, and the same one counts everywhere, whatever came first', async () => {
    const variants = ['left ', 'right '].map((words) =>
      evil.build({ content: encodeUpdateContent({ heads: new Map(), update: typed(EVIL_CLIENT, words) }) }),
    ) as [Uint8Array, Uint8Array];
    relay.push(1, variants[0]);
    relay.push(2, variants[1]);
    await until(() => one.text().includes('left') && two.text().includes('right'));
    relay.push(1, variants[1]);
    relay.push(2, variants[0]);
    await until(() => [one, two].every((peer) => codesOf(peer).includes('peer-fork')));
    await until(() => one.rebuilds() + two.rebuilds() > 0);
    const reopened = [await one.reopen(), await two.reopen()] as [TestPeer, TestPeer];
    for (const peer of reopened) peer.session.connect();
    await until(() => reopened.every((peer) => peer.session.status.relay === 'online'));
    await expectUnharmed(...reopened);
  });

  it('[SY11] heads that never existed: its words wait and are named; nobody else is touched', async () => {
    relay.plant(
      evil.update(
        typed(EVIL_CLIENT, 'after the end of time '),
        new Map([[2, { counter: 9_999, mark: new Uint8Array(8).fill(5) }]]),
      ),
    );
    await until(() => one.session.status.missing.length > 0);
    await expectUnharmed(one, two);
    expect(one.text()).not.toContain('end of time');
  });

  it('[SY11] heads of another history: shown as a fork', async () => {
    relay.plant(evil.update(typed(EVIL_CLIENT, 'x'), new Map([[1, { counter: 1, mark: new Uint8Array(8).fill(5) }]])));
    await until(() => two.text().includes('x') && codesOf(two).includes('peer-fork'), 2_000);
    await expectUnharmed(one, two);
  });

  it('[SY12] presence in the name of another: dropped', async () => {
    two.show({ name: 'two' });
    await until(() => one.seen().length === 1);
    const forged = evil.build({
      kind: KIND.presence,
      content: Uint8Array.of(0, 0, 1, ...[0x81, 0x80, 0x08], 9, 2, 0x7b, 0x7d),
    });
    const liar = new RawDevice(relay.url);
    await liar.enter(evil);
    liar.send({ type: 'presence', frame: forged });
    await expectUnharmed(one, two);
    expect(one.seen()).toEqual([{ name: 'two' }]);
    await liar.close();
  });
});
