import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  startRelay,
  type TestPeer,
  type TestRoom,
  until,
} from '../../electron/services/sync/testRoom.ts';
import { KIND } from '../../shared/sync/Frame.ts';
import { flipped } from '../faults/decideFate.ts';
import { HostileRelay, isRecordFrame, type KeptFrame } from './HostileRelay.ts';

let relay: HostileRelay;
let room: TestRoom;

beforeEach(async () => {
  relay = await HostileRelay.start(await loadCiphers());
  room = await createTestRoom(relay);
});
afterEach(async () => {
  await closeEverything();
  await relay.close();
});

/** Peers with these numbers, connected, in one room. */
async function join(...numbers: number[]): Promise<TestPeer[]> {
  const peers: TestPeer[] = [];
  for (const number of numbers) peers.push(await createPeer(room, number));
  for (const peer of peers) peer.session.connect();
  await until(() => peers.every(({ session }) => session.status.relay === 'online'));
  return peers;
}

const all = (peers: readonly TestPeer[], text: string) => (): boolean =>
  peers.every((peer) => peer.text() === text && peer.session.status.unsentFrames === 0);
const missingOf = (peer: TestPeer, device: number): number =>
  peer.session.status.missing.find((one) => one.device === device)?.count ?? 0;
const codes = (peer: TestPeer): string[] => peer.notices.map(({ code }) => code);
const without = (hidden: (frame: KeptFrame) => boolean) => (log: readonly KeptFrame[]) =>
  log.filter((frame) => !hidden(frame));
const isUpdateOf = (device: number) => (frame: KeptFrame) => frame.device === device && frame.kind === KIND.update;

/** The relay stops lying and everybody comes back; nothing may be lost and nothing may stay missing. */
async function expectHealed(peers: readonly TestPeer[], words: readonly string[]): Promise<void> {
  relay.lies = {};
  relay.hangUp();
  const healed = (): boolean =>
    peers.every(
      (peer) =>
        peer.text() === peers[0]?.text() &&
        words.every((word) => peer.text().includes(word)) &&
        peer.session.status.unsentFrames === 0 &&
        peer.session.status.missing.length === 0,
    );
  await until(healed, 20_000);
}

