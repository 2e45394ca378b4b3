import * as Y from 'yjs';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { ComplaintStore, StoreWrite } from '../storage/ComplaintStore.ts';
import { ORIGIN, type ReplicaDoc } from './documents.ts';

const SNAPSHOT = 'replica/snapshot';
const LOG = 'replica/log/';
/** A partner's copy goes first: the sealed frame of the same words is written to the same disk, and a sync takes its turn. */
const BEHIND_MS = 25;
const GROUP_MS = 100;
const COMPACT_BYTES = 256 * 1024;
const COMPACT_RECORDS = 400;
const RETRY_MS = 2_000;

const recordName = (sequence: number): string => LOG + sequence.toString().padStart(16, '0');

/**
 * The sealed log of the replica on this computer. Updates are committed in groups, each one durable within 100 ms of
 * its first update; a snapshot record replaces the log when it has grown.
 */
export class LocalLog {
  readonly #store: ComplaintStore;
  readonly #onChange: (state: { saved: boolean; error: unknown }) => void;
  #first = 1;
  #next = 1;
  #missing = 0;
  #records = 0;
  #bytes = 0;
  #pending: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #committing: Promise<void> | null = null;
  #lastCommitMs = 0;
  #closed = false;

  private constructor(store: ComplaintStore, onChange: (state: { saved: boolean; error: unknown }) => void) {
    this.#store = store;
    this.#onChange = onChange;
  }

  /**
   * Loads everything into `replica` (origin 'disk'). What does not open is set aside and counted in `missing` [CS2]; what
   * stands before and after it is read, and what builds on it waits inside Yjs until a partner or the own sealed frames
   * bring it back. 'complaint-damaged' only for bytes that open and are no update.
   */
  static async open(
    store: ComplaintStore,
    replica: ReplicaDoc,
    onChange: (state: { saved: boolean; error: unknown }) => void,
  ): Promise<Result<LocalLog, { code: 'complaint-damaged' }>> {
    const log = new LocalLog(store, onChange);
    const updates: Uint8Array[] = [];
    const unreadable: string[] = [];
    let covered: number | null = 0;
    for await (const { name, value } of store.entries(SNAPSHOT)) {
      if (!value || value.length < 8) {
        covered = null;
        unreadable.push(name);
        continue;
      }
      covered = Number(new DataView(value.buffer, value.byteOffset).getBigUint64(0));
      updates.push(value.subarray(8));
    }
    log.#missing = unreadable.length;
    log.#first = (covered ?? 0) + 1;
    log.#next = log.#first;
    for await (const { name, value, sealedBytes } of store.entries(LOG)) {
      const sequence = Number(name.slice(LOG.length));
      if (!(sequence >= log.#next)) continue;
      // Without the snapshot nobody knows where the log began.
      if (covered === null) log.#next = sequence;
      covered ??= sequence - 1;
      log.#missing += sequence - log.#next;
      log.#next = sequence + 1;
      if (value) updates.push(value);
      else {
        unreadable.push(name);
        log.#missing += 1;
      }
      log.#records += 1;
      log.#bytes += sealedBytes;
    }
    try {
      if (updates.length > 0)
        Y.applyUpdate(
          replica,
          updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates),
          ORIGIN.disk,
        );
    } catch {
      return fail({ code: 'complaint-damaged' });
    }
    if (unreadable.length > 0) await store.setAside(unreadable);
    return ok(log);
  }

  /** Records that were missing or unreadable when the log was opened. */
  get missing(): number {
    return this.#missing;
  }

  /** False from the moment of an update until its group is durable. */
  get saved(): boolean {
    return this.#pending.length === 0 && this.#committing === null;
  }

  append(update: Uint8Array): void {
    if (this.#closed) throw new Error('append to a closed log');
    const wasSaved = this.saved;
    this.#pending.push(update);
    if (wasSaved) this.#onChange({ saved: false, error: null });
    this.#schedule(Math.max(BEHIND_MS, this.#lastCommitMs + GROUP_MS - performance.now()));
  }

  /** Resolves when everything appended so far is durable; rejects with the disk's error. */
  async flush(): Promise<void> {
    while (!this.saved) await (this.#committing ?? this.#commit());
  }

  /** Puts another state in the place of snapshot and log, in one write. */
  async replace(state: Uint8Array): Promise<void> {
    await this.flush();
    await this.#writeSnapshot(state);
  }

  /** Replaces log and snapshot by one snapshot when the log has grown, or always when told. Durable when it resolves. */
  async compact(replica: ReplicaDoc, always = false): Promise<void> {
    await this.flush();
    if (this.#records === 0 && this.#missing === 0) return;
    if (!always && this.#bytes < COMPACT_BYTES && this.#records < COMPACT_RECORDS) return;
    await this.#writeSnapshot(Y.encodeStateAsUpdate(replica));
  }

  async #writeSnapshot(state: Uint8Array): Promise<void> {
    const covered = this.#next - 1;
    const value = new Uint8Array(8 + state.length);
    new DataView(value.buffer).setBigUint64(0, BigInt(covered));
    value.set(state, 8);
    const writes: StoreWrite[] = [{ type: 'put', name: SNAPSHOT, value }];
    for (let sequence = this.#first; sequence <= covered; sequence += 1)
      writes.push({ type: 'del', name: recordName(sequence) });
    await this.#store.write(writes);
    this.#first = covered + 1;
    this.#records = this.#next - 1 - covered;
    this.#bytes = 0;
  }

  /** Flushes; later appends are a bug. */
  async close(): Promise<void> {
    await this.flush();
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(delayMs: number): void {
    if (this.#timer || this.#committing || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // The failure has been told through onChange, the group is kept and another try is scheduled.
      this.#commit().catch(() => undefined);
    }, delayMs);
  }

  #commit(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const group = this.#pending;
    if (group.length === 0) return Promise.resolve();
    this.#pending = [];
    const value = group.length === 1 ? (group[0] as Uint8Array) : Y.mergeUpdates(group);
    const work = this.#store.put(recordName(this.#next), value).then(
      () => {
        this.#next += 1;
        this.#records += 1;
        this.#bytes += value.length + 40;
        this.#committing = null;
        this.#lastCommitMs = performance.now();
        if (this.#pending.length > 0) this.#schedule(GROUP_MS);
        else this.#onChange({ saved: true, error: null });
      },
      (error: unknown) => {
        this.#pending = [value, ...this.#pending];
        this.#committing = null;
        this.#onChange({ saved: false, error });
        this.#schedule(RETRY_MS);
        throw error;
      },
    );
    this.#committing = work;
    return work;
  }
}
