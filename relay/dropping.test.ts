import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hex } from '../shared/crypto/bytes.ts';
import { KIND, parseFrame } from '../shared/sync/Frame.ts';
import { type TestDevice, TestRoom } from '../shared/sync/testing/TestRoom.ts';
import { TestRelay } from './testing/TestRelay.ts';

beforeAll(() => sodium.ready);

let room: TestRoom;
let owner: TestDevice;
let editor: TestDevice;
let relay: TestRelay;

beforeEach(() => {
  room = new TestRoom(sodium, 1);
  owner = room.create(1);
  editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
  room.syncAll();
  relay = new TestRelay(room);
});

const made = (frame: Uint8Array | null): Uint8Array => {
  if (!frame) throw new Error('nothing was written');
  return frame;
};
const isUpdate = (frame: Uint8Array): boolean => frame[1] === KIND.update;

/** What was made since is posted, and dropping is over. */
async function post(): Promise<void> {
  await relay.postLacking(room.frames);
  await relay.settle();
}

/** Some words of both, then a snapshot of the owner. */
function writeRound(words: string): Uint8Array {
  for (const device of [owner, editor]) for (let i = 0; i < 5; i++) room.write(device, `${words}${i} `);
  room.syncAll();
  const snapshot = made(room.snapshot(owner));
  room.syncAll();
  return snapshot;
}

function countersign(device: TestDevice, snapshot: Uint8Array): void {
  made(room.countersign(device, snapshot));
  room.syncAll();
}

/** Stored updates by device: their counters. */
async function storedUpdates(): Promise<Record<number, number[]>> {
  const counters: Record<number, number[]> = {};
  for (const { frame } of await relay.stored()) {
    const parsed = parseFrame(frame);
    if (!parsed.ok || parsed.value.kind !== KIND.update) continue;
    (counters[parsed.value.device] ??= []).push(parsed.value.counter);
  }
  return counters;
}

const storedBytes = async (): Promise<number> =>
  (await relay.stored()).reduce((sum, { frame }) => sum + frame.length, 0);
const sumOf = (frames: readonly Uint8Array[]): number => frames.reduce((sum, { length }) => sum + length, 0);

describe('what a room drops', () => {
  it('[SY57] nothing before two snapshots are settled: confirmed, and attested by every owner after that', async () => {
    const first = writeRound('a');
    const covered = room.frames.filter(isUpdate);
    await post();
    const steps = [
      () => countersign(editor, first), // confirmed
      () => countersign(owner, first), // settled
      () => void writeRound('b'),
      () => countersign(editor, second()),
    ];
    const second = (): Uint8Array => made(room.frames.filter((frame) => frame[1] === KIND.snapshot)[1] ?? null);
    for (const step of steps) {
      step();
      await post();
      expect((await relay.stored()).length).toBe(room.frames.length);
    }
    const before = await storedBytes();
    expect(await relay.log.totalBytes()).toBe(before);
    countersign(owner, second());
    await post();
    const left = await storedUpdates();
    const names = new Set((await relay.stored()).map(({ frame }) => hex(frame)));
    for (const frame of room.frames) expect(names.has(hex(frame))).toBe(!covered.includes(frame));
    expect(left[1]?.length).toBe(5);
    expect(left[2]?.length).toBe(5);
    // room is made, and counted
    const after = await storedBytes();
    expect(after).toBe(sumOf(room.frames) - sumOf(covered));
    expect(await relay.log.totalBytes()).toBe(after);
    expect((await relay.log.readRoom((await relay.room()).id)).sizeBytes).toBe(after);
  });

  it('[SY57] an owner who attested nothing holds everything back, until the owner is removed', async () => {
    const other = room.join(owner, { role: 'owner', organization: 1, device: 5 });
    room.syncAll();
    for (const words of ['a', 'b']) {
      const snapshot = writeRound(words);
      for (const device of [editor, owner]) countersign(device, snapshot);
      await post();
    }
    const held = (await relay.stored()).length;
    expect(held).toBe(room.frames.length);
    room.revoke(owner, other.number);
    room.syncAll();
    const third = writeRound('c');
    for (const device of [editor, owner]) countersign(device, third);
    await post();
    expect((await relay.stored()).length).toBeLessThan(held);
  });

  it('[SY57] a disk that does not let go costs nothing, is counted, and the next snapshot drops for both', async () => {
    const { log } = relay;
    const drop = log.drop.bind(log);
    log.drop = () => Promise.reject(new Error('no'));
    for (const words of ['a', 'b']) {
      const snapshot = writeRound(words);
      for (const device of [editor, owner]) countersign(device, snapshot);
      await post();
    }
    expect(relay.failedDrops).toBe(1);
    expect((await relay.stored()).length).toBe(room.frames.length);
    log.drop = drop;
    const third = writeRound('c');
    for (const device of [editor, owner]) countersign(device, third);
    await post();
    expect(relay.failedDrops).toBe(1);
    const left = await storedUpdates();
    expect([left[1]?.length, left[2]?.length]).toEqual([5, 5]);
    expect((await log.readRoom((await relay.room()).id)).sizeBytes).toBe(await storedBytes());
  });

  it('[SY57] what is dropped is acknowledged when it is posted again, and stays away', async () => {
    await settleTwice();
    const stored = (await relay.stored()).length;
    expect(stored).toBeLessThan(room.frames.length);
    for (const frame of room.frames) expect(await relay.told(frame)).toBe('stored');
    await relay.settle();
    expect((await relay.stored()).length).toBe(stored);
    relay.restart();
    for (const frame of room.frames) expect(await relay.told(frame)).toBe('stored');
    expect((await relay.stored()).length).toBe(stored);
    expect(await relay.log.totalBytes()).toBe(await storedBytes());
  });
});

