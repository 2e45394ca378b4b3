import { ClockRanges } from '../../../shared/sync/ClockRanges.ts';
import type { CountedFrame, RoomLedger } from '../../../shared/sync/RoomLedger.ts';

/** What the frames of a room hold, seen from this device: the ledger and three sums over its counted frames. */
export class RoomRecord {
  readonly ledger: RoomLedger;
  /** Deletions that some counted frame holds. */
  readonly deletions = new ClockRanges();
  readonly #sealedUntil = new Map<number, number>();
  /** Device to (device to the last counter it said it has). */
  readonly #seen = new Map<number, Map<number, number>>();
  readonly #storeIndexes = new Map<number, Map<number, number>>();

  constructor(ledger: RoomLedger) {
    this.ledger = ledger;
  }

  noteCounted({ device, counter, update }: CountedFrame): void {
    this.noteSeen(device, new Map([[device, counter]]));
    if (!update) return;
    for (const { client, structs } of update.scan.clients) {
      const last = structs[structs.length - 1];
      if (last) this.#sealedUntil.set(client, Math.max(this.sealedUntil(client), last.clock + last.length));
    }
    for (const range of update.scan.deletions) this.deletions.add(range);
    this.noteSeen(device, update.heads);
  }

  /** A partner's heads, from a frame or from presence. True when they moved on. */
  noteSeen(device: number, heads: ReadonlyMap<number, number>): boolean {
    let seen = this.#seen.get(device);
    if (!seen) this.#seen.set(device, (seen = new Map()));
    let moved = false;
    for (const [other, counter] of heads) {
      if (counter <= (seen.get(other) ?? 0)) continue;
      seen.set(other, counter);
      moved = true;
    }
    return moved;
  }

  /** The last counter of `of` that `device` said it has. */
  seenBy(device: number, of: number): number {
    return this.#seen.get(device)?.get(of) ?? 0;
  }

  /** Clock up to which frames hold this client's structs. */
  sealedUntil(client: number): number {
    return this.#sealedUntil.get(client) ?? 0;
  }

  noteStored(device: number, counter: number, index: number): void {
    let indexes = this.#storeIndexes.get(device);
    if (!indexes) this.#storeIndexes.set(device, (indexes = new Map()));
    indexes.set(counter, index);
  }

  /** Where the store keeps a frame; undefined when it does not. */
  storeIndex(device: number, counter: number): number | undefined {
    return this.#storeIndexes.get(device)?.get(counter);
  }
}
