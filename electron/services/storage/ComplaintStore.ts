import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Sealer } from './Sealer.ts';

export type StoreErrorCode = 'complaint-damaged' | 'complaint-in-use' | 'complaint-missing';
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

/**
 * Sealed records of one complaint over LevelDB. Every write is one atomic batch with fsync; a record's name is part of
 * what its seal covers. Names say nothing about content.
 */
export class ComplaintStore {
  readonly db: ClassicLevel<string, Uint8Array>;
  readonly #sealer: Sealer;

  private constructor(db: ClassicLevel<string, Uint8Array>, sealer: Sealer) {
    this.db = db;
    this.#sealer = sealer;
  }

  /** `create` false never makes an empty store where a damaged one lies. */
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
      return fail({ code: 'complaint-damaged' });
    }
    return ok(new ComplaintStore(db, sealer));
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

  /** Durable, all or nothing, when it resolves. */
  async write(writes: readonly StoreWrite[]): Promise<void> {
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
    await this.db.close();
  }

  #opened(sealed: Uint8Array, name: string): Uint8Array {
    const value = this.#sealer.open(sealed, name);
    if (!value) throw new DamagedRecord(name);
    return value;
  }
}
