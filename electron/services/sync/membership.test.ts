import { afterEach, describe, expect, it } from 'vitest';
import { openBytes } from '../../../shared/crypto/sealing.ts';
import { parseFrame } from '../../../shared/sync/Frame.ts';
import { parseRelayMessage } from '../../../shared/sync/RelayMessage.ts';
import { isSettled } from '../../../shared/sync/Roster.ts';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  startRelay,
  type TestPeer,
  type TestRoom,
  until,
} from './testRoom.ts';

afterEach(closeEverything);

async function online(...peers: TestPeer[]): Promise<void> {
  for (const { session } of peers) session.connect();
  await until(() => peers.every(({ session }) => session.status.relay === 'online'));
}

async function settled(...peers: TestPeer[]): Promise<void> {
  await until(
    () =>
      peers.every((peer) => peer.text() === peers[0]?.text()) &&
      peers.every(({ session }) => session.status.unsentFrames === 0),
  );
}

/** Frames that crossed the relay's sockets from `from` bytes of the recording on, as pages, entries and presence. */
function framesIn(recorded: readonly Uint8Array[]): Uint8Array[] {
  return recorded.flatMap((bytes) => {
    const parsed = parseRelayMessage(bytes);
    if (!parsed.ok) return [];
    const message = parsed.value;
    if (message.type === 'page') return message.entries.map(({ frame }) => frame);
    return message.type === 'entry' || message.type === 'presence' ? [message.frame] : [];
  });
}

describe('roles', () => {
  it('[SY49] a reader reads and presence of it is seen; what its program writes never leaves', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const reader = await createPeer(room, 2, { role: 'reader' });
    await online(one, reader);
    one.type(0, 'To be read. ');
    await until(() => reader.text() === 'To be read. ');
    reader.type(0, 'Not for a reader. ');
    await reader.session.flush();
    one.type(0, 'More. ');
    await until(() => reader.text().includes('More. '));
    expect(one.text()).toBe('More. To be read. ');
    expect(reader.session.heads().has(2)).toBe(false);
    expect(reader.session.status).toMatchObject({ role: 'reader', unsentFrames: 0 });
    expect((await reader.session.gatekeeper.invite({ role: 'owner', organization: 9, expires: 4e9 })).ok).toBe(false);
  });
});

