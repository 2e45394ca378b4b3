// Over 400 lines: the keys, everything that must agree about them, and how the whole is opened again after damage.
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { RoomId } from '../shared/domain/ids.ts';
import { readWith } from '../shared/sync/ByteReader.ts';
import { ByteWriter } from '../shared/sync/ByteWriter.ts';
import { isRecord, parseFrame } from '../shared/sync/Frame.ts';
import { LIMITS } from '../shared/sync/limits.ts';
import { LOG_ID_BYTES, type LogEntry } from '../shared/sync/RelayMessage.ts';
import type { DeviceEnd, DroppedFrame, FrameLog, NewFrame, RoomState, RoomSurvey } from './FrameLog.ts';
import { type MendProcess, repairLog, runMendProcess } from './repairLog.ts';
import { sha256 } from './sha256.ts';

type Put = { type: 'put'; key: string; value: Uint8Array };
type Operation = Put | { type: 'del'; key: string };
/** How long a write waits for others after a rest. [SY76] */
const GROUP_MS = 5;

interface Group {
  /** By key: of the many that one group writes under a room's or a device's key only the last counts. */
  operations: Map<string, Operation>;
  waiting: { resolve: () => void; reject: (error: unknown) => void }[];
}

type Level = ClassicLevel<string, Uint8Array>;

/** A quarter of LevelDB's own buffer and cache: a relay reads a frame once or twice, and its memory is to stay small. [SY77] */
const OPTIONS = {
  keyEncoding: 'utf8',
  valueEncoding: 'view',
  writeBufferSize: 1024 * 1024,
  cacheSize: 2 * 1024 * 1024,
} as const;
const WRITE_BYTES = 4 * 1024 * 1024;
const CHECK_BYTES = 4;
/** More are not read at once. */
const MANY_ENTRIES = 4_000;
const MANY_KEYS = 1_000;
/** Records read at once: each may be a snapshot of some megabytes. */
const FEW_FRAMES = 4;
/** A last sequence further than this beyond the frames is damaged. */
const MANY_SEQUENCES = 1_000_000;
/** Grows by a byte with every start and goes with a good end; a log with more starts behind it is repaired first. */
const STARTS_FILE = 'starts';
const MANY_STARTS = 2;

const number = (value: number): string => value.toString().padStart(16, '0');
const keys = {
  logId: 'm!log-id',
  /** Written last at a good end, and gone while the log is open. */
  closed: 'm!closed',
  frame: (room: RoomId, sequence: number) => `f!${room}!${number(sequence)}`,
  hash: (room: RoomId, sequence: number) => `h!${room}!${number(sequence)}`,
  index: (room: RoomId, device: number, counter: number) =>
    `i!${room}!${device.toString().padStart(5, '0')}!${number(counter)}`,
  device: (room: RoomId, device: number) => `d!${room}!${device.toString().padStart(5, '0')}`,
  record: (room: RoomId, sequence: number) => `c!${room}!${number(sequence)}`,
  room: (room: RoomId) => `r!${room}`,
};

/** A log on this machine's disk: what only a tool beside the relay needs of it. */
export interface LocalFrameLog extends FrameLog {
  /** The rooms that hold a frame. */
  rooms(): AsyncIterable<RoomId>;
  /** Everything as of the call, for `writeLevelFrameLog`; the relay may go on writing. */
  pairs(): AsyncIterable<readonly [key: string, value: Uint8Array]>;
}

/**
 * Opens or makes the log in a folder. Throws when another process holds it, the disk refuses, or it is damaged and `mend`
 * cannot help.
 */
export async function openLevelFrameLog(folder: string, mend: MendProcess = runMendProcess): Promise<LocalFrameLog> {
  const endsBadly = (await noteStart(folder)) > MANY_STARTS;
  if (endsBadly) await repairLog(folder, mend);
  // made here because it opens by itself soon after
  const db = new ClassicLevel<string, Uint8Array>(folder, OPTIONS);
  const { logId, repaired } = await openWhole(db, mend, endsBadly);
  const log = new LevelFrameLog(db, mend, logId, repaired ? 1 : 0);
  try {
    await log.totalBytes();
  } catch (error) {
    if (!isCorruption(error)) throw error;
    await log.recover();
  }
  return log;
}

