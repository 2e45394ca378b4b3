import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { noticeOfError } from './noticeOfError.ts';
import type { Sealer } from './Sealer.ts';

/** Runs `repair-store` on a folder in another process; true when the store opens afterwards. */
export type RepairStore = (folder: string) => Promise<boolean>;
export type StoreErrorCode = 'complaint-damaged' | 'complaint-in-use' | 'complaint-missing';
/** Records that did not open, under their old names behind this prefix [CS2]. */
export const ASIDE = 'aside/';
export type StoreWrite = { type: 'put'; name: string; value: Uint8Array } | { type: 'del'; name: string };

/** A record that is there but does not open: the store was damaged or tampered with. */
export class DamagedRecord extends Error {
  readonly recordName: string;
  constructor(recordName: string) {
    super('damaged record');
    this.name = 'DamagedRecord';
    this.recordName = recordName;
  }
}

/** Stores open in this process, by folder: a backup reads through them, as LevelDB admits one handle. */
const OPEN = new Map<string, ComplaintStore>();

/**
 * Sealed records of one complaint over LevelDB. Every write is one atomic batch with fsync; a record's name is part of
 * what its seal covers. Names say nothing about content.
 */
export class ComplaintStore {
  readonly db: ClassicLevel<string, Uint8Array>;
  readonly #folder: string;
  readonly #sealer: Sealer;
  #refusing = false;
  #opening: Promise<void> | null = null;

  private constructor(db: ClassicLevel<string, Uint8Array>, folder: string, sealer: Sealer) {
    this.db = db;
    this.#folder = folder;
    this.#sealer = sealer;
  }

  /** The store of this folder if it is open in this process. */
  static find(folder: string): ComplaintStore | null {
    return OPEN.get(folder) ?? null;
  }

  /** `create` false never makes an empty store where a damaged one lies. Rejects when the disk is full or read-only. */
  static async open(
    folder: string,
    sealer: Sealer,
    create: boolean,
  ): Promise<Result<ComplaintStore, { code: StoreErrorCode }>> {
    if (create) await mkdir(folder, { recursive: true, mode: 0o700 });
    const db = new ClassicLevel<string, Uint8Array>(folder, { valueEncoding: 'view', createIfMissing: create });
    try {
      await db.open();
    } catch (error) {
      await db.close().catch(() => undefined);
      const cause = (error as { cause?: { code?: string } }).cause?.code ?? '';
      if (cause === 'LEVEL_LOCKED') return fail({ code: 'complaint-in-use' });
      // A disk that is full or closed to us says nothing about the store.
      const notice = noticeOfError(error);
      if (notice && notice.code !== 'complaint-damaged') throw error;
      return fail({ code: 'complaint-damaged' });
    }
    const store = new ComplaintStore(db, folder, sealer);
    OPEN.set(folder, store);
    return ok(store);
  }

  /**
   * [CS1] Copies the folder aside, whole, and has LevelDB build the store anew from what can be read, in a process of its
   * own. False when nothing can be built; then everything is as it was.
   */
  static async repair(folder: string, repairStore: RepairStore): Promise<boolean> {
    const files = await readdir(folder).catch(() => []);
    if (!files.some((name) => /\.(?:ldb|sst|log)$/.test(name))) return false;
    const aside = await freeName(folder);
    await cp(folder, aside, { recursive: true });
    if (await repairStore(folder)) return true;
    await rm(folder, { recursive: true, force: true });
    await rename(aside, folder);
    return false;
  }

  /** [CS2] Keeps records that do not open, out of the way of those that do. */
  async setAside(names: readonly string[]): Promise<void> {
    const kept = await Promise.all(names.map(async (name) => ({ name, sealed: await this.db.get(name) })));
    await this.db.batch(
      kept.flatMap(({ name, sealed }) => [
        ...(sealed ? [{ type: 'put' as const, key: ASIDE + name, value: sealed }] : []),
        { type: 'del' as const, key: name },
      ]),
      { sync: true },
    );
  }

  /** Null when there is no such record. Throws DamagedRecord when it does not open. */
  async get(name: string): Promise<Uint8Array | null> {
    const sealed = await this.db.get(name);
    if (sealed === undefined) return null;
    return this.#opened(sealed, name);
  }

  async getJson(name: string): Promise<unknown> {
    const bytes = await this.get(name);
    return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as unknown) : null;
  }

  /**
   * Durable, all or nothing, when it resolves. LevelDB refuses every write after one that failed, as on a full disk, until
   * it is opened anew: the next write does that first.
   */
  async write(writes: readonly StoreWrite[]): Promise<void> {
    if (this.#refusing) await (this.#opening ??= this.#openAnew());
    try {
      await this.#batch(writes);
    } catch (error) {
      this.#refusing = true;
      throw error;
    }
  }

  async #openAnew(): Promise<void> {
    try {
      await this.db.close();
      await this.db.open();
      this.#refusing = false;
    } finally {
      this.#opening = null;
    }
  }

  async #batch(writes: readonly StoreWrite[]): Promise<void> {
    await this.db.batch(
      writes.map((write) =>
        write.type === 'put'
          ? { type: 'put' as const, key: write.name, value: this.#sealer.seal(write.value, write.name) }
          : { type: 'del' as const, key: write.name },
      ),
      { sync: true },
    );
  }

  async put(name: string, value: Uint8Array): Promise<void> {
    await this.write([{ type: 'put', name, value }]);
  }

  async putJson(name: string, value: unknown): Promise<void> {
    await this.put(name, new TextEncoder().encode(JSON.stringify(value)));
  }

  async delete(name: string): Promise<void> {
    await this.write([{ type: 'del', name }]);
  }

  /** Records whose names begin with `prefix`, in order of name. `value` is null when a record does not open. */
  async *entries(prefix: string): AsyncGenerator<{ name: string; value: Uint8Array | null; sealedBytes: number }> {
    for await (const [name, sealed] of this.db.iterator({ gte: prefix, lt: `${prefix}\uffff` })) {
      yield { name, value: this.#sealer.open(sealed, name), sealedBytes: sealed.length };
    }
  }

  async close(): Promise<void> {
    if (OPEN.get(this.#folder) === this) OPEN.delete(this.#folder);
    await this.db.close();
  }

  #opened(sealed: Uint8Array, name: string): Uint8Array {
    const value = this.#sealer.open(sealed, name);
    if (!value) throw new DamagedRecord(name);
    return value;
  }
}

/** The first free `<folder>.damaged-N`. */
async function freeName(folder: string): Promise<string> {
  const taken = new Set(await readdir(dirname(folder)));
  for (let number = 1; ; number += 1) {
    const name = `${basename(folder)}.damaged-${number}`;
    if (!taken.has(name)) return join(dirname(folder), name);
  }
}
