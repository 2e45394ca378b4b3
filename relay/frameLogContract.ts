import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RoomId } from '../shared/domain/ids.ts';
import { LIMITS } from '../shared/sync/limits.ts';
import type { FrameLog, NewFrame } from './FrameLog.ts';

const ROOM = 'a'.repeat(26) as RoomId;
const OTHER = 'b'.repeat(26) as RoomId;

function frame(device: number, counter: number, sizeBytes = 50): NewFrame {
  const bytes = new Uint8Array(randomBytes(sizeBytes));
  const hash = new Uint8Array(createHash('sha256').update(bytes).digest());
  return {
    bytes,
    device,
    counter,
    hash,
    isRecord: counter % 7 === 1,
    end: { counter, hash },
  };
}

/** The acceptance suite of every `FrameLog`. `reopen` closes and opens the same data; `close` ends it. */
export function frameLogContract(
  name: string,
  open: () => Promise<{ log: FrameLog; reopen(): Promise<FrameLog>; close(): Promise<void> }>,
): void {
  describe(`${name} keeps the FrameLog contract`, () => {
    it('an unknown room is empty', async () => {
      const { log, close } = await open();
      expect(await log.readRoom(ROOM)).toEqual({ lastSequence: 0, sizeBytes: 0, ends: new Map() });
      expect(await log.read(ROOM, 0, 1_000)).toEqual([]);
      expect(await log.hashAt(ROOM, 1)).toBe(null);
      expect(await log.find(ROOM, 1, 1)).toBe(null);
      expect(await log.roomCount()).toBe(0);
      expect(await log.totalBytes()).toBe(0);
      await close();
    });

    it('[SY24] gives back what was appended, in order, after reopening too', async () => {
      const { log, reopen, close } = await open();
      const frames = Array.from({ length: 40 }, (_, i) => frame(1 + (i % 2), 1 + (i >> 1)));
      const order: number[] = [];
      await Promise.all(frames.map((f, i) => log.append(ROOM, i + 1, (i + 1) * 50, f).then(() => order.push(i))));
      expect(order).toEqual(frames.map((_, i) => i));
      await log.append(OTHER, 1, 50, frame(9, 1));
      const logId = log.logId.slice();
      const again = await reopen();
      expect(again.logId).toEqual(logId);
      expect(await again.roomCount()).toBe(2);
      expect(await again.totalBytes()).toBe(2_050);
      await again.recover();
      const entries = await again.read(ROOM, 0, 1_000_000);
      expect(entries.map(({ sequence }) => sequence)).toEqual(frames.map((_, i) => i + 1));
      entries.forEach((entry, i) => expect(Buffer.compare(entry.frame, (frames[i] as NewFrame).bytes)).toBe(0));
      const state = await again.readRoom(ROOM);
      expect(state.lastSequence).toBe(40);
      expect(state.sizeBytes).toBe(2_000);
      expect(state.ends.get(2)).toEqual({ counter: 20, hash: frames[39]?.hash });
      const records = frames.flatMap(({ isRecord }, i) => (isRecord ? [i + 1] : []));
      expect((await again.readRecords(ROOM)).map(({ sequence }) => sequence)).toEqual(records);
      expect(await again.find(ROOM, 1, 3)).toMatchObject({ sequence: 5 });
      expect(await again.hashAt(ROOM, 5)).toEqual((frames[4] as NewFrame).hash);
      await close();
    });

    it('[SY56] [SY57] moves ends, and drops frames with all that was kept about them', async () => {
      const { log, reopen, close } = await open();
      const frames = Array.from({ length: 12 }, (_, i) => frame(1, i + 1));
      await Promise.all(frames.map((f, i) => log.append(ROOM, i + 1, (i + 1) * 50, f)));
      const end = { counter: 40, hash: new Uint8Array(32).fill(4) };
      await log.moveEnds(ROOM, new Map([[3, end]]));
      const dropped = [2, 3, 8].map((sequence) => ({ sequence, device: 1, counter: sequence }));
      await log.drop(ROOM, dropped, 12, 450);
      const again = await reopen();
      expect((await again.read(ROOM, 0, 1_000_000)).map(({ sequence }) => sequence)).toEqual([
        1, 4, 5, 6, 7, 9, 10, 11, 12,
      ]);
      expect((await again.readRecords(ROOM)).map(({ sequence }) => sequence)).toEqual([1]);
      expect(await again.find(ROOM, 1, 8)).toBe(null);
      expect(await again.hashAt(ROOM, 3)).toBe(null);
      const state = await again.readRoom(ROOM);
      expect(state).toMatchObject({ lastSequence: 12, sizeBytes: 450 });
      expect(state.ends.get(3)).toEqual(end);
      expect(state.ends.get(1)?.counter).toBe(12);
      await close();
    });

    it('[SY57] reads records only before a sequence, page by page', async () => {
      const { log, close } = await open();
      const frames = Array.from({ length: 40 }, (_, i) => frame(1, i + 1, 100));
      await Promise.all(frames.map((f, i) => log.append(ROOM, i + 1, (i + 1) * 100, f)));
      const records = frames.flatMap(({ isRecord }, i) => (isRecord ? [i + 1] : []));
      for (const allFrom of [0, 1, 2, 17, 40, 41, 90]) {
        const read: number[] = [];
        for (let after = 0; ; after = read.at(-1) as number) {
          const page = await log.read(ROOM, after, 350, allFrom);
          if (page.length === 0) break;
          expect(page.length).toBeLessThanOrEqual(4);
          read.push(...page.map(({ sequence }) => sequence));
        }
        const expected = frames.map((_, i) => i + 1).filter((at) => at >= allFrom || records.includes(at));
        expect(read).toEqual(expected);
      }
      await close();
    });

    it('[SY25] pages by size: the entry that reaches it is the last', async () => {
      const { log, close } = await open();
      for (let i = 1; i <= 10; i++) await log.append(ROOM, i, i * 1_000, frame(1, i, 1_000));
      expect((await log.read(ROOM, 0, 3_500)).length).toBe(4);
      expect((await log.read(ROOM, 0, 2_024)).length).toBe(2);
      expect((await log.read(ROOM, 4, 10)).map(({ sequence }) => sequence)).toEqual([5]);
      expect(await log.read(ROOM, 10, 10)).toEqual([]);
      await close();
    });

    it('[SY25] a page fits into one message, however large its last entry', async () => {
      const { log, close } = await open();
      const small = frame(1, 1);
      const large = frame(1, 2, LIMITS.frame - small.bytes.length);
      await log.append(ROOM, 1, 50, small);
      await log.append(ROOM, 2, LIMITS.frame, large);
      expect((await log.read(ROOM, 0, LIMITS.page)).map(({ sequence }) => sequence)).toEqual([1]);
      expect((await log.read(ROOM, 1, LIMITS.page)).map(({ sequence }) => sequence)).toEqual([2]);
      await close();
    });

    it('[SY84] leaves out the records that the caller knows', async () => {
      const { log, close } = await open();
      for (let i = 1; i <= 22; i++) await log.append(ROOM, i, i * 50, frame(1, i));
      const read = async (...known: number[]) =>
        (await log.readRecords(ROOM, new Set(known))).map(({ sequence }) => sequence);
      expect(await read()).toEqual([1, 8, 15, 22]);
      expect(await read(8, 9, 22)).toEqual([1, 15]);
      expect(await read(1, 8, 15, 22)).toEqual([]);
      await close();
    });
  });
}
