import type { ClassicLevel } from 'classic-level';
import { join, utf8 } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { openBytes, sealBytes } from '../../../shared/crypto/sealing.ts';
import { readWith } from '../../../shared/sync/ByteReader.ts';
import { ByteWriter } from '../../../shared/sync/ByteWriter.ts';
import type { RelayCursor, RoomMarks, RoomStore, RoomWrite } from './RoomStore.ts';

export interface LevelRoomStoreOptions {
  /** Opened by the caller, who also closes it after `close` of the store. Encodings do not matter. */
  // biome-ignore lint/suspicious/noExplicitAny: the store sets its own encodings on every call
  db: ClassicLevel<any, any>;
  /** Keys are `<prefix>f/<index>` and `<prefix>m/<name>`. */
  prefix: string;
  ciphers: Ciphers;
  /** 32 bytes; every value is sealed with it and bound to its key. */
  storageKey: Uint8Array;
}

type Operation = { type: 'put'; key: string; value: Uint8Array } | { type: 'del'; key: string };
interface Group {
  /** In clear: sealed when they are written, which for a partner's words is after people have got them. */
  puts: Operation[];
  /** Has to survive a power cut when `done` resolves. */
  sync: boolean;
  /** Has to survive one a moment later. */
  settles: boolean;
  waiting: { resolve: () => void; reject: (error: unknown) => void }[];
}

/** How long a write that may wait does so. [SY33] */
const WAIT_MS = 50;
/** And how long after it the disk is made to keep it, when no other write did. [SY33] */
const SETTLE_MS = 1_000;
const ENCODINGS = { keyEncoding: 'utf8', valueEncoding: 'view' } as const;

/**
 * The room store on LevelDB. Writes that arrive while one is under way share the next; one that may wait is not synced by
 * itself but goes along with the next sync of this store, a second later at most: partners' words would else hold up the
 * own ones on the same disk.
 */
export function openLevelRoomStore(options: LevelRoomStoreOptions): RoomStore {
  return new LevelRoomStore(options);
}

class LevelRoomStore implements RoomStore {
  readonly #options: LevelRoomStoreOptions;
  /** Set by `load`: an index is never used twice. */
  #nextIndex = 0;
  #group: Group = newGroup();
  #writing: Promise<void> | null = null;
  #waiting: ReturnType<typeof setTimeout> | null = null;
  /** While something written does not survive a power cut and has to. */
  #settling: ReturnType<typeof setTimeout> | null = null;
  #failure: { error: unknown } | null = null;
  /** Frames whose write is not done yet. */
  readonly #underWay = new Map<number, Uint8Array>();

  constructor(options: LevelRoomStoreOptions) {
    this.#options = options;
  }

  async load(onFrame: (index: number, frame: Uint8Array) => void): Promise<RoomMarks> {
    const { db, prefix } = this.#options;
    const damaged: string[] = [];
    const frames = db.iterator<string, Uint8Array>({ gt: `${prefix}f/`, lt: `${prefix}f~`, ...ENCODINGS });
    for await (const [key, sealed] of frames) {
      const index = Number(key.slice(-12));
      this.#nextIndex = index + 1;
      const frame = this.#open(key, sealed);
      if (frame) onFrame(index, frame);
      else damaged.push(key);
    }
    const cursor = await this.#readMark('cursor', readCursor);
    const acknowledged = await this.#readMark('acknowledged', readNumber);
    const ownLast = await this.#readMark('own-last', readNumber);
    if (damaged.length > 0) {
      const cut: Operation[] = damaged.map((key) => ({ type: 'del', key }));
      cut.push({
        type: 'put',
        key: this.#markKey('cursor'),
        value: this.#seal(this.#markKey('cursor'), encodeCursor(null)),
      });
      await db.batch<string, Uint8Array>(cut, { sync: true, ...ENCODINGS });
    }
    return {
      cursor: damaged.length > 0 ? null : cursor,
      acknowledged: acknowledged ?? 0,
      ownLast: ownLast ?? 0,
      damagedFrames: damaged.length,
    };
  }

