import { deviceOfClient } from './clientIds.ts';
import type { Heads } from './content.ts';
import { writePieces } from './cutUpdate.ts';
import { ReachedClocks } from './ReachedClocks.ts';
import type { RosterView } from './Roster.ts';
import type { Coverage } from './records.ts';
import { scanUpdate, type UpdateScan } from './scanUpdate.ts';

export interface OpenedUpdate {
  bytes: Uint8Array;
  scan: UpdateScan;
  heads: Heads;
}

/** No structs, no deletions. */
const NO_UPDATE = new Uint8Array(2);

/**
 * [SY15] What the author of each update can have seen. Deletions of what was not yet written as far as it had seen are left
 * out: they would take away words that a partner has still to type. What an author had seen are the heads it named, and
 * what a confirmed snapshot covers that does not cover the update itself.
 */
export class Horizon {
  readonly #reached = new ReachedClocks();
  /** Author to (device to the last counter its updates named). */
  readonly #seen = new Map<number, Map<number, number>>();
  /** Updates that were not taken whole, by author and counter. */
  readonly #cut = new Map<string, Uint8Array>();
  #confirmedCount = 0;

  /** An update whose turn has come, in the order of its chain. `cut`: something was left out that nobody's removal explains. */
  take(
    author: number,
    counter: number,
    update: OpenedUpdate,
    view: RosterView,
  ): { update: OpenedUpdate; cut: boolean } {
    const seen = this.#seenBy(author);
    for (const [device, head] of update.heads) seen.set(device, Math.max(head.counter, seen.get(device) ?? 0));
    for (const { client, structs } of update.scan.clients) {
      const last = structs[structs.length - 1];
      if (last) this.#reached.note(client, counter, last.clock + last.length);
    }
    let cut = false;
    let whole = true;
    const deletions = update.scan.deletions.flatMap((range) => {
      const bound = this.#boundOf(range.client, author, counter, view);
      if (range.clock + range.length <= bound) return [range];
      whole = false;
      cut ||= !view.devices.get(ownerOf(range.client))?.limit;
      return bound > range.clock ? [{ ...range, length: bound - range.clock }] : [];
    });
    if (whole) return { update, cut };
    const { clients } = update.scan;
    const [bytes = NO_UPDATE] = writePieces(update.bytes, { clients, deletions }, Number.POSITIVE_INFINITY);
    const scan = scanUpdate(bytes);
    if (!scan.ok) throw new Error('an update cut from a scanned one does not scan');
    this.#cut.set(`${author}/${counter}`, bytes);
    return { update: { bytes, scan: scan.value, heads: update.heads }, cut };
  }

  /** What was taken of an update that was not taken whole; null for one that was. */
  cutUpdate(author: number, counter: number): Uint8Array | null {
    return this.#cut.get(`${author}/${counter}`) ?? null;
  }

  /** A snapshot took the place of frames: up to where its clients reach, also those whose frames are here and count later. */
  adopt(scan: UpdateScan, coverage: Coverage): void {
    for (const { client, structs } of scan.clients) {
      const last = structs[structs.length - 1];
      const covered = coverage.ends.get(ownerOf(client));
      if (last && covered) this.#reached.note(client, covered.counter, last.clock + last.length);
    }
  }

  /** True when snapshots were confirmed since that change what an update already cut may delete. */
  isMoved(view: RosterView): boolean {
    const confirmed = [...view.snapshots.values()].filter((snapshot) => snapshot.confirmed);
    if (confirmed.length === this.#confirmedCount) return false;
    this.#confirmedCount = confirmed.length;
    return [...this.#cut.keys()].some((place) => {
      const [author = 0, counter = 0] = place.split('/').map(Number);
      return confirmed.some(({ coverage }) => (coverage.ends.get(author)?.counter ?? 0) < counter);
    });
  }

  #boundOf(client: number, author: number, counter: number, view: RosterView): number {
    const device = ownerOf(client);
    if (device === author) return this.#reached.at(client, counter);
    let seen = this.#seenBy(author).get(device) ?? 0;
    for (const { coverage, confirmed } of view.snapshots.values())
      if (confirmed && (coverage.ends.get(author)?.counter ?? 0) < counter)
        seen = Math.max(seen, coverage.ends.get(device)?.counter ?? 0);
    return this.#reached.at(client, seen);
  }

  #seenBy(author: number): Map<number, number> {
    let seen = this.#seen.get(author);
    if (!seen) this.#seen.set(author, (seen = new Map()));
    return seen;
  }
}

/** [SY12] The genesis is device 1's. */
function ownerOf(client: number): number {
  return deviceOfClient(client) || 1;
}
