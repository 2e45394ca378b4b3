import { afterEach, describe, expect, it } from 'vitest';
import { createPeer, type TestPeer, type TestRoom, until } from '../../electron/services/sync/testRoom.ts';
import { encodeSnapshotContent } from '../../shared/sync/content.ts';
import { frameHash, KIND } from '../../shared/sync/Frame.ts';
import { encodeCoverage, type RoleName } from '../../shared/sync/records.ts';
import { DeviceChain } from '../DeviceChain.ts';
import type { HostileRelay } from '../relay/HostileRelay.ts';
import { typed } from './evilUpdates.ts';
import {
  codesOf,
  EVIL,
  EVIL_CLIENT,
  expectJoinerReads,
  expectUnharmed,
  lieInSnapshot,
  type Meeting,
  meet,
  part,
  snapshotContent,
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

describe('a member lies in a snapshot', () => {
  it("[SY50] alters another's words: nobody countersigns, everybody is told, newcomers get the truth", async () => {
    await begin();
    two.type(6, ' and true');
    await until(() => one.text() === 'honest and true' && two.session.status.unsentFrames === 0);
    relay.plant(lieInSnapshot(meeting, 'rewritten', one.replica.clientID));
    await until(() => [one, two].some((peer) => codesOf(peer).includes('snapshot-differs')));
    expect([...one.session.view.snapshots.values()].every(({ confirmed }) => !confirmed)).toBe(true);
    await expectUnharmed(one, two);
    await expectJoinerReads(room, one);
  });

  it('[SY50] alters its own words, which others hold otherwise: newcomers read what the others read', async () => {
    await begin();
    relay.plant(evil.update(typed(EVIL_CLIENT, 'I was there. ')));
    await until(() => [one, two].every((peer) => peer.text().includes('I was there')));
    const state = typed(EVIL_CLIENT, 'I was never there. ');
    const ends = new Map([[EVIL, { counter: evil.counter, hash: evil.previous }]]);
    const clear = encodeCoverage({ ends, records: new Set() });
    const content = snapshotContent(room, state);
    relay.plant(evil.write({ kind: KIND.snapshot, clear, content }));
    relay.lies = {
      // a relay may leave out what a confirmed snapshot covers [SY57]
      view: (log, reader) =>
        reader === 3 ? log.filter(({ device, kind }) => device !== EVIL || kind !== KIND.update) : log,
    };
    await expectUnharmed(one, two);
    const three = await createPeer(room, 3);
    three.session.connect();
    await until(() => three.text() !== '' || three.session.status.missing.length > 0);
    expect(three.text()).not.toContain('never');
  });

  it('[SY53] covers wild numbers: chains stay what they are', async () => {
    await begin();
    const wild = new Map([
      [1, { counter: Number.MAX_SAFE_INTEGER, hash: new Uint8Array(32).fill(1) }],
      [2, { counter: 9, hash: new Uint8Array(32).fill(2) }],
      [60_000, { counter: 1, hash: new Uint8Array(32).fill(3) }],
    ]);
    const content = encodeSnapshotContent({ digest: new Uint8Array(32), state: typed(EVIL_CLIENT, 'x') });
    relay.plant(
      evil.write({ kind: KIND.snapshot, clear: encodeCoverage({ ends: wild, records: new Set() }), content }),
    );
    await expectUnharmed(one, two);
  });

  it('[SY50] countersigned by the liar itself or by a device of its organization: not confirmed', async () => {
    await begin();
    const twin = new DeviceChain(room, 10, { organization: EVIL });
    for (const frame of room.rootFrames) relay.plant(frame);
    const lie = lieInSnapshot(meeting, 'rewritten');
    relay.plant(lie);
    for (const liar of [evil, twin])
      relay.plant(liar.write({ kind: KIND.countersignature, clear: frameHash(room.ciphers, lie) }));
    await expectUnharmed(one, two);
    expect([...one.session.view.snapshots.values()].every(({ confirmed }) => !confirmed)).toBe(true);
  });
});
