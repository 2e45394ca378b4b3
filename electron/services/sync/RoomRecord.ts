import { ClockRanges } from '../../../shared/sync/ClockRanges.ts';
import { type Head, type Heads, MARK_BYTES } from '../../../shared/sync/content.ts';
import { KIND } from '../../../shared/sync/Frame.ts';
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

  /** Update frames counted since the newest snapshot: what a joiner would have to read beyond it. */
  readonly sinceSnapshot = { frames: 0, bytes: 0 };

  /** Own frames up to this counter are on disk; what is beyond leaves this device in no way. [SY30] */
  ownStored = 0;

  constructor(ledger: RoomLedger) {
    this.ledger = ledger;
  }

  noteCounted({ device, counter, kind, sizeBytes, update }: CountedFrame): void {
    this.#noteSeen(device, device, counter);
    if (kind === KIND.update) {
      this.sinceSnapshot.frames++;
      this.sinceSnapshot.bytes += sizeBytes;
    } else if (kind === KIND.snapshot) Object.assign(this.sinceSnapshot, { frames: 0, bytes: 0 });
    if (!update) return;
    for (const { client, structs } of update.scan.clients) {
      const last = structs[structs.length - 1];
      if (last) this.#sealedUntil.set(client, Math.max(this.sealedUntil(client), last.clock + last.length));
    }
    for (const range of update.scan.deletions) this.deletions.add(range);
    this.noteSeen(device, update.heads);
  }

  /** A partner's heads, from a frame or from presence. True when they moved on. */
  noteSeen(device: number, heads: Heads): boolean {
    let moved = false;
    for (const [other, { counter }] of heads) moved = this.#noteSeen(device, other, counter) || moved;
    return moved;
  }

  /** The heads that moved since this device's last update: what its next one names. [SY11] */
  movedHeads(own: number): Map<number, Head> {
    const moved = new Map<number, Head>();
    for (const [device, head] of this.ledger.heads())
      if (device !== own && head.counter > this.seenBy(own, device)) moved.set(device, head);
    return moved;
  }

  /** Every author's last counted frame, the own one as far as it is on disk: what others may be told. [SY16] [SY30] */
  headsToTell(own: number): Map<number, Head> {
    const heads = this.ledger.heads();
    if ((heads.get(own)?.counter ?? 0) <= this.ownStored) return heads;
    const hash = this.ledger.hashAt(own, this.ownStored);
    if (this.ownStored > 0 && hash) heads.set(own, { counter: this.ownStored, mark: hash.slice(0, MARK_BYTES) });
    else heads.delete(own);
    return heads;
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

  /** Every stored frame, by author and counter. */
  stored(): ReadonlyMap<number, ReadonlyMap<number, number>> {
    return this.#storeIndexes;
  }

  noteDropped(device: number, counter: number): void {
    this.#storeIndexes.get(device)?.delete(counter);
  }

  #noteSeen(device: number, other: number, counter: number): boolean {
    let seen = this.#seen.get(device);
    if (!seen) this.#seen.set(device, (seen = new Map()));
    if (counter <= (seen.get(other) ?? 0)) return false;
    seen.set(other, counter);
    return true;
  }
}