/**
 * [SY75] How often it was opened since it was last closed, this time included. On some damage LevelDB ends the process that
 * reads it: no error tells of that, but the system that starts the relay again and again.
 */
async function noteStart(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, STARTS_FILE);
  await appendFile(file, '.');
  return (await stat(file)).size;
}

/** [SY75] [SY76] Opens the database, repaired when it is damaged; its log id, a new one unless all was well at its last end. */
async function openWhole(
  db: Level,
  mend: MendProcess,
  wasRepaired: boolean,
): Promise<{ logId: Uint8Array; repaired: boolean }> {
  let repaired = wasRepaired;
  try {
    await db.open();
  } catch (error) {
    if (repaired || !isCorruption(error)) throw error;
    repaired = true;
    await repairLog(db.location, mend);
    await db.open();
  }
  const [known, closed] = repaired ? [] : (await db.getMany([keys.logId, keys.closed])).map(plain);
  const logId = known?.length === LOG_ID_BYTES && closed ? known : new Uint8Array(randomBytes(LOG_ID_BYTES));
  const begun: Operation[] = [
    { type: 'put', key: keys.logId, value: logId },
    { type: 'del', key: keys.closed },
  ];
  await db.batch(begun, { sync: true });
  return { logId, repaired };
}

/** Also when what the database says of itself names a file that is not there. */
function isCorruption(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: string };
    if (code === 'LEVEL_CORRUPTION') return true;
    if (code === 'LEVEL_IO_ERROR' && /(?<!LOCK): No such file or directory/.test(at.message)) return true;
  }
  return false;
}

/** Fills a new folder with `pairs` of another log, under a log id of its own: every device looks through it anew. [SY26] */
export async function writeLevelFrameLog(
  folder: string,
  pairs: AsyncIterable<readonly [key: string, value: Uint8Array]>,
): Promise<void> {
  const db = new ClassicLevel<string, Uint8Array>(folder, OPTIONS);
  await db.open({ errorIfExists: true });
  try {
    let group: Put[] = [];
    let size = 0;
    for await (const [key, value] of pairs) {
      if (key === keys.logId || key === keys.closed) continue;
      group.push({ type: 'put', key, value });
      size += value.length;
      if (size < WRITE_BYTES && group.length < 10_000) continue;
      await db.batch(group);
      group = [];
      size = 0;
    }
    group.push({ type: 'put', key: keys.logId, value: new Uint8Array(randomBytes(LOG_ID_BYTES)) });
    group.push({ type: 'put', key: keys.closed, value: new Uint8Array() });
    await db.batch(group, { sync: true });
  } finally {
    await db.close();
  }
}

/**
 * LevelDB with `sync: true`; appends that arrive while one write is under way share the next one. The first after a rest
 * waits a moment: its frame is on its way to the others by then, who get it sooner when this thread, its disk and its
 * processor do not make it durable just then. [SY76]
 */
class LevelFrameLog implements LocalFrameLog {
  readonly renewsLogId = true;
  repairs: number;
  onDamage: ((room: RoomId) => void) | null = null;
  #logId: Uint8Array;
  readonly #db: Level;
  readonly #mend: MendProcess;
  #group: Group = { operations: new Map(), waiting: [] };
  #writing: Promise<void> | null = null;
  /** LevelDB takes nothing more after a write that failed, until it is opened again. */
  #failure: unknown = null;

  constructor(db: Level, mend: MendProcess, logId: Uint8Array, repairs: number) {
    this.#db = db;
    this.#mend = mend;
    this.#logId = logId;
    this.repairs = repairs;
  }

  get logId(): Uint8Array {
    return this.#logId;
  }

