import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import { hex } from '../shared/crypto/bytes.ts';
import { KIND, parseFrame } from '../shared/sync/Frame.ts';
import { seededNumbers } from '../shared/sync/testing/seededCiphers.ts';
import { type TestDevice, TestRoom } from '../shared/sync/testing/TestRoom.ts';
import { TestRelay } from './testing/TestRelay.ts';

beforeAll(() => sodium.ready);

const SEEDS = Number(process.env['ALEGATO_SEEDS'] ?? 20);
const FIRST = Number(process.env['ALEGATO_FIRST_SEED'] ?? 1);
/** Steps by their number, as often as they are taken. */
const WEIGHTS = [0, 1, 2, 3, 4, 5, 5, 5, 6, 6, 6, 7, 8, 9, 10, 11, 11, 12, 13];
const STEPS = 32;

interface Seen {
  checks: number;
  frames: number;
  confirmed: number;
  dropped: number;
  leftOut: number;
  restarts: number;
  reposts: number;
}

/** What a reader that takes these frames builds, and of which frames. */
function built(room: TestRoom, device: TestDevice, frames: readonly Uint8Array[]): unknown {
  const reader = room.reader(device).takeAll(frames);
  return {
    counted: reader.countedNames().join(' '),
    missing: [...reader.ledger.missing()].sort((a, b) => a.device - b.device || a.count - b.count),
    digest: hex(reader.digest()),
    text: reader.doc.getText('text').toString(),
  };
}

/** A history by seed: people write, take snapshots, post all at once or in part, and the relay restarts or loses power. */
async function live(seed: number, seen: Seen, isCheckedAt: (step: number) => boolean): Promise<void> {
  const below = seededNumbers(seed);
  const room = new TestRoom(sodium, seed);
  const owner = room.create(1);
  const editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
  const reviewer = room.join(owner, { role: 'reviewer', organization: 2, device: 3 });
  const third = room.join(owner, { role: 'editor', organization: 1, device: 4 });
  const devices = [owner, editor, reviewer, third];
  const editors = [owner, editor, third];
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const relay = new TestRelay(room);
  relay.log.readEntries = 1 + below(40);
  const snapshots: Uint8Array[] = [];
  const authorOf = (frame: Uint8Array): number | undefined => {
    const parsed = parseFrame(frame);
    return parsed.ok ? room.devices.get(parsed.value.device)?.organization : undefined;
  };
  const some = (frames: readonly Uint8Array[], of: number): Uint8Array[] => frames.filter(() => below(of) > 0);
  let storedBefore = new Set<string>();

  const steps: (() => void | Promise<void>)[] = [
    () => void room.write(pick(devices), `${below(100)} `),
    () => void room.write(pick(devices), `${below(100)} `),
    () => {
      const device = pick(devices);
      room.write(device, (doc) => {
        const text = doc.getText('text');
        if (text.length > 6) text.delete(below(text.length - 5), 1 + below(4));
        else text.insert(0, 'begin ');
      });
    },
    // by hand or from a partner: whatever it lacks afterwards waits
    () => room.sync(pick(devices), some(room.frames, 4)),
    async () => {
      const device = pick(devices);
      device.replica.takeAll(await relay.fetchAll(device, below(2) === 0));
    },
    // two snapshots at once may each lack what the other covers
    () => {
      for (const author of below(2) === 0 ? [owner, editor] : [pick(editors)]) {
        if (below(3) > 0) room.sync(author, below(4) > 0 ? room.frames : some(room.frames, 6));
        const snapshot = room.snapshot(author);
        if (snapshot) snapshots.push(snapshot);
      }
    },
    () => {
      for (const snapshot of snapshots.slice(-1 - below(3))) {
        const device = pick(devices.filter(({ organization }) => organization !== authorOf(snapshot)));
        room.sync(device);
        const hasSigned = [...device.ledger.records.values()].some(
          ({ device: author, body }) =>
            author === device.number &&
            body.kind === KIND.countersignature &&
            hex(body.snapshot) === hex(room.hash(snapshot)),
        );
        if (!hasSigned && device.ledger.openSnapshot(snapshot)) room.countersign(device, snapshot);
      }
    },
    async () => void (await relay.postLacking(pick(devices).replica.frames)),
    async () => void (await relay.postLacking(pick(devices).replica.frames)),
    async () => void (await relay.postLacking(some(pick(devices).replica.frames, 8))),
    async () => {
      // whatever ends the relay names: everything, in any order, some of it twice
      seen.reposts++;
      const frames = [...some(snapshots, 2), ...some(pick(devices).replica.frames, 2), ...some(snapshots, 2)];
      await relay.post(below(2) === 0 ? frames : frames.reverse());
    },
    async () => {
      for (const frame of some(pick(devices).replica.frames, 3)) {
        if (below(3) === 0) relay.rest();
        await (below(2) === 0 ? relay.post([frame]) : relay.postLacking([frame]));
      }
    },
    async () => {
      if (below(2) > 0) return;
      seen.restarts++;
      await relay.settle();
      relay.restart();
    },
    async () => {
      if (below(2) > 0) return;
      seen.restarts++;
      // in the middle of whatever is written
      void relay.postLacking(pick(devices).replica.frames);
      for (let turns = below(4); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
      relay.restart(true);
    },
  ];

  const check = async (step: number): Promise<void> => {
    await relay.settle();
    seen.checks++;
    const all = await relay.fetchAll(owner, false);
    const compact = await relay.fetchAll(owner, true);
    const stored = (await relay.stored()).map(({ frame }) => frame);
    const names = new Set(stored.map((frame) => hex(room.hash(frame))));
    for (const name of storedBefore) if (!names.has(name)) seen.dropped++;
    storedBefore = names;
    expect(all.length, `seed ${seed}, step ${step}: a fetch gives what is stored`).toBe(stored.length);
    seen.leftOut += all.length - compact.length;
    const wanted = built(room, owner, [...relay.acknowledged, ...stored]);
    expect(built(room, owner, all), `seed ${seed}, step ${step}`).toEqual(wanted);
    expect(built(room, owner, compact), `seed ${seed}, step ${step}, compact`).toEqual(wanted);
  };
  for (let step = 0; step < STEPS; step++) {
    // whenever: also while records are read again, and between the frames of one post
    if (below(2) === 0) relay.rest();
    await steps[WEIGHTS[below(WEIGHTS.length)] as number]?.();
    if (isCheckedAt(step)) await check(step);
  }
  // in the end everybody posts what the relay lacks, and a newcomer has all that anybody has
  room.syncAll();
  await relay.post(room.frames.slice(0, 7)); // as each hello brings the records that let its device in [SY21]
  for (const device of devices) await relay.postLacking(device.replica.frames);
  await check(STEPS);
  const view = await (await relay.room()).readView();
  seen.confirmed += [...view.snapshots.values()].filter(({ confirmed }) => confirmed).length;
  seen.frames += room.frames.length;
  expect(built(room, owner, await relay.fetchAll(owner, true)), `seed ${seed}, in the end`).toEqual(
    built(room, owner, room.frames),
  );
}

describe('what a relay keeps', () => {
  it(`[SY56] [SY57] [SY75] a newcomer builds at any moment what whoever holds all acknowledged frames builds (${SEEDS} seeds)`, async () => {
    const seen: Seen = {
      checks: 0,
      frames: 0,
      confirmed: 0,
      dropped: 0,
      leftOut: 0,
      restarts: 0,
      reposts: 0,
    };
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) await live(seed, seen, (step) => (step + seed) % 8 === 7);
    if (SEEDS >= 100) for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(SEEDS / 10);
  }, 600_000);
});
