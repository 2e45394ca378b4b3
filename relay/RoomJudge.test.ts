import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hex } from '../shared/crypto/bytes.ts';
import { KIND } from '../shared/sync/Frame.ts';
import { seededNumbers } from '../shared/sync/testing/seededCiphers.ts';
import { type TestDevice, TestRoom } from '../shared/sync/testing/TestRoom.ts';
import type { PostAnswer } from './Room.ts';
import { RoomJudge } from './RoomJudge.ts';
import { TestRelay } from './testing/TestRelay.ts';

beforeAll(() => sodium.ready);

const SEEDS = Number(process.env['ALEGATO_SEEDS'] ?? 3);

/** Frames as they come from people, from whoever was removed or never let in, and from whoever breaks them on the way. */
function makeFrames(room: TestRoom, seed: number): Uint8Array[] {
  const below = seededNumbers(seed);
  const owner = room.create(1);
  const second = room.join(owner, { role: 'owner', organization: 2, device: 2 });
  const devices: TestDevice[] = [owner, second];
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const roles = ['editor', 'reviewer', 'reader'] as const;
  for (let number = 3; number < 7; number++)
    devices.push(
      room.join(pick(devices.slice(0, 2)), { role: pick(roles), organization: 1 + below(3), device: number }),
    );
  room.syncAll();
  const posted: Uint8Array[] = [...room.frames];
  const post = (frame: Uint8Array | null): void => void (frame && posted.push(frame));
  for (let step = 0; step < 32; step++) {
    const device = pick(devices);
    const kind = below(12);
    if ((kind < 6 || kind === 7) && !device.ledger.sealingEpoch()) continue; // cut off from every key
    if (kind < 5) post(room.write(device, `${step} `));
    else if (kind === 5) post(room.snapshot(device));
    else if (kind === 6) post(room.revoke(pick(devices.slice(0, 2)), 3 + below(4)));
    else if (kind === 7) post(room.seal(room.fork(device), new Uint8Array([step])));
    else if (kind === 8) post(room.record(device, KIND.invitation, new Uint8Array([1, 2, 3])));
    else if (kind === 9) {
      const known = pick(posted);
      post(known);
      const broken = known.slice();
      const at = below(broken.length);
      broken[at] = (broken[at] as number) ^ (1 << below(8));
      post(broken);
    } else if (kind === 10) {
      // two are let in under one number, by different records
      const invitation = room.invite(owner, { role: 'editor', organization: 3, device: 7 + below(2) });
      post(invitation.frame);
      const before = room.frames.length;
      devices.push(room.admit(owner, invitation));
      for (const frame of room.frames.slice(before)) post(frame);
    } else room.syncAll();
  }
  // some are late, some come twice
  for (let swaps = 0; swaps < 12; swaps++) {
    const from = below(posted.length);
    const [frame] = below(2) === 0 ? posted.splice(from, 1) : [posted[from]];
    if (frame) posted.splice(below(posted.length), 0, frame);
  }
  return posted;
}

const told = (answer: PostAnswer): string => JSON.stringify(answer);