describe('removal', () => {
  it('[SY44] [SY47] new keys for all others, nothing new for the removed device, and it is told', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, two, three] = [await createPeer(room, 1), await createPeer(room, 2), await createPeer(room, 3)];
    await online(one, two, three);
    one.type(0, 'All three read this. ');
    await settled(one, two, three);
    three.type(0, 'And this is by three. ');
    await settled(one, two, three);
    const before = relay.messages().length;
    expect(one.session.gatekeeper.mayRemove(3)).toBe(true);
    expect(two.session.gatekeeper.mayRemove(3)).toBe(false);
    expect((await two.session.remove(3)).ok).toBe(false);
    expect((await one.session.remove(3)).ok).toBe(true);
    await until(() => three.session.status.removed && three.session.status.relay === 'refused');
    expect(three.session.status.relayReason).toBe('device-removed');
    one.type(0, 'After the removal. ');
    await until(() => two.text().startsWith('After the removal. '));
    two.type(0, 'Two answers. ');
    await settled(one, two);
    expect(one.text()).toContain('And this is by three. ');
    expect(three.text()).not.toContain('After the removal');
    expect([one.rebuilds(), two.rebuilds()]).toEqual([0, 0]);
    expect(two.notices).toContainEqual({ code: 'member-removed' });

    // nothing that crossed afterwards opens with a key that the removed device holds
    const keys = three.epochKeys();
    expect(keys).toHaveLength(1);
    const later = framesIn(relay.messages().slice(before)).flatMap((bytes) => {
      const parsed = parseFrame(bytes);
      return parsed.ok && (parsed.value.kind === 1 || parsed.value.kind === 2) ? [parsed.value] : [];
    });
    const newEpoch = one.session.view.sealUnder;
    const underNew = later.filter(({ epochId }) => Buffer.from(epochId).toString('hex') === newEpoch);
    expect(underNew.length).toBeGreaterThan(2);
    for (const frame of underNew)
      for (const { frameKey } of keys)
        expect(openBytes(room.ciphers, frameKey, frame.body, frame.header).ok).toBe(false);

    // told again after a restart, although the relay says no more than no
    const again = await three.reopen();
    again.session.connect();
    await until(() => again.session.status.removed);
    expect(again.text()).toContain('All three read this. ');
    again.type(0, 'Never leaves. ');
    await again.session.flush();
    expect(two.text()).not.toContain('Never leaves');
  });

  it('[SY21] a device removed while it was away gets the proof at its next hello, and believes nothing less', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, three] = [await createPeer(room, 1), await createPeer(room, 3)];
    await online(one, three);
    one.type(0, 'Before. ');
    await settled(one, three);
    three.session.disconnect();
    three.type(0, 'Written while away. ');
    await one.session.remove(3);
    one.type(0, 'After. ');
    await until(() => one.session.status.unsentFrames === 0);
    const before = relay.messages().length;
    three.session.connect();
    await until(() => three.session.status.removed);
    expect(three.session.status).toMatchObject({ relay: 'refused', relayReason: 'device-removed' });
    expect(three.text()).toBe('Written while away. Before. ');
    const kinds = framesIn(relay.messages().slice(before)).map((bytes) => bytes[1]);
    expect(kinds.filter((kind) => kind !== 2)).toEqual([4]); // and presence of the owner, on its way in
  });

  it('[SY45] [SY55] frames beyond the limit are void: who had applied them builds anew, the others never count them', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, two, three] = [await createPeer(room, 1), await createPeer(room, 2), await createPeer(room, 3)];
    await online(one, two, three);
    one.type(0, 'Base. ');
    await settled(one, two, three);
    one.session.disconnect();
    three.type(0, 'Unseen by the owner. ');
    await until(() => two.text().includes('Unseen'));
    await one.session.remove(3); // offline: names the last frame of three that is here
    one.session.connect();
    await until(() => two.rebuilds() > 0);
    const rebuilt = await two.reopen();
    await online(rebuilt);
    rebuilt.type(0, 'Two goes on. ');
    await settled(one, rebuilt);
    expect(one.text()).toBe('Two goes on. Base. ');
    expect(one.rebuilds()).toBe(0);
    const four = await createPeer(room, 4);
    await online(four);
    await until(() => four.text() === one.text() || four.session.status.missing.length > 0);
    await settled(one, four);
  });
});

