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

/** A deletion that was left out in part: its author had seen frames up to `seen`, and they reach `bound`. */
interface Short {
  seen: number;
  bound: number;
}

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
  /** Why they were not, by client. */
  readonly #short = new Map<number, Short[]>();
  /** Snapshots without which deletions that were taken would have been left out, by name. */
  readonly #reliedOn = new Set<string>();
  /** Author to the last counter that a state taken here holds already. */
  readonly #adopted = new Map<number, number>();
  #confirmed: readonly string[] = [];
  #moved = false;

  /** Whether `take` would leave something out now. */
  cuts(author: number, counter: number, update: OpenedUpdate, view: RosterView): boolean {
    this.#noteUpdate(author, counter, update);
    return update.scan.deletions.some(
      ({ client, clock, length }) => clock + length > this.#boundOf(client, author, counter, view).bound,
    );
  }

  /** An update whose turn has come, in the order of its chain. `cut`: something was left out that nobody's removal explains. */
  take(
    author: number,
    counter: number,
    update: OpenedUpdate,
    view: RosterView,
  ): { update: OpenedUpdate; cut: boolean } {
    this.#noteUpdate(author, counter, update);
    // what it deletes is in the state, and where its author's horizon was is not known here any more
    const isHeld = counter <= (this.#adopted.get(author) ?? 0);
    let cut = false;
    let whole = true;
    const deletions = update.scan.deletions.flatMap((range) => {
      const { seen, bound, named, snapshots } = this.#boundOf(range.client, author, counter, view);
      const end = range.clock + range.length;
      if (end > named) for (const name of snapshots) this.#reliedOn.add(name);
      if (end <= bound) return [range];
      whole = false;
      cut ||= !isHeld && !view.devices.get(ownerOf(range.client))?.limit;
      const short = this.#short.get(range.client);
      if (short) short.push({ seen, bound });
      else this.#short.set(range.client, [{ seen, bound }]);
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

  /** An update of a chain that counts holds those structs, also when its own turn has not come. */
  noteReached(counter: number, { clients }: UpdateScan): void {
    for (const { client, structs } of clients) {
      const last = structs[structs.length - 1];
      if (last) this.#note(client, counter, last.clock + last.length);
    }
  }

  /** A snapshot took the place of frames: up to where its clients reach, also those whose frames are here and count later. */
  adopt(scan: UpdateScan, coverage: Coverage): void {
    for (const [device, { counter }] of coverage.ends)
      this.#adopted.set(device, Math.max(counter, this.#adopted.get(device) ?? 0));
    for (const { client, structs } of scan.clients) {
      const last = structs[structs.length - 1];
      const covered = coverage.ends.get(ownerOf(client));
      if (last && covered) this.#note(client, covered.counter, last.clock + last.length);
    }
  }

  /** True when by what came since an update would be taken otherwise than it was: by frames its author saw, or snapshots. */
  isMoved(view: RosterView): boolean {
    const confirmed = [...view.snapshots].filter(([, snapshot]) => snapshot.confirmed);
    const names = confirmed.map(([name]) => name);
    const isSame = names.length === this.#confirmed.length && names.every((name) => this.#confirmed.includes(name));
    if (isSame) return this.#moved;
    this.#confirmed = names;
    this.#moved ||= [...this.#reliedOn].some((name) => !names.includes(name));
    this.#moved ||= [...this.#cut.keys()].some((place) => {
      const [author = 0, counter = 0] = place.split('/').map(Number);
      return confirmed.some(([, { coverage }]) => (coverage.ends.get(author)?.counter ?? 0) < counter);
    });
    return this.#moved;
  }

  #note(client: number, counter: number, until: number): void {
    this.#reached.note(client, counter, until);
    for (const { seen, bound } of this.#short.get(client) ?? []) this.#moved ||= counter <= seen && until > bound;
  }

  #noteUpdate(author: number, counter: number, { heads, scan }: OpenedUpdate): void {
    const seen = this.#seenBy(author);
    for (const [device, head] of heads) seen.set(device, Math.max(head.counter, seen.get(device) ?? 0));
    this.noteReached(counter, scan);
  }

  /** Clocks of the client that the author can have seen end at `bound`, by its heads alone at `named`. */
  #boundOf(
    client: number,
    author: number,
    counter: number,
    view: RosterView,
  ): { seen: number; bound: number; named: number; snapshots: string[] } {
    const device = ownerOf(client);
    let seen = device === author ? counter : (this.#seenBy(author).get(device) ?? 0);
    const named = this.#reached.at(client, seen);
    const snapshots: string[] = [];
    if (device === author) return { seen, bound: named, named, snapshots };
    for (const [name, { coverage, confirmed }] of view.snapshots) {
      const covered = coverage.ends.get(device)?.counter ?? 0;
      if (!confirmed || (coverage.ends.get(author)?.counter ?? 0) >= counter || covered <= seen) continue;
      seen = covered;
      snapshots.push(name);
    }
    return { seen, bound: this.#reached.at(client, seen), named, snapshots };
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
