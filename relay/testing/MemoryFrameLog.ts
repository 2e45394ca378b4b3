import { createHash } from 'node:crypto';
import type { RoomId } from '../../shared/domain/ids.ts';
import { isRecord, type Kind, parseFrame } from '../../shared/sync/Frame.ts';
import type { LogEntry } from '../../shared/sync/RelayMessage.ts';
import type { DeviceEnd, DroppedFrame, FrameLog, NewFrame, RoomState, RoomSurvey } from '../FrameLog.ts';

interface Stored {
  bytes: Uint8Array;
  hash: Uint8Array;
  device: number;
  counter: number;
}
interface Kept {
  lastSequence: number;
  sizeBytes: number;
  ends: Map<number, DeviceEnd>;
  frames: Map<number, Stored>;
}

/** A log in memory, written in groups as the one on disk is. A crash forgets the group that was not written. */
export class MemoryFrameLog implements FrameLog {
  readonly renewsLogId = true;
  logId: Uint8Array = new Uint8Array(16).fill(1);
  /** Entries that one read gives at most. */
  readEntries = 4_000;
  #rooms = new Map<RoomId, Kept>();
  #queue: { write: () => void; resolve: () => void }[] = [];
  #isOver = false;
  #timer: NodeJS.Immediate | null = null;

  /** The power is cut: what was not written yet is gone, and whoever waits for it waits on. */
  crash(): MemoryFrameLog {
    const next = this.reopen();
    next.logId = this.logId.map((byte, i) => (i === 0 ? (byte + 1) & 255 : byte));
    return next;
  }

  /** The same data for the next relay; this object keeps none of it. */
  reopen(): MemoryFrameLog {
    const next = new MemoryFrameLog();
    Object.assign(next, { logId: this.logId, readEntries: this.readEntries });
    next.#rooms = this.#rooms;
    this.#rooms = new Map();
    if (this.#timer) clearImmediate(this.#timer);
    this.#queue = [];
    this.#isOver = true;
    return next;
  }

  async readRoom(room: RoomId): Promise<RoomState> {
    const { lastSequence, sizeBytes, ends } = this.#roomOf(room);
    return { lastSequence, sizeBytes, ends: new Map(ends) };
  }

  async roomCount(): Promise<number> {
    return [...this.#rooms.values()].filter(({ lastSequence }) => lastSequence > 0).length;
  }

  async readRecords(room: RoomId): Promise<LogEntry[]> {
    return this.#entries(room).filter(({ frame }) => isRecord(frame[1] as Kind));
  }

  async totalBytes(): Promise<number> {
    return [...this.#rooms.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  append(room: RoomId, sequence: number, sizeBytes: number, frame: NewFrame): Promise<void> {
    const { bytes, hash, device, counter, end } = frame;
    return this.#write(() => {
      const kept = this.#roomOf(room);
      kept.frames.set(sequence, { bytes, hash, device, counter });
      Object.assign(kept, { lastSequence: sequence, sizeBytes });
      if (end) kept.ends.set(device, end);
    });
  }

  moveEnds(room: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void> {
    return this.#write(() => {
      for (const [device, end] of ends) this.#roomOf(room).ends.set(device, end);
    });
  }

  replaceEnds(room: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void> {
    return this.#write(() => {
      this.#roomOf(room).ends = new Map(ends);
    });
  }

  drop(room: RoomId, frames: readonly DroppedFrame[], lastSequence: number, sizeBytes: number): Promise<void> {
    return this.#write(() => {
      const kept = this.#roomOf(room);
      for (const { sequence } of frames) kept.frames.delete(sequence);
      Object.assign(kept, { lastSequence, sizeBytes });
    });
  }

  async read(room: RoomId, after: number, maxBytes: number, allFrom = 0): Promise<LogEntry[]> {
    const found: LogEntry[] = [];
    let size = 0;
    for (const entry of this.#entries(room)) {
      if (entry.sequence <= after || (entry.sequence < allFrom && !isRecord(entry.frame[1] as Kind))) continue;
      if (found.length >= this.readEntries || (found.length > 0 && size + entry.frame.length > maxBytes)) break;
      found.push(entry);
      size += entry.frame.length + 12;
    }
    return found;
  }

  async hashAt(room: RoomId, sequence: number): Promise<Uint8Array | null> {
    return this.#roomOf(room).frames.get(sequence)?.hash ?? null;
  }

  async find(room: RoomId, device: number, counter: number): Promise<{ sequence: number; hash: Uint8Array } | null> {
    for (const [sequence, frame] of this.#roomOf(room).frames)
      if (frame.device === device && frame.counter === counter) return { sequence, hash: frame.hash };
    return null;
  }

  async survey(room: RoomId): Promise<RoomSurvey> {
    const { lastSequence, sizeBytes, ends } = this.#roomOf(room);
    const frames = this.#entries(room).map(({ sequence, frame }) => {
      const parsed = parseFrame(frame);
      if (!parsed.ok) throw new Error('not a frame');
      const { device, counter, previous } = parsed.value;
      return { sequence, device, counter, hash: sha256(frame), previous: previous.slice() };
    });
    const records = await this.readRecords(room);
    return { lastSequence, sizeBytes, countedBytes: sizeBytes, frames, records, ends: new Map(ends), damaged: 0 };
  }

  async recover(): Promise<void> {}

  async close(): Promise<void> {
    await this.#write(() => {});
  }

  #roomOf(room: RoomId): Kept {
    let kept = this.#rooms.get(room);
    if (!kept) this.#rooms.set(room, (kept = { lastSequence: 0, sizeBytes: 0, ends: new Map(), frames: new Map() }));
    return kept;
  }

  #entries(room: RoomId): LogEntry[] {
    return [...this.#roomOf(room).frames].map(([sequence, { bytes }]) => ({ sequence, frame: bytes }));
  }

  #write(write: () => void): Promise<void> {
    if (this.#isOver) return new Promise(() => {}); // of a process that is gone
    this.#timer ??= setImmediate(() => {
      this.#timer = null;
      const group = this.#queue.splice(0);
      for (const one of group) one.write();
      for (const one of group) one.resolve();
    });
    return new Promise((resolve) => this.#queue.push({ write, resolve }));
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