async function settleTwice(): Promise<void> {
  for (const words of ['a', 'b']) {
    const snapshot = writeRound(words);
    for (const device of [editor, owner]) countersign(device, snapshot);
    await post();
  }
  room.write(editor, 'tail ');
  room.syncAll();
  await post();
}

describe('a newcomer that fetches', () => {
  const digestOf = (frames: readonly Uint8Array[]): string => hex(room.reader(editor).load(frames).digest());

  it.each([1, 2, 3, 7, 4_000])(
    '[SY57] in pages of %i entries gets all but what the newest snapshot covers',
    async (entries) => {
      relay.log.readEntries = entries;
      const first = writeRound('a');
      countersign(editor, first); // confirmed, not settled: all is stored
      room.write(editor, 'tail ');
      room.syncAll();
      await post();
      const all = await relay.fetchAll(owner, false);
      expect(all.map(hex)).toEqual((await relay.stored()).map(({ frame }) => hex(frame)));
      const compact = await relay.fetchAll(owner, true);
      const updates = compact.filter(isUpdate);
      expect(updates.length).toBe(1);
      expect(compact.length).toBe(all.length - 10);
      expect(digestOf(compact)).toBe(digestOf(all));
      expect(digestOf(compact)).toBe(hex(owner.replica.digest()));
    },
  );

  it.each([1, 2, 4_000])(
    '[SY57] [SY25] comes to an end when the last frames were dropped, in pages of %i',
    async (entries) => {
      relay.log.readEntries = entries;
      await settleTwice();
      const { id } = await relay.room();
      const stored = await relay.stored();
      const last = stored.slice(-3).map(({ sequence, frame }) => {
        const parsed = parseFrame(frame);
        if (!parsed.ok) throw new Error(parsed.error.code);
        const { device, counter } = parsed.value;
        return { sequence, device, counter };
      });
      const lastSequence = stored[stored.length - 1]?.sequence ?? 0;
      const sizeBytes = sumOf(stored.slice(0, -3).map(({ frame }) => frame));
      await relay.log.drop(id, last, lastSequence, sizeBytes);
      const left = stored.slice(0, -3).map(({ frame }) => hex(frame));
      expect((await relay.fetchAll(owner, false)).map(hex)).toEqual(left);
      expect((await relay.fetchAll(owner, true)).every((frame) => left.includes(hex(frame)))).toBe(true);
      // and a frame that comes afterwards does not take the place of one that is gone
      room.write(owner, 'after ');
      await relay.post(room.frames.slice(-1));
      expect((await relay.stored()).at(-1)?.sequence).toBe(lastSequence + 1);
    },
  );
});
