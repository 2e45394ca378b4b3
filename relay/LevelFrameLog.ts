import { randomBytes } from 'node:crypto';
import { ClassicLevel } from 'classic-level';
import type { RoomId } from '../shared/domain/ids.ts';
import { readWith } from '../shared/sync/ByteReader.ts';
import { ByteWriter } from '../shared/sync/ByteWriter.ts';
import type { LogEntry } from '../shared/sync/RelayMessage.ts';
import type { FrameLog, NewFrame, RoomState } from './FrameLog.ts';

type Put = { type: 'put'; key: string; value: Uint8Array };
interface Group {
  puts: Put[];
  waiting: { resolve: () => void; reject: (error: unknown) => void }[];
}

const WRITE_BYTES = 4 * 1024 * 1024;

const number = (value: number): string => value.toString().padStart(16, '0');
const keys = {
  logId: 'm!log-id',
  frame: (room: RoomId, sequence: number) => `f!${room}!${number(sequence)}`,
  hash: (room: RoomId, sequence: number) => `h!${room}!${number(sequence)}`,
  index: (room: RoomId, device: number, counter: number) =>
    `i!${room}!${device.toString().padStart(5, '0')}!${number(counter)}`,
  device: (room: RoomId, device: number) => `d!${room}!${device.toString().padStart(5, '0')}`,
  key: (room: RoomId, device: number) => `k!${room}!${device.toString().padStart(5, '0')}`,
  room: (room: RoomId) => `r!${room}`,
};

/** A log on this machine's disk: what only a tool beside the relay needs of it. */
export interface LocalFrameLog extends FrameLog {
  /** The rooms that hold a frame. */
  rooms(): AsyncIterable<RoomId>;
  /** Everything as of the call, for `writeLevelFrameLog`; the relay may go on writing. */
  pairs(): AsyncIterable<readonly [key: string, value: Uint8Array]>;
}

/** Opens or makes the log in a folder. Throws when another process holds it or the disk refuses. */
export async function openLevelFrameLog(folder: string): Promise<LocalFrameLog> {
  const db = new ClassicLevel<string, Uint8Array>(folder, { keyEncoding: 'utf8', valueEncoding: 'view' });
  await db.open();
  let logId = plain(await db.get(keys.logId));
  if (!logId) {
    logId = new Uint8Array(randomBytes(16));
    await db.put(keys.logId, logId, { sync: true });
  }
  return new LevelFrameLog(db, logId);
}

/** Fills a new folder with `pairs` of another log, under a log id of its own: every device looks through it anew. [SY26] */
export async function writeLevelFrameLog(
  folder: string,
  pairs: AsyncIterable<readonly [key: string, value: Uint8Array]>,
): Promise<void> {
  const db = new ClassicLevel<string, Uint8Array>(folder, { keyEncoding: 'utf8', valueEncoding: 'view' });
  await db.open({ errorIfExists: true });
  try {
    let group: Put[] = [];
    let size = 0;
    for await (const [key, value] of pairs) {
      if (key === keys.logId) continue;
      group.push({ type: 'put', key, value });
      size += value.length;
      if (size < WRITE_BYTES && group.length < 10_000) continue;
      await db.batch(group);
      group = [];
      size = 0;
    }
    group.push({ type: 'put', key: keys.logId, value: new Uint8Array(randomBytes(16)) });
    await db.batch(group, { sync: true });
  } finally {
    await db.close();
  }
}

/** LevelDB with `sync: true`; appends that arrive while one write is under way share the next one. */
class LevelFrameLog implements LocalFrameLog {
  readonly logId: Uint8Array;
  readonly #db: ClassicLevel<string, Uint8Array>;
  #group: Group = { puts: [], waiting: [] };
  #writing: Promise<void> | null = null;
  /** LevelDB takes nothing more after a write that failed, until it is opened again. */
  #failure: unknown = null;

  constructor(db: ClassicLevel<string, Uint8Array>, logId: Uint8Array) {
    this.#db = db;
    this.logId = logId;
  }

