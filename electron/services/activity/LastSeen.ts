import * as Y from 'yjs';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import { DamagedRecord } from '../storage/ComplaintStore.ts';

const RECORD = 'activity/seen';
const TIME_BYTES = 8;
const MAX_OWN_UPDATES = 500;

/** What came from one device since the complaint was opened here; times are this computer's. */
export interface Arrival {
  device: number;
  firstMs: number;
  lastMs: number;
}
export interface SeenState {
  /** When this person was last here; null on the first visit. */
  seenMs: number | null;
  /** The document as it was seen then, with this computer's own changes since; empty on the first visit. */
  base: Uint8Array;
  arrivals: Arrival[];
}

/**
 * The complaint as this person last saw it, sealed in the complaint's store. Own changes are added to it as they are
 * made, so that whatever differs from it came from others.
 */
export class LastSeen {
  readonly #store: ComplaintStore;
  #seenMs: number | null;
  #state: Uint8Array;
  #own: Uint8Array[] = [];
  readonly #arrivals = new Map<number, Arrival>();

  private constructor(store: ComplaintStore, seenMs: number | null, state: Uint8Array) {
    this.#store = store;
    this.#seenMs = seenMs;
    this.#state = state;
  }

  /** A record that is missing or does not open counts as a first visit: it can be lost without losing the complaint. */
  static async open(store: ComplaintStore): Promise<LastSeen> {
    const stored = await store.get(RECORD).catch((error: unknown) => {
      if (error instanceof DamagedRecord) return null;
      throw error;
    });
    if (!stored || stored.length <= TIME_BYTES) return new LastSeen(store, null, new Uint8Array(0));
    const seenMs = new DataView(stored.buffer, stored.byteOffset).getFloat64(0);
    return new LastSeen(store, seenMs, stored.slice(TIME_BYTES));
  }

  /** A change that this computer made. */
  noteOwn(update: Uint8Array): void {
    if (this.#seenMs === null) return;
    this.#own.push(update);
    if (this.#own.length >= MAX_OWN_UPDATES) this.#own = [Y.mergeUpdates(this.#own)];
  }

  /** A change that came from others, at the time it came. */
  noteArrival(update: Uint8Array, nowMs: number): void {
    for (const client of Y.parseUpdateMeta(update).to.keys()) {
      const device = deviceOfClient(client);
      const known = this.#arrivals.get(device);
      if (known) known.lastMs = nowMs;
      else this.#arrivals.set(device, { device, firstMs: nowMs, lastMs: nowMs });
    }
  }

  read(): SeenState {
    const base = this.#seenMs === null ? this.#state : Y.mergeUpdates([this.#state, ...this.#own]);
    return { seenMs: this.#seenMs, base, arrivals: [...this.#arrivals.values()].map((arrival) => ({ ...arrival })) };
  }

  /** From now on `state` (a whole document, as an update) counts as seen. Durable when it resolves. */
  async mark(state: Uint8Array, nowMs: number): Promise<void> {
    const record = new Uint8Array(TIME_BYTES + state.length);
    new DataView(record.buffer).setFloat64(0, nowMs);
    record.set(state, TIME_BYTES);
    await this.#store.put(RECORD, record);
    this.#seenMs = nowMs;
    this.#state = state;
    this.#arrivals.clear();
  }
}