  async readRoom(room: RoomId): Promise<RoomState> {
    const summary = readSummary(await this.#read(() => this.#db.get(keys.room(room))));
    const state: RoomState = { lastSequence: 0, sizeBytes: 0, ends: new Map(), ...summary };
    for await (const [key, value] of this.#db.iterator({ gt: `d!${room}!`, lt: `d!${room}~` })) {
      const device = Number(key.slice(-5));
      const end = readWith(plain(value), (r) => ({ counter: r.u64(), hash: r.raw(32) }));
      if (end) state.ends.set(device, end);
    }
    return state;
  }

  async readRecords(room: RoomId, known?: ReadonlySet<number>): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    for await (const found of this.#sequencesInParts({ gt: `c!${room}!`, lt: `c!${room}~` })) {
      const sequences = known ? found.filter((sequence) => !known.has(sequence)) : found;
      const frames = await this.#db.getMany(sequences.map((sequence) => keys.frame(room, sequence)));
      sequences.forEach((sequence, i) => {
        const frame = plain(frames[i]);
        if (frame) entries.push({ sequence, frame });
      });
    }
    return entries;
  }

  async roomCount(): Promise<number> {
    let count = 0;
    for await (const _ of this.#db.keys({ gt: 'r!', lt: 'r~' })) count++;
    return count;
  }

  async totalBytes(): Promise<number> {
    return this.#read(async () => {
      let sum = 0;
      for await (const value of this.#db.values({ gt: 'r!', lt: 'r~' })) sum += readSummary(value)?.sizeBytes ?? 0;
      return sum;
    });
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
    const { device, counter, hash, bytes, isRecord, end } = frame;
    const operations = [
      put(keys.frame(room, sequence), bytes),
      put(keys.hash(room, sequence), hash),
      put(keys.index(room, device, counter), new ByteWriter().u64(sequence).raw(hash).done()),
      putSummary(room, sequence, sizeBytes),
    ];
    if (end) operations.push(putEnd(room, device, end));
    if (isRecord) operations.push(put(keys.record(room, sequence), new Uint8Array()));
    return this.#write(operations);
  }

  moveEnds(room: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void> {
    return this.#write([...ends].map(([device, end]) => putEnd(room, device, end)));
  }

  drop(room: RoomId, frames: readonly DroppedFrame[], lastSequence: number, sizeBytes: number): Promise<void> {
    const del = (key: string): Operation => ({ type: 'del', key });
    const operations: Operation[] = frames.flatMap(({ sequence, device, counter }) => [
      del(keys.frame(room, sequence)),
      del(keys.hash(room, sequence)),
      del(keys.record(room, sequence)),
      del(keys.index(room, device, counter)),
    ]);
    operations.push(putSummary(room, lastSequence, sizeBytes));
    return this.#write(operations).then(() => void this.#giveBack(room, frames.length));
  }

  /** LevelDB keeps what was deleted until its own turn comes: the room's keys are rewritten now. Failing costs disk alone. */
  async #giveBack(room: RoomId, droppedFrames: number): Promise<void> {
    if (droppedFrames < MANY_ENTRIES / 4) return;
    for (const kind of ['f', 'h', 'i']) {
      if (this.#failure !== null) return;
      await this.#db.compactRange(`${kind}!${room}!`, `${kind}!${room}~`).catch(() => {});
    }
  }

  async replaceEnds(room: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void> {
    const operations: Operation[] = [];
    for await (const key of this.#db.keys({ gt: `d!${room}!`, lt: `d!${room}~` }))
      operations.push({ type: 'del', key });
    for (const [device, end] of ends) operations.push(putEnd(room, device, end));
    await this.#write(operations);
  }

  async read(room: RoomId, after: number, maxBytes: number, allFrom = 0): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    let size = 0;
    const isFull = (frame: Uint8Array): boolean =>
      entries.length > 0 && (size >= maxBytes || size + frame.length > LIMITS.frame || entries.length >= MANY_ENTRIES);
    const take = (sequence: number, frame: Uint8Array): void => {
      entries.push({ sequence, frame: plain(frame) });
      size += frame.length + 12;
    };
    const hashes = await this.#read(async () => {
      let full = false;
      const records = { gt: keys.record(room, after), lt: keys.record(room, allFrom) };
      for await (const found of after < allFrom ? this.#sequencesInParts(records) : []) {
        const frames = await this.#db.getMany(found.map((sequence) => keys.frame(room, sequence)));
        full = found.some((sequence, i) => {
          const frame = frames[i];
          if (frame && isFull(frame)) return true;
          if (frame) take(sequence, frame);
          return false;
        });
        if (full) break;
      }
      const from = keys.frame(room, Math.max(after, allFrom - 1));
      const range = { gt: from, lt: `f!${room}~`, highWaterMarkBytes: maxBytes };
      if (!full)
        for await (const [key, frame] of this.#db.iterator(range)) {
          if (isFull(frame)) break;
          take(Number(key.slice(-16)), frame);
        }
      return this.#db.getMany(entries.map(({ sequence }) => keys.hash(room, sequence)));
    });
    const whole = entries.filter(({ frame }, i) => isSame(sha256(frame), hashes[i]));
    if (whole.length < entries.length) this.onDamage?.(room);
    return whole;
  }