describe('a hostile relay', () => {
  it('[SY11] withholds a device: named as missing by its presence, and there again when it is handed over', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    relay.lies = { view: (log, reader) => (reader === 1 ? without(isUpdateOf(2))(log) : log) };
    two.type(0, 'withheld');
    await until(() => missingOf(one, 2) > 0);
    expect(one.text()).toBe('');
    expect(codes(one)).toEqual([]);
    await expectHealed([one, two], ['withheld']);
  });

  it('[SY11] withholds the newest words of a device: named as missing, what came before stands', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    two.type(0, 'first');
    await until(all([one, two], 'first'));
    relay.lies = {
      view: (log, reader) => (reader === 1 ? without((f) => isUpdateOf(2)(f) && f.counter > 1)(log) : log),
    };
    two.type(5, ' second');
    await until(() => missingOf(one, 2) > 0);
    expect(one.text()).toBe('first');
    await expectHealed([one, two], ['first second']);
  });

  it('[SY11] withholds a device and its presence: named as missing as soon as somebody builds upon its words', async () => {
    const [one, two, three] = (await join(1, 2, 3)) as [TestPeer, TestPeer, TestPeer];
    relay.lies = {
      view: (log, reader) => (reader === 1 ? without(isUpdateOf(2))(log) : log),
      presence: (frame, from, to) => (to === 1 && from !== 1 ? null : frame),
    };
    two.type(0, 'unseen');
    await until(() => three.text() === 'unseen');
    three.type(6, ' upon it');
    await until(() => missingOf(one, 2) > 0);
    expect(one.text()).toBe(''); // words that rest on missing ones wait
    await expectHealed([one, two, three], ['unseen upon it']);
  });

  it('[SY26] drops everything it had: whoever holds it brings it back', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    one.type(0, 'kept by us');
    await until(all([one, two], 'kept by us'));
    two.session.disconnect();
    relay.log.length = 0;
    relay.lies = { logId: () => new Uint8Array(16).fill(3) };
    relay.hangUp();
    await until(() => relay.log.some(isUpdateOf(1)));
    const newcomer = await createPeer(room, 3);
    newcomer.session.connect();
    await until(() => newcomer.text() === 'kept by us');
  });

  it('[SY4] replays old frames as new ones: nothing changes, nothing is said twice', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    two.type(0, 'once');
    await until(all([one, two], 'once'));
    two.remove(0, 4);
    two.type(0, 'twice');
    await until(all([one, two], 'twice'));
    for (const { bytes } of [...relay.log]) relay.push(1, bytes);
    relay.lies = { view: (log) => log.flatMap((frame) => [frame, frame]) };
    relay.hangUp();
    two.type(5, ' over');
    await until(all([one, two], 'twice over'), 15_000);
    expect(codes(one)).toEqual([]);
  });

  it('[SY11] shows two groups two histories: each sees that the other has more, and both merge in the end', async () => {
    const peers = (await join(1, 2, 3)) as [TestPeer, TestPeer, TestPeer];
    const [one, two, three] = peers;
    const left = (device: number): boolean => device === 0 || device === 1;
    relay.lies = {
      view: (log, reader) => log.filter((frame) => isRecordFrame(frame) || left(frame.device) === left(reader)),
    };
    one.type(0, 'left');
    two.type(0, 'right');
    await until(() => missingOf(one, 2) > 0 && missingOf(two, 1) > 0);
    await until(() => three.text() === 'right');
    await expectHealed(peers, ['left', 'right']);
  });

  it('[SY28] hands on frames of another room: refused as garbage, and nothing of them shows', async () => {
    const other = await createTestRoom(relay);
    const stranger = await createPeer(other, 1);
    stranger.session.connect();
    stranger.type(0, 'of another complaint');
    await until(() => stranger.session.status.unsentFrames === 0);
    const foreign = relay.log.filter(({ kind }) => kind === KIND.update);
    expect(foreign.length).toBeGreaterThan(0);
    stranger.session.disconnect();
    relay.log.length = 0;
    const one = await createPeer(room, 1);
    for (const { bytes } of foreign) relay.plant(bytes);
    one.session.connect();
    one.type(0, 'ours');
    await until(() => one.session.status.relayReason === 'relay-garbage');
    expect(one.text()).toBe('ours');
    relay.log.length = 0;
    await expectHealed([one], ['ours']);
  });

  it('[SY26] acknowledges and throws away: partners see that something is missing, and it is posted again', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    relay.lies = { take: (_frame, from) => (from === 1 ? 'acknowledge-and-drop' : 'store') };
    one.type(0, 'believed to be safe');
    await until(() => one.session.status.unsentFrames === 0 && missingOf(two, 1) > 0);
    expect(two.text()).toBe('');
    expect(one.session.status.partnersUpToDate).toBe(0);
    await expectHealed([one, two], ['believed to be safe']);
  });

  it('[SY34] never acknowledges: it is called slow, and nothing is taken for sent', async () => {
    const [one] = (await join(1)) as [TestPeer];
    relay.lies = { take: () => 'silence' };
    one.type(0, 'waiting');
    await until(() => one.session.status.relayReason === 'relay-slow');
    expect(one.session.status.unsentFrames).toBeGreaterThan(0);
    await expectHealed([one], ['waiting']);
  });

  it('[SY26] claims at hello to have what it has not: partners see it missing, and it is posted to an honest relay', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    one.session.disconnect();
    one.type(0, 'never posted');
    await one.session.flush();
    relay.lies = {
      ends: (ends, reader) =>
        reader === 1 ? [...ends, { device: 1, counter: 9_000, hash: new Uint8Array(32).fill(1) }] : ends,
    };
    one.session.connect();
    await until(() => one.session.status.relay === 'online');
    await until(() => missingOf(two, 1) > 0);
    await expectHealed([one, two], ['never posted']);
  });

  it('[SY26] gives another log id each time: everything is read and posted again, and nothing doubles', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    let id = 1;
    relay.lies = { logId: () => new Uint8Array(16).fill(id++) };
    for (const word of ['a', 'b', 'c', 'd']) {
      one.type(0, word);
      relay.hangUp();
      await until(() => one.text() === two.text() && one.session.status.unsentFrames === 0);
    }
    expect(two.text()).toBe('dcba');
    expect([...codes(one), ...codes(two)]).toEqual([]);
  });

  it('[R0] serves its log backwards: the outcome is the same', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    for (const word of ['a', 'b', 'c']) {
      one.type(0, word);
      two.type(two.text().length, word.toUpperCase());
      await until(() => one.text() === two.text());
    }
    relay.lies = { view: (log) => [...log].reverse() };
    const three = await createPeer(room, 3);
    three.session.connect();
    await until(() => three.text() === one.text(), 15_000);
    expect(codes(three)).toEqual([]);
  });

  it('[SY33] lies about sequences: the cursor it leaves behind is void at the next honest word', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    relay.lies = {
      page: (page, reader) =>
        reader === 1
          ? { ...page, upTo: 1e9, entries: page.entries.map((entry) => ({ ...entry, sequence: entry.sequence + 1e9 })) }
          : page,
    };
    relay.hangUp();
    await until(() => one.session.status.relay === 'online');
    two.type(0, 'far away');
    await expectHealed([one, two], ['far away']);
  });

  it('[SY3] flips a bit of a frame: refused, told, named as missing, and fetched again', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    relay.lies = {
      view: (log, reader) =>
        reader === 1 ? log.map((f) => (isUpdateOf(2)(f) ? { ...f, bytes: flipped(f.bytes, 120, 3) } : f)) : log,
    };
    two.type(0, 'intact');
    await until(() => codes(one).includes('relay-garbage') && missingOf(one, 2) > 0);
    expect(one.text()).toBe('');
    await expectHealed([one, two], ['intact']);
  });

  it('[SY21] hides an admission: the device is a stranger until it is handed over, and then nothing of it is lost', async () => {
    const [one] = (await join(1)) as [TestPeer];
    const known = relay.log.length;
    relay.lies = {
      view: (log, reader) =>
        reader === 1 ? log.filter(({ device, kind }, n) => n < known || device !== 0 || kind === KIND.update) : log,
    };
    const three = await createPeer(room, 3);
    three.session.connect();
    three.type(0, 'who is this');
    await until(() => three.session.status.unsentFrames === 0);
    await until(() => codes(one).includes('relay-garbage'));
    expect(one.text()).toBe('');
    await expectHealed([one, three], ['who is this']);
  });

  it('[SY50] serves a snapshot that nobody countersigned in place of the frames: it is not believed', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    one.type(0, 'covered');
    await until(all([one, two], 'covered'));
    two.type(7, ' too');
    await until(all([one, two], 'covered too'));
    two.session.disconnect(); // nobody of another organization to countersign
    expect(await one.session.compact()).toBe(true);
    await until(() => relay.log.some(({ kind }) => kind === KIND.snapshot) && one.session.status.unsentFrames === 0);
    relay.lies = {
      view: (log, reader) =>
        reader === 3 ? log.filter(({ kind }) => kind !== KIND.update && kind !== KIND.countersignature) : log,
    };
    const three = await createPeer(room, 3);
    three.session.connect();
    await until(() => three.session.status.missing.length > 0);
    expect(three.text()).toBe('');
    await expectHealed([one, three], ['covered too']);
  });

  it('[SY21] says "removed" to who is not: own words stay, and it goes on where somebody honest answers', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    relay.lies = { refuse: (reader) => (reader === 2 ? 'removed' : null) };
    relay.hangUp();
    await until(() => two.session.status.relay === 'refused');
    two.type(0, 'still mine');
    await two.session.flush();
    expect(two.session.status.unsentFrames).toBeGreaterThan(0);
    relay.lies = {};
    two.session.connect();
    await expectHealed([one, two], ['still mine']);
    expect(two.session.status.removed).toBe(false);
  });

  it('[SY47] hides a removal from one device: what it cannot open is named as missing, and opens afterwards', async () => {
    const peers = (await join(1, 2, 3)) as [TestPeer, TestPeer, TestPeer];
    const [one, two] = peers;
    relay.lies = {
      view: (log, reader) => (reader === 2 ? log.filter(({ kind }) => kind !== KIND.revocation) : log),
    };
    expect((await one.session.remove(3)).ok).toBe(true);
    one.type(0, 'under new keys');
    await until(() => two.session.status.missing.length > 0);
    expect(two.text()).toBe('');
    await expectHealed([one, two], ['under new keys']);
    expect(two.session.view.devices.get(3)?.limit).not.toBe(null);
  });

  it('[SY5] replays and crosses presence: nobody is shown as somebody else, and old heads move nothing back', async () => {
    const [one, two] = (await join(1, 2)) as [TestPeer, TestPeer];
    const seen: Uint8Array[] = [];
    relay.lies = {
      presence(frame) {
        seen.push(frame.slice());
        return seen[0] ?? frame; // for ever the first one
      },
    };
    two.show({ name: 'two' });
    two.type(0, 'words');
    await until(() => one.text() === 'words' && seen.length > 0);
    two.show({ name: 'two, again' });
    await until(() => seen.length > 1);
    expect(one.session.status.missing).toEqual([]);
    expect(codes(one)).toEqual([]);
    await expectHealed([one, two], ['words']);
  });

  it('[SY26] hands a room over to an honest relay that knows nothing: everything arrives there', async () => {
    const peers = (await join(1, 2)) as [TestPeer, TestPeer];
    relay.lies = { take: (frame) => (frame.kind === KIND.update ? 'acknowledge-and-drop' : 'store') };
    peers[0].type(0, 'one ');
    peers[1].type(0, 'two ');
    await until(() => peers.every(({ session }) => session.status.unsentFrames === 0));
    const honest = await startRelay();
    room.url = honest.url;
    const moved = [await peers[0].reopen(), await peers[1].reopen()];
    for (const peer of moved) peer.session.connect();
    await until(() => moved.every((peer) => peer.text().length === 8 && peer.text() === moved[0]?.text()), 15_000);
    await until(() => moved.every(({ session }) => session.status.unsentFrames === 0));
  });
});
