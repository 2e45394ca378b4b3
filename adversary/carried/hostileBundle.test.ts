import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  type TestPeer,
  type TestRoom,
  until,
} from '../../electron/services/sync/testRoom.ts';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { equalBytes } from '../../shared/crypto/bytes.ts';
import { type ReadBundle, readBundle, writeBundle } from '../../shared/sync/bundle.ts';
import { DeviceChain } from '../DeviceChain.ts';
import { flipped } from '../faults/decideFate.ts';

const ciphers = await loadCiphers();
const HEAD_BYTES = 14 + 1 + 16 + 4;
const CODES = ['bundle-not-ours', 'bundle-newer', 'bundle-other-complaint'];
let room: TestRoom;
let author: TestPeer;
let frames: Uint8Array[];
let bundle: Uint8Array;
let roomId: Uint8Array;

/** A device without a relay, and the bundle of what it wrote: five frames with a sentence each. */
beforeEach(async () => {
  room = await createTestRoom({ url: 'ws://127.0.0.1:9' });
  roomId = room.root.room.roomIdBytes;
  new DeviceChain(room, 2); // a second partner, so that there are records of every kind a bundle begins with
  author = await createPeer(room, 1);
  for (let n = 0; n < 5; n++) {
    author.type(author.text().length, `sentence ${n}. `);
    frames = []; // reading seals what was typed since
    for await (const frame of author.session.readFrames()) frames.push(frame);
  }
  bundle = writeBundle(ciphers, roomId, frames);
});
afterEach(() => closeEverything());

function opened(bytes: Uint8Array, id = roomId): ReadBundle | string {
  const read = readBundle(bytes, id);
  return read.ok ? read.value : read.error.code;
}

const isOurs = (frame: Uint8Array): boolean => frames.some((one) => equalBytes(one, frame));

/** A partner's empty copy of the complaint, which takes what `bytes` holds. */
async function takeIn(bytes: Uint8Array, peer?: TestPeer): Promise<{ peer: TestPeer; sums: object }> {
  const taker = peer ?? (await createPeer(room, 3));
  const read = readBundle(bytes, roomId);
  if (!read.ok) throw new Error(read.error.code);
  return { peer: taker, sums: await taker.session.takeFrames(read.value.frames.map((frame) => frame.slice())) };
}

describe('a hostile bundle', () => {
  it('[SY61] cut off at any byte gives what came before the cut, and says so', () => {
    expect(frames.length).toBeGreaterThan(5);
    let most = 0;
    for (let length = 0; length < bundle.length; length++) {
      const read = opened(bundle.subarray(0, length));
      if (typeof read === 'string') {
        expect(read).toBe('bundle-not-ours');
        expect(length).toBeLessThan(15);
        continue;
      }
      expect(read.cutOff).toBe(true);
      expect(read.frames.length).toBeGreaterThanOrEqual(most);
      expect(read.frames.every((frame, n) => equalBytes(frame, frames[n] as Uint8Array))).toBe(true);
      most = read.frames.length;
    }
    expect(most).toBe(frames.length);
    expect(opened(bundle)).toMatchObject({ cutOff: false, damaged: 0 });
  });

  it('[SY61] with any one byte changed gives only frames that were in it', () => {
    for (let at = 0; at < bundle.length; at++) {
      const read = opened(flipped(bundle, at, at % 8));
      if (typeof read === 'string') expect(CODES).toContain(read);
      else expect(read.frames.every(isOurs)).toBe(true);
    }
  });

  it('[SY61] damaged in one place: the other frames are taken, what is missing is named, a second copy heals it', async () => {
    const random = new SeededRandom(3);
    for (let n = 0; n < 6; n++) {
      const damaged = flipped(bundle, HEAD_BYTES + 8 + random.below(bundle.length - HEAD_BYTES - 40), random.below(8));
      const { peer } = await takeIn(damaged);
      expect(author.text().startsWith(peer.text())).toBe(true);
      await takeIn(bundle, peer);
      expect(peer.text()).toBe(author.text());
      expect(peer.notices).toEqual([]);
      await peer.session.close();
    }
  });

  it('[SY61] in any order, twice, and mixed with another copy: the same text, nothing said twice', async () => {
    const random = new SeededRandom(4);
    const shuffled = [...frames, ...frames].sort(() => random.next() - 0.5);
    const { peer, sums } = await takeIn(writeBundle(ciphers, roomId, shuffled));
    expect(peer.text()).toBe(author.text());
    expect(sums).toMatchObject({ refused: 0 });
    await takeIn(bundle, peer);
    expect(peer.text()).toBe(author.text());
    expect(peer.notices).toEqual([]);
  });

  it('[SY62] of another complaint, another program or another version is refused as that, and nothing is taken', () => {
    expect(opened(bundle, ciphers.randomBytes(16))).toBe('bundle-other-complaint');
    expect(opened(flipped(bundle, 3, 1))).toBe('bundle-not-ours');
    expect(opened(flipped(bundle, 14, 1))).toBe('bundle-newer');
    expect(opened(new Uint8Array())).toBe('bundle-not-ours');
    expect(opened(Buffer.from('PK\u0003\u0004 a Word file, say'))).toBe('bundle-not-ours');
  });

  it('[SY62] of another complaint under the name of this one: every frame is refused', async () => {
    const other = await createTestRoom(room);
    const stranger = new DeviceChain(other, 4);
    const foreign = writeBundle(ciphers, roomId, [...other.rootFrames, stranger.write({ content: Uint8Array.of(0) })]);
    const { peer, sums } = await takeIn(foreign);
    expect(sums).toMatchObject({ added: 0, refused: other.rootFrames.length + 1 });
    expect(peer.text()).toBe('');
  });

  it('[SY61] that claims four thousand million entries, or an entry of four gigabytes, costs nothing', () => {
    const start = performance.now();
    const counted = bundle.slice();
    new DataView(counted.buffer).setUint32(HEAD_BYTES - 4, 0xffff_ffff);
    expect(opened(counted)).toMatchObject({ cutOff: true });
    const long = bundle.slice();
    new DataView(long.buffer).setUint32(HEAD_BYTES, 0xffff_ffff);
    expect(opened(long)).toMatchObject({ frames: [], cutOff: true });
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('[SY61] of a hundred thousand empty or senseless frames is refused one by one, in seconds', async () => {
    const random = new SeededRandom(5);
    const senseless = Array.from({ length: 100_000 }, () => Uint8Array.from({ length: random.below(6) }, () => 2));
    const start = performance.now();
    const { peer, sums } = await takeIn(writeBundle(ciphers, roomId, senseless));
    expect(sums).toMatchObject({ added: 0, refused: 100_000 });
    expect(performance.now() - start).toBeLessThan(10_000);
    await takeIn(bundle, peer);
    await until(() => peer.text() === author.text());
  });

  it('[SY3] with frames whose bits were turned under a right checksum: the signature tells', async () => {
    const turned = frames.map((frame) => flipped(frame, frame.length - 3, 2));
    const { peer, sums } = await takeIn(writeBundle(ciphers, roomId, turned));
    expect(sums).toMatchObject({ added: 0 });
    expect(peer.text()).toBe('');
    await takeIn(bundle, peer);
    expect(peer.text()).toBe(author.text());
  });
});