  /** Of keys that end in one, in order; few in a part, never none. */
  async *#sequencesInParts(range: { gt: string; lt: string }): AsyncIterable<number[]> {
    const iterator = this.#db.keys(range);
    try {
      for (let found = await iterator.nextv(MANY_KEYS); found.length > 0; found = await iterator.nextv(MANY_KEYS))
        for (let at = 0; at < found.length; at += FEW_FRAMES)
          yield found.slice(at, at + FEW_FRAMES).map((key) => Number(key.slice(-16)));
    } finally {
      await iterator.close();
    }
  }

  async survey(room: RoomId): Promise<RoomSurvey> {
    return this.#read(async () => {
      const summaryBytes = await this.#db.get(keys.room(room));
      const summary = readSummary(summaryBytes);
      const kept = new Map<string, Uint8Array>();
      for (const kind of ['h', 'i', 'c'])
        for await (const [key, value] of this.#db.iterator({ gt: `${kind}!${room}!`, lt: `${kind}!${room}~` }))
          kept.set(key, plain(value));
      const { ends } = await this.readRoom(room);
      const survey: RoomSurvey = {
        lastSequence: 0,
        sizeBytes: 0,
        countedBytes: summary?.sizeBytes ?? 0,
        frames: [],
        records: [],
        ends,
        damaged: 0,
      };
      const right = new Map<string, Uint8Array>();
      const mended: Operation[] = [];
      const range = { gt: `f!${room}!`, lt: `f!${room}~`, highWaterMarkBytes: WRITE_BYTES };
      for await (const [key, value] of this.#db.iterator(range)) {
        const sequence = Number(key.slice(-16));
        const parsed = parseFrame(plain(value));
        const hash = sha256(value);
        const indexKey = parsed.ok ? keys.index(room, parsed.value.device, parsed.value.counter) : '';
        const indexed = kept.get(indexKey);
        // it is kept twice, so that one of the two may be damaged as well
        const witnessed = isSame(hash, kept.get(keys.hash(room, sequence))) || isSame(hash, indexed?.subarray(8));
        if (!parsed.ok || !witnessed || key !== keys.frame(room, sequence)) {
          survey.damaged++;
          mended.push({ type: 'del', key });
          if (Number.isSafeInteger(sequence)) survey.lastSequence = Math.max(survey.lastSequence, sequence);
          continue;
        }
        const { device, counter, kind } = parsed.value;
        survey.lastSequence = sequence;
        survey.sizeBytes += value.length;
        survey.frames.push({ sequence, device, counter, hash, previous: parsed.value.previous.slice() });
        right.set(keys.hash(room, sequence), hash);
        right.set(indexKey, new ByteWriter().u64(sequence).raw(hash).done());
        if (!isRecord(kind)) continue;
        survey.records.push({ sequence, frame: plain(value).slice() });
        right.set(keys.record(room, sequence), new Uint8Array());
      }
      if (summary && summary.lastSequence < survey.lastSequence + MANY_SEQUENCES)
        survey.lastSequence = Math.max(survey.lastSequence, summary.lastSequence);
      for (const key of kept.keys()) if (!right.has(key)) mended.push({ type: 'del', key });
      for (const [key, value] of right) if (!isSame(value, kept.get(key))) mended.push(put(key, value));
      if (survey.lastSequence === 0 && !summaryBytes) return survey;
      if (summary?.lastSequence !== survey.lastSequence || summary.sizeBytes !== survey.sizeBytes)
        mended.push(putSummary(room, survey.lastSequence, survey.sizeBytes));
      if (mended.length > 0) await this.#write(mended);
      return survey;
    });
  }

  async hashAt(room: RoomId, sequence: number): Promise<Uint8Array | null> {
    return plain(await this.#read(() => this.#db.get(keys.hash(room, sequence)))) ?? null;
  }

  async find(room: RoomId, device: number, counter: number): Promise<{ sequence: number; hash: Uint8Array } | null> {
    const value = plain(await this.#read(() => this.#db.get(keys.index(room, device, counter))));
    return value ? readWith(value, (r) => ({ sequence: r.u64(), hash: r.raw(32) })) : null;
  }

  async recover(): Promise<void> {
    await this.#writing;
    if (this.#failure === null) return;
    await this.#db.close();
    const isDamaged = isCorruption(this.#failure);
    if (isDamaged) await repairLog(this.#db.location, this.#mend);
    const { logId, repaired } = await openWhole(this.#db, this.#mend, isDamaged);
    this.#logId = logId;
    if (repaired) this.repairs++;
    this.#failure = null;
  }

  async close(): Promise<void> {
    await this.#writing;
    // a disk that takes no more writes leaves the mark out, and the log gets a new id
    if (this.#failure === null) await this.#write([put(keys.closed, new Uint8Array())]).catch(() => {});
    await this.#db.close();
    await rm(path.join(this.#db.location, STARTS_FILE), { force: true });
  }

  /** LevelDB cannot read a part of itself any more: nothing is written on top of that until `recover`. */
  async #read<T>(reading: () => Promise<T>): Promise<T> {
    try {
      return await reading();
    } catch (error) {
      if (isCorruption(error)) this.#failure ??= error;
      throw error;
    }
  }

  #write(operations: Operation[]): Promise<void> {
    for (const operation of operations) this.#group.operations.set(operation.key, operation);
    const done = new Promise<void>((resolve, reject) => this.#group.waiting.push({ resolve, reject }));
    this.#writing ??= this.#writeSoon();
    return done;
  }

  async #writeSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, GROUP_MS));
    await this.#writeGroups();
  }

  async #writeGroups(): Promise<void> {
    while (this.#group.waiting.length > 0) {
      const group = this.#group;
      this.#group = { operations: new Map(), waiting: [] };
      try {
        if (this.#failure !== null) throw this.#failure;
        await this.#db.batch([...group.operations.values()], { sync: true });
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

function put(key: string, value: Uint8Array): Put {
  return { type: 'put', key, value };
}

/** Nothing else tells whether these two numbers are right without a look at every frame. */
function putSummary(room: RoomId, lastSequence: number, sizeBytes: number): Put {
  const numbers = new ByteWriter().u64(lastSequence).u64(sizeBytes).done();
  return put(keys.room(room), new ByteWriter().raw(numbers).raw(sha256(numbers).subarray(0, CHECK_BYTES)).done());
}

function readSummary(value: Uint8Array | undefined): { lastSequence: number; sizeBytes: number } | null {
  const bytes = plain(value);
  const numbers = bytes?.subarray(0, 16);
  if (!bytes || !numbers || !isSame(sha256(numbers).subarray(0, CHECK_BYTES), bytes.subarray(16))) return null;
  return readWith(numbers, (r) => ({ lastSequence: r.u64(), sizeBytes: r.u64() }));
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0;
}

function putEnd(room: RoomId, device: number, { counter, hash }: DeviceEnd): Put {
  return put(keys.device(room, device), new ByteWriter().u64(counter).raw(hash).done());
}
