import { createHash } from 'node:crypto';
import type { RoomId } from '../../shared/domain/ids.ts';
import { parseFrame } from '../../shared/sync/Frame.ts';
import { LIMITS } from '../../shared/sync/limits.ts';
import type { LogEntry } from '../../shared/sync/RelayMessage.ts';
import type { DeviceEnd, DroppedFrame, FrameLog, NewFrame, RoomState, RoomSurvey } from '../FrameLog.ts';

interface StoredEntry {
  frame: Uint8Array;
  hash: Uint8Array;
  device: number;
  counter: number;
  isRecord: boolean;
}
interface StoredRoom {
  lastSequence: number;
  sizeBytes: number;
  ends: Map<number, DeviceEnd>;
  /** By rising sequence. */
  entries: Map<number, StoredEntry>;
}
/** All that a log has on its disk. */
export interface LogState {
  logId: Uint8Array;
  rooms: Map<RoomId, StoredRoom>;
}
/** A log's hold on its disk. */
export interface LogHandle {
  /** What is on disk. */
  readonly state: LogState;
  /** Takes effect in the order of the calls; resolves once it is on disk. */
  write(change: (state: LogState) => void): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** `FrameLog` in memory, on a disk that outlives it. */
export class MemoryFrameLog implements FrameLog {
  /** Entries that one read gives at most. */
  readEntries = 4_000;
  readonly #handle: LogHandle;

  constructor(handle: LogHandle) {
    this.#handle = handle;
  }

  get logId(): Uint8Array {
    return this.#handle.state.logId;
  }

  async readRoom(id: RoomId): Promise<RoomState> {
    const room = this.#handle.state.rooms.get(id);
    return {
      lastSequence: room?.lastSequence ?? 0,
      sizeBytes: room?.sizeBytes ?? 0,
      ends: new Map(room?.ends ?? []),
    };
  }

  async roomCount(): Promise<number> {
    return [...this.#handle.state.rooms.values()].filter(({ lastSequence }) => lastSequence > 0).length;
  }

  async readRecords(id: RoomId, known?: ReadonlySet<number>): Promise<LogEntry[]> {
    return this.entries(id).flatMap(([sequence, { frame, isRecord }]) =>
      isRecord && !known?.has(sequence) ? [{ sequence, frame }] : [],
    );
  }

  async totalBytes(): Promise<number> {
    return [...this.#handle.state.rooms.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  append(id: RoomId, sequence: number, sizeBytes: number, given: NewFrame): Promise<void> {
    const { bytes, device, counter, hash, isRecord, end } = given;
    return this.change(id, (room) => {
      room.entries.set(sequence, { frame: bytes, hash, device, counter, isRecord });
      Object.assign(room, { lastSequence: sequence, sizeBytes });
      if (end) room.ends.set(device, end);
    });
  }

  moveEnds(id: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void> {
    return this.change(id, (room) => {
      for (const [device, end] of ends) room.ends.set(device, end);
    });
  }

  drop(id: RoomId, frames: readonly DroppedFrame[], lastSequence: number, sizeBytes: number): Promise<void> {
    return this.change(id, (room) => {
      for (const { sequence } of frames) room.entries.delete(sequence);
      Object.assign(room, { lastSequence, sizeBytes });
    });
  }

  async read(id: RoomId, after: number, maxBytes: number, allFrom = 0): Promise<LogEntry[]> {
    const page: LogEntry[] = [];
    let size = 0;
    for (const [sequence, { frame, isRecord }] of this.entries(id)) {
      if (sequence <= after || (sequence < allFrom && !isRecord)) continue;
      if (
        page.length >= this.readEntries ||
        (page.length > 0 && (size >= maxBytes || size + frame.length > LIMITS.frame))
      )
        break;
      page.push({ sequence, frame });
      size += frame.length + 12;
    }
    return page;
  }

  async hashAt(id: RoomId, sequence: number): Promise<Uint8Array | null> {
    return this.#handle.state.rooms.get(id)?.entries.get(sequence)?.hash ?? null;
  }

  async find(id: RoomId, device: number, counter: number): Promise<{ sequence: number; hash: Uint8Array } | null> {
    // as in an index that keeps one place for each: the last one written
    const found = this.entries(id).findLast(([, entry]) => entry.device === device && entry.counter === counter);
    return found ? { sequence: found[0], hash: found[1].hash } : null;
  }

  recover(): Promise<void> {
    return this.#handle.settled();
  }

  close(): Promise<void> {
    return this.#handle.settled();
  }

  protected entries(id: RoomId): [number, StoredEntry][] {
    return [...(this.#handle.state.rooms.get(id)?.entries ?? [])];
  }

  protected change(id: RoomId, change: (room: StoredRoom) => void): Promise<void> {
    return this.#handle.write(({ rooms }) => {
      const room = rooms.get(id) ?? { lastSequence: 0, sizeBytes: 0, ends: new Map(), entries: new Map() };
      rooms.set(id, room);
      change(room);
    });
  }
}

/** The same, looked through when a room is opened, as the one on disk is. [SY75] [SY76] */
export class SurveyedMemoryFrameLog extends MemoryFrameLog {
  readonly renewsLogId = true;

  replaceEnds(id: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void> {
    return this.change(id, (room) => {
      room.ends = new Map(ends);
    });
  }

  async survey(id: RoomId): Promise<RoomSurvey> {
    const { lastSequence, sizeBytes, ends } = await this.readRoom(id);
    const frames = this.entries(id).map(([sequence, { frame }]) => {
      const parsed = parseFrame(frame);
      if (!parsed.ok) throw new Error('not a frame');
      const { device, counter, previous } = parsed.value;
      const hash = new Uint8Array(createHash('sha256').update(frame).digest());
      return { sequence, device, counter, hash, previous: previous.slice() };
    });
    const records = await this.readRecords(id);
    return { lastSequence, sizeBytes, countedBytes: sizeBytes, frames, records, ends, damaged: 0 };
  }
}

const emptyState = (): LogState => ({ logId: new Uint8Array(16).fill(1), rooms: new Map() });

/** A disk that writes in groups, one a turn of the event loop. */
export class GroupedDisk implements LogHandle {
  #state: LogState;
  #queue: { change: (state: LogState) => void; resolve: () => void }[] = [];
  #isOver = false;
  #timer: NodeJS.Immediate | null = null;

  constructor(state: LogState = emptyState()) {
    this.#state = state;
  }

  get state(): LogState {
    return this.#state;
  }

  /** The power is cut: what was not written yet is gone, and whoever waits for it waits on. */
  crash(): GroupedDisk {
    const next = this.reopen();
    next.#state.logId = next.#state.logId.map((byte, i) => (i === 0 ? (byte + 1) & 255 : byte));
    return next;
  }

  /** The same data for the next relay; this object keeps none of it. */
  reopen(): GroupedDisk {
    const next = new GroupedDisk(this.#state);
    this.#state = emptyState();
    if (this.#timer) clearImmediate(this.#timer);
    this.#queue = [];
    this.#isOver = true;
    return next;
  }

  write(change: (state: LogState) => void): Promise<void> {
    if (this.#isOver) return new Promise(() => {}); // of a process that is gone
    this.#timer ??= setImmediate(() => {
      this.#timer = null;
      const group = this.#queue.splice(0);
      for (const one of group) one.change(this.#state);
      for (const one of group) one.resolve();
    });
    return new Promise((resolve) => this.#queue.push({ change, resolve }));
  }

  async settled(): Promise<void> {
    if (this.#queue.length > 0) await this.write(() => {});
  }
}