describe('compaction', () => {
  async function typeMany(peer: TestPeer, times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      peer.type(peer.text().length, `word${i} `);
      await peer.session.flush();
    }
  }

  async function confirmedSnapshots(room: TestRoom, ...peers: TestPeer[]): Promise<void> {
    void room;
    await until(() =>
      peers.every(({ session }) => [...session.view.snapshots.values()].some(({ confirmed }) => confirmed)),
    );
  }

  it('[SY50] another organization countersigns; a joiner gets the snapshot in place of what it covers', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, two] = [await createPeer(room, 1), await createPeer(room, 2)];
    await online(one, two);
    await typeMany(one, 30);
    await typeMany(two, 30);
    await settled(one, two);
    expect(await one.session.compact()).toBe(true);
    await confirmedSnapshots(room, one, two);
    const before = relay.messages().length;
    const three = await createPeer(room, 3);
    await online(three);
    await settled(one, two, three);
    expect(three.replica.getText('t').toString()).toBe(one.text());
    const sent = framesIn(relay.messages().slice(before)).length;
    expect(sent).toBeLessThan(30);
    three.type(0, 'Three writes. ');
    await settled(one, two, three);
    const again = await three.reopen();
    expect(again.text()).toBe(one.text());
  });

  it('[SY32] [SY50] what a joiner wrote before the snapshot came reaches everybody', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, two] = [await createPeer(room, 1), await createPeer(room, 2)];
    await online(one, two);
    await typeMany(one, 30);
    await settled(one, two);
    expect(await one.session.compact()).toBe(true);
    await confirmedSnapshots(room, one, two);
    const three = await createPeer(room, 3);
    three.type(0, 'Before it came. ');
    await online(three);
    await settled(one, two, three);
    expect(one.text()).toContain('Before it came. ');
    expect(three.replica.getText('t').toString()).toBe(one.text());
    three.type(0, 'And after. ');
    await settled(one, two, three);
    expect(three.replica.getText('t').toString()).toBe(one.text());
  });

  it('[SY50] of those who are no owners one countersigns, however many are here', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const peers: TestPeer[] = [];
    for (let device = 1; device <= 5; device++) peers.push(await createPeer(room, device));
    const [one] = peers as [TestPeer];
    await online(...peers);
    for (const peer of peers) await typeMany(peer, 2);
    await settled(...peers);
    for (let round = 1; round <= 3; round++) {
      await typeMany(one, 5);
      await settled(...peers);
      expect(await one.session.compact()).toBe(true);
      await until(() =>
        peers.every(
          ({ session }) => [...session.view.snapshots.values()].filter(({ confirmed }) => confirmed).length === round,
        ),
      );
    }
    for (const { confirmed, witnesses } of one.session.view.snapshots.values()) {
      expect(confirmed).toBe(true);
      expect([...witnesses].filter((device) => device !== 1)).toHaveLength(1);
    }
  });

  it('[SY50] nobody waits for a device of the organization whose snapshot it is', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const patient = { timing: { tidyMs: 3_600_000 } };
    const peers = [
      await createPeer(room, 1, { organization: 1, ...patient }),
      await createPeer(room, 2, { organization: 1, ...patient }),
      await createPeer(room, 3, { organization: 2, ...patient }),
    ];
    const [, author] = peers as [TestPeer, TestPeer, TestPeer];
    await online(...peers);
    await typeMany(author, 5);
    await settled(...peers);
    expect(await author.session.compact()).toBe(true);
    await confirmedSnapshots(room, ...peers);
  });

  it('[SY52] a second snapshot lets go of what the first covers, here and at the relay; nothing is lost over a wiped relay', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, two] = [await createPeer(room, 1), await createPeer(room, 2)];
    await online(one, two);
    for (let round = 0; round < 3; round++) {
      await typeMany(one, 20);
      await typeMany(two, 5);
      await settled(one, two);
      expect(await one.session.compact()).toBe(true);
      await until(() => [...two.session.view.snapshots.values()].filter(({ confirmed }) => confirmed).length > round);
      await settled(one, two);
    }
    expect(one.storedFrames()).toBeLessThan(75);
    await relay.stop();
    await relay.wipe();
    await relay.start();
    const three = await createPeer(room, 3);
    three.session.connect();
    await settled(one, two, three);
    two.type(0, 'After the wipe. ');
    await settled(one, two, three);
    expect(three.text()).toContain('After the wipe. ');
    const again = await one.reopen();
    expect(again.text()).toBe(two.text());
  });

  it('[SY45] [SY57] the removal of a reader who confirmed snapshots takes nothing from those who come later', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1, { role: 'owner', organization: 1 });
    const two = await createPeer(room, 2, { organization: 1 });
    const reader = await createPeer(room, 3, { role: 'reader', organization: 3 });
    await online(one, two, reader);
    for (let round = 0; round < 3; round++) {
      await typeMany(two, 20);
      await settled(one, two);
      expect(await two.session.compact()).toBe(true);
      await until(
        () =>
          [...one.session.view.snapshots.values()].filter((each) => isSettled(one.session.view, each)).length > round,
      );
    }
    await until(() => two.storedFrames() < 60);
    expect((await one.session.remove(3)).ok).toBe(true);
    await until(() => two.session.view.devices.get(3)?.limit !== null);
    expect([...one.session.view.snapshots.values()].filter(({ confirmed }) => confirmed).length).toBeGreaterThan(2);
    const four = await createPeer(room, 4, { organization: 3 });
    await online(four);
    await settled(one, two, four);
    expect(four.text()).toBe(two.text());
  });
});