  write(write: RoomWrite): { indexes: number[]; done: Promise<void> } {
    const indexes = (write.frames ?? []).map((frame) => {
      const index = this.#nextIndex++;
      this.#underWay.set(index, frame);
      this.#put(this.#frameKey(index), frame);
      return index;
    });
    if (write.cursor !== undefined) this.#put(this.#markKey('cursor'), encodeCursor(write.cursor));
    if (write.acknowledged !== undefined)
      this.#put(this.#markKey('acknowledged'), new ByteWriter().u64(write.acknowledged).done());
    if (write.ownLast !== undefined) this.#put(this.#markKey('own-last'), new ByteWriter().u64(write.ownLast).done());
    for (const index of write.drop ?? []) this.#group.puts.push({ type: 'del', key: this.#frameKey(index) });
    if (!write.isHint && !write.mayWait) this.#group.sync = true;
    if (!write.isHint) this.#group.settles = true;
    const done = new Promise<void>((resolve, reject) => this.#group.waiting.push({ resolve, reject }));
    if (write.mayWait) this.#waiting ??= setTimeout(() => this.#begin(), WAIT_MS);
    else this.#begin();
    done.then(
      () => indexes.forEach((index) => this.#underWay.delete(index)),
      () => {},
    );
    return { indexes, done };
  }

  async readFrame(index: number): Promise<Uint8Array | null> {
    const held = this.#underWay.get(index);
    if (held) return held;
    const key = this.#frameKey(index);
    const sealed = await this.#options.db.get<string, Uint8Array>(key, ENCODINGS);
    return sealed ? this.#open(key, sealed) : null;
  }

  async close(): Promise<void> {
    this.#begin();
    while (this.#writing) await this.#writing;
    if (this.#settling) this.#settle();
    while (this.#writing) await this.#writing;
  }

  #begin(): void {
    if (this.#waiting) clearTimeout(this.#waiting);
    this.#waiting = null;
    this.#writing ??= this.#writeGroups();
  }

  /** Any write that is synced takes along what was written before it. */
  #settle(): void {
    this.#put(this.#markKey('settled'), new Uint8Array());
    this.#group.sync = true;
    this.#begin();
  }

  #put(key: string, value: Uint8Array): void {
    this.#group.puts.push({ type: 'put', key, value });
  }

  #seal(key: string, value: Uint8Array): Uint8Array {
    const { ciphers, storageKey } = this.#options;
    return sealBytes(ciphers, storageKey, value, associated(key));
  }

  #open(key: string, sealed: Uint8Array): Uint8Array | null {
    const { ciphers, storageKey } = this.#options;
    const opened = openBytes(ciphers, storageKey, sealed, associated(key));
    return opened.ok ? opened.value : null;
  }

  /** Null also for a damaged mark: everything is then looked at anew. */
  async #readMark<T>(name: string, read: (bytes: Uint8Array) => T | null): Promise<T | null> {
    const key = this.#markKey(name);
    const sealed = await this.#options.db.get<string, Uint8Array>(key, ENCODINGS);
    const bytes = sealed ? this.#open(key, sealed) : null;
    return bytes ? read(bytes) : null;
  }

  async #writeGroups(): Promise<void> {
    await Promise.resolve(); // writes of the same turn join the first group
    while (this.#group.puts.length > 0 || this.#group.waiting.length > 0) {
      const group = this.#group;
      this.#group = newGroup();
      try {
        if (this.#failure) throw this.#failure.error; // order would be broken by a later success
        const sealed = group.puts.map((one) =>
          one.type === 'put' ? { ...one, value: this.#seal(one.key, one.value) } : one,
        );
        await this.#options.db.batch<string, Uint8Array>(sealed, { sync: group.sync, ...ENCODINGS });
        if (group.sync) this.#cancelSettling();
        else if (group.settles) this.#settling ??= setTimeout(() => this.#settle(), SETTLE_MS);
        for (const { resolve } of group.waiting) resolve();
      } catch (error) {
        this.#failure ??= { error };
        for (const { reject } of group.waiting) reject(error);
      }
    }
    this.#writing = null;
  }

  #cancelSettling(): void {
    if (this.#settling) clearTimeout(this.#settling);
    this.#settling = null;
  }

  #frameKey(index: number): string {
    return `${this.#options.prefix}f/${index.toString().padStart(12, '0')}`;
  }

  #markKey(name: string): string {
    return `${this.#options.prefix}m/${name}`;
  }
}

const newGroup = (): Group => ({ puts: [], sync: false, settles: false, waiting: [] });
const associated = (key: string): Uint8Array => join(utf8('alegato-room-store-1'), utf8(key));

function encodeCursor(cursor: RelayCursor | null): Uint8Array {
  if (!cursor) return new Uint8Array();
  return new ByteWriter().raw(cursor.logId).u64(cursor.sequence).raw(cursor.hash).done();
}

function readCursor(bytes: Uint8Array): RelayCursor | null {
  return readWith(bytes, (r) => ({ logId: r.raw(16).slice(), sequence: r.u64(), hash: r.raw(32).slice() }));
}

function readNumber(bytes: Uint8Array): number | null {
  return readWith(bytes, (r) => r.u64());
}