  async readRoom(room: RoomId): Promise<RoomState> {
    const summary = await this.#db.get(keys.room(room));
    const state: RoomState = { lastSequence: 0, sizeBytes: 0, devices: new Map() };
    if (!summary) return state;
    Object.assign(
      state,
      readWith(summary, (r) => ({ lastSequence: r.u64(), sizeBytes: r.u64() })),
    );
    for await (const [key, value] of this.#db.iterator({ gt: `d!${room}!`, lt: `d!${room}~` })) {
      const device = Number(key.slice(-5));
      const end = readWith(plain(value), (r) => ({ counter: r.u64(), hash: r.raw(32) }));
      const publicKey = plain(await this.#db.get(keys.key(room, device)));
      if (end && publicKey) state.devices.set(device, { ...end, publicKey });
    }
    return state;
  }

  async roomCount(): Promise<number> {
    let count = 0;
    for await (const _ of this.#db.keys({ gt: 'r!', lt: 'r~' })) count++;
    return count;
  }

  async totalBytes(): Promise<number> {
    let sum = 0;
    for await (const value of this.#db.values({ gt: 'r!', lt: 'r~' }))
      sum += readWith(plain(value), (r) => [r.u64(), r.u64()])?.[1] ?? 0;
    return sum;
  }

  async *rooms(): AsyncIterable<RoomId> {
    for await (const key of this.#db.keys({ gt: 'r!', lt: 'r~' })) yield key.slice(2) as RoomId;
  }

  async *pairs(): AsyncIterable<readonly [key: string, value: Uint8Array]> {
    const snapshot = this.#db.snapshot();
    try {
      for await (const [key, value] of this.#db.iterator({ snapshot, highWaterMarkBytes: WRITE_BYTES }))
        yield [key, plain(value)];
    } finally {
      await snapshot.close();
    }
  }

  append(room: RoomId, sequence: number, sizeBytes: number, frame: NewFrame): Promise<void> {
    const { device, counter, hash, bytes, publicKey } = frame;
    const put = (key: string, value: Uint8Array): Put => ({ type: 'put', key, value });
    this.#group.puts.push(
      put(keys.frame(room, sequence), bytes),
      put(keys.hash(room, sequence), hash),
      put(keys.index(room, device, counter), new ByteWriter().u64(sequence).raw(hash).done()),
      put(keys.device(room, device), new ByteWriter().u64(counter).raw(hash).done()),
      put(keys.room(room), new ByteWriter().u64(sequence).u64(sizeBytes).done()),
    );
    if (publicKey) this.#group.puts.push(put(keys.key(room, device), publicKey));
    const done = new Promise<void>((resolve, reject) => this.#group.waiting.push({ resolve, reject }));
    this.#writing ??= this.#writeGroups();
    return done;
  }

  async read(room: RoomId, after: number, maxBytes: number): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    let size = 0;
    const range = { gt: keys.frame(room, after), lt: `f!${room}~`, highWaterMarkBytes: maxBytes };
    for await (const [key, frame] of this.#db.iterator(range)) {
      if (entries.length > 0 && size + frame.length > maxBytes) break;
      entries.push({ sequence: Number(key.slice(-16)), frame: plain(frame) });
      size += frame.length + 12;
      if (entries.length >= 4_000) break;
    }
    return entries;
  }

  async hashAt(room: RoomId, sequence: number): Promise<Uint8Array | null> {
    return plain(await this.#db.get(keys.hash(room, sequence))) ?? null;
  }

  async find(room: RoomId, device: number, counter: number): Promise<{ sequence: number; hash: Uint8Array } | null> {
    const value = plain(await this.#db.get(keys.index(room, device, counter)));
    return value ? readWith(value, (r) => ({ sequence: r.u64(), hash: r.raw(32) })) : null;
  }

  async recover(): Promise<void> {
    await this.#writing;
    if (this.#failure === null) return;
    await this.#db.close();
    await this.#db.open();
    this.#failure = null;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#db.close();
  }

  async #writeGroups(): Promise<void> {
    await Promise.resolve(); // appends of the same turn join the first group
    while (this.#group.puts.length > 0) {
      const group = this.#group;
      this.#group = { puts: [], waiting: [] };
      try {
        if (this.#failure !== null) throw this.#failure;
        await this.#db.batch(group.puts, { sync: true });
        for (const { resolve } of group.waiting) resolve();
      } catch (error) {
        this.#failure = error;
        for (const { reject } of group.waiting) reject(error);
      }
    }
    this.#writing = null;
  }
}

/** classic-level hands out Buffers, whose `slice` shares memory where that of a Uint8Array copies. */
function plain<T extends Uint8Array | undefined>(value: T): T {
  return (value && new Uint8Array(value.buffer, value.byteOffset, value.length)) as T;
}
