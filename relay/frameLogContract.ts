import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RoomId } from '../shared/domain/ids.ts';
import type { FrameLog, NewFrame } from './FrameLog.ts';

const ROOM = 'a'.repeat(26) as RoomId;
const OTHER = 'b'.repeat(26) as RoomId;

function frame(device: number, counter: number, sizeBytes = 50): NewFrame {
  const publicKey = counter === 1 ? new Uint8Array(32).fill(device) : null;
  return {
    bytes: new Uint8Array(randomBytes(sizeBytes)),
    device,
    counter,
    hash: new Uint8Array(randomBytes(32)),
    publicKey,
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
      expect(await log.readRoom(ROOM)).toEqual({ lastSequence: 0, sizeBytes: 0, devices: new Map() });
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
      expect(state.devices.get(2)).toMatchObject({ counter: 20, publicKey: new Uint8Array(32).fill(2) });
      expect(await again.find(ROOM, 1, 3)).toMatchObject({ sequence: 5 });
      expect(await again.hashAt(ROOM, 5)).toEqual((frames[4] as NewFrame).hash);
      await close();
    });

    it('[SY25] pages by size, with at least one entry', async () => {
      const { log, close } = await open();
      for (let i = 1; i <= 10; i++) await log.append(ROOM, i, i * 1_000, frame(1, i, 1_000));
      expect((await log.read(ROOM, 0, 3_500)).length).toBe(3);
      expect((await log.read(ROOM, 4, 10)).map(({ sequence }) => sequence)).toEqual([5]);
      expect(await log.read(ROOM, 10, 10)).toEqual([]);
      await close();
    });
  });
}