describe('a room that lets go of its records', () => {
  it(`[SY84] judges every frame as one that keeps them (${SEEDS} seeds)`, async () => {
    const seen = new Map<string, number>();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const room = new TestRoom(sodium, seed);
      const frames = makeFrames(room, seed);
      const below = seededNumbers(seed + 1_000);
      const [keeping, resting] = [new TestRelay(room), new TestRelay(room)];
      for (let at = 0; at < frames.length; ) {
        const group = frames.slice(at, (at += 1 + below(5)));
        if (below(3) > 0) resting.rest();
        const [wanted, found] = [await keeping.post(group), await resting.post(group)];
        expect(found.map(told), `seed ${seed}, frame ${at}`).toEqual(wanted.map(told));
        for (const answer of wanted) {
          const word = answer.outcome === 'rejected' ? answer.code : answer.outcome;
          seen.set(word, (seen.get(word) ?? 0) + 1);
        }
        if (below(3) > 0) resting.rest();
        const [one, other] = [await keeping.room(), await resting.room()];
        for (let device = 0; device < 10; device++) expect(other.keyOf(device)).toEqual(one.keyOf(device));
        expect(other.ends()).toEqual(one.ends());
      }
      await keeping.settle();
      await resting.settle();
      const [one, other] = [await keeping.room(), await resting.room()];
      expect([...(await other.readView()).devices]).toEqual([...(await one.readView()).devices]);
      expect((await resting.stored()).map(({ frame }) => hex(frame))).toEqual(
        (await keeping.stored()).map(({ frame }) => hex(frame)),
      );
    }
    for (const code of ['stored', 'bad-signature', 'not-admitted', 'removed', 'role-forbids', 'fork', 'gap'])
      expect(seen.get(code), code).toBeGreaterThan(0);
  }, 120_000);

  describe('over one history', () => {
    let room: TestRoom;
    let relay: TestRelay;
    let owner: TestDevice;
    let editor: TestDevice;

    beforeEach(async () => {
      room = new TestRoom(sodium, 3);
      owner = room.create(1);
      editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
      room.syncAll();
      relay = new TestRelay(room);
      await relay.post(room.frames);
      await relay.settle();
    });

    it('[SY84] takes ordinary frames without reading its records', async () => {
      room.write(editor, 'first '); // names an admission
      await relay.post(room.frames.slice(-1));
      relay.rest();
      let reads = 0;
      const { readRecords } = relay.log;
      relay.log.readRecords = (id) => {
        reads++;
        return readRecords.call(relay.log, id);
      };
      room.write(editor, 'second ');
      expect(await relay.told(room.frames.at(-1) as Uint8Array)).toBe('stored');
      expect(reads).toBe(0);
      room.invite(owner, { role: 'reader', organization: 1, device: 3 });
      expect(await relay.told(room.frames.at(-1) as Uint8Array)).toBe('stored');
      expect(reads).toBe(1);
    });

    it('[SY84] what comes behind a record waits with it, in order', async () => {
      relay.rest();
      const newcomer = room.join(owner, { role: 'editor', organization: 3, device: 3 });
      room.write(newcomer, 'one ');
      room.write(editor, 'two ');
      room.write(newcomer, 'three ');
      const answers = await relay.post(room.frames.slice(-5));
      expect(answers.map((answer) => answer.outcome)).toEqual(Array(5).fill('stored'));
      const sequences = answers.map((answer) => (answer.outcome === 'stored' ? answer.sequence : 0));
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    });

    it('[SY75] [SY84] does not go on when its records are not the ones it let go of', async () => {
      relay.rest();
      const { readRecords } = relay.log;
      relay.log.readRecords = async (id) => (await readRecords.call(relay.log, id)).slice(0, -1);
      const member = relay.connect();
      await member.hello(editor);
      room.invite(owner, { role: 'reader', organization: 1, device: 3 });
      expect(await relay.told(room.frames.at(-1) as Uint8Array)).toBe('retired');
      expect(member.closeCode).toBe(4503);
      relay.log.readRecords = readRecords;
      relay.leaveRoom();
      expect(await relay.told(room.frames.at(-1) as Uint8Array)).toBe('stored');
    });
  });

  it('[SY84] names whether a record is another one, is missing, or has come', () => {
    const room = new TestRoom(sodium, 4);
    const owner = room.create(1);
    room.join(owner, { role: 'editor', organization: 2, device: 2 });
    const entries = room.frames.map((frame, i) => ({ sequence: i + 1, frame }));
    const judge = new RoomJudge(room.ciphers, room.room, entries);
    expect(judge.rest()).toBe(true);
    expect(judge.wake(entries.slice(0, 2))).toBe(false);
    const flipped = entries.map(({ sequence, frame }) => ({ sequence, frame: frame.slice() }));
    const last = flipped[2]?.frame as Uint8Array;
    last[100] = (last[100] as number) ^ 1;
    expect(judge.wake(flipped)).toBe(false);
    expect(judge.isAwake).toBe(false);
    expect(judge.wake(entries)).toBe(true);
    expect(judge.view.devices.size).toBe(2);
  });

  it('[SY84] looks again at no request but those it has not found right before', () => {
    const room = new TestRoom(sodium, 6);
    const owner = room.create(1);
    room.join(owner, { role: 'editor', organization: 2, device: 2 });
    const invitation = room.invite(owner, { role: 'editor', organization: 2, device: 3 });
    room.admit(owner, { ...invitation, pair: room.ciphers.signPair(room.ciphers.randomBytes(32)) }); // not who was invited
    const entries = room.frames.map((frame, i) => ({ sequence: i + 1, frame }));
    let checks = 0;
    const { verify } = room.ciphers;
    const ciphers = { ...room.ciphers, verify: (...given: Parameters<typeof verify>) => (checks++, verify(...given)) };
    const judge = new RoomJudge(ciphers, room.room, entries);
    expect([...judge.view.devices.keys()]).toEqual([1, 2]);
    expect(judge.rest()).toBe(true);
    checks = 0;
    expect(judge.wake(entries)).toBe(true);
    expect(checks).toBe(1);
    expect([...judge.view.devices.keys()]).toEqual([1, 2]);
  });

  it('[SY84] need not read its snapshots again, and judges by them as before', () => {
    const room = new TestRoom(sodium, 5);
    const owner = room.create(1);
    const editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
    room.write(editor, 'words ');
    room.syncAll();
    const snapshot = room.snapshot(owner) as Uint8Array;
    room.syncAll();
    room.countersign(editor, snapshot);
    const entries = room.frames.map((frame, i) => ({ sequence: i + 1, frame }));
    const judge = new RoomJudge(room.ciphers, room.room, entries);
    const [before] = judge.confirmed();
    expect(before?.coverage.ends.size).toBeGreaterThan(0);
    expect(judge.kept.size).toBe(0);
    expect(judge.rest()).toBe(true);
    const isSnapshot = (frame: Uint8Array): boolean => frame[1] === KIND.snapshot;
    const snapshots = entries.flatMap(({ sequence, frame }) => (isSnapshot(frame) ? [sequence] : []));
    expect([...judge.kept]).toEqual(snapshots);
    expect(judge.wake(entries.filter(({ sequence }) => !judge.kept.has(sequence)))).toBe(true);
    expect(judge.confirmed()).toEqual([before]);
  });
});
