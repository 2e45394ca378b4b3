import { addressGroup } from './addressGroup.ts';
import type { RelayLimits } from './limits.ts';
import { TokenBucket } from './TokenBucket.ts';

/** One connection from its first byte on. */
export interface Visit {
  /** What it is counted as: an address, or all that have come through a trusted proxy and not said theirs. */
  readonly address: string;
  /** The address behind a trusted proxy is known now. False: that address has too many. */
  nameAddress(address: string): boolean;
  /** A valid hello was said: no longer pending. */
  admit(): void;
  leave(): void;
}

interface Entry {
  group: string;
  sinceMs: number;
  cutOff: () => void;
}

interface Group {
  connections: number;
  pending: Set<Entry>;
  arrivals: TokenBucket;
}

/** Behind a trusted proxy, until the request names the address. */
const PROXY = 'proxy';

/**
 * Counts who comes in, by address, before anything is read. A full waiting room loses the oldest visitor of the
 * address with the most, so that a crowd from one address leaves the others served. [SY20]
 */
export class Doorway {
  readonly #limits: RelayLimits;
  readonly #now: () => number;
  readonly #groups = new Map<string, Group>();
  /** In the order of arrival. */
  readonly #pending = new Set<Entry>();
  #connections = 0;

  constructor(limits: RelayLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get connections(): number {
    return this.#connections;
  }

  get pending(): number {
    return this.#pending.size;
  }

  get addresses(): number {
    return this.#groups.size;
  }

  /** Null: too many from there, or too fast. A null address comes through a trusted proxy. */
  enter(address: string | null, cutOff: () => void): Visit | null {
    const group = address === null ? PROXY : addressGroup(address);
    if (!this.#count(group)) return null;
    const entry: Entry = { group, sinceMs: this.#now(), cutOff };
    this.#connections++;
    this.#pending.add(entry);
    this.#groups.get(group)?.pending.add(entry);
    if (this.#pending.size > this.#limits.pendingConnections) this.#cutOffOldestOfLargest();
    let inside = true;
    return {
      get address() {
        return entry.group;
      },
      nameAddress: (named) => {
        const next = addressGroup(named);
        if (!inside || !this.#count(next)) return false;
        this.#discount(entry);
        entry.group = next;
        if (this.#pending.has(entry)) this.#groups.get(next)?.pending.add(entry);
        return true;
      },
      admit: () => this.#settle(entry),
      leave: () => {
        if (!inside) return;
        inside = false;
        this.#connections--;
        this.#settle(entry);
        this.#discount(entry);
      },
    };
  }

  /** Cuts off who has been waiting too long and forgets addresses that have been away. Call it now and then. */
  sweep(): number {
    const nowMs = this.#now();
    const late: Entry[] = [];
    for (const entry of this.#pending) {
      if (nowMs - entry.sinceMs < this.#limits.helloMs) break;
      late.push(entry);
    }
    for (const entry of late) this.#cutOff(entry);
    for (const [name, group] of this.#groups)
      if (group.connections === 0 && group.arrivals.isFull(nowMs)) this.#groups.delete(name);
    return late.length;
  }

  #count(name: string): boolean {
    const nowMs = this.#now();
    const { connectionsPerAddress, newConnectionsPerSecond } = this.#limits;
    let group = this.#groups.get(name);
    if (!group) {
      const arrivals = new TokenBucket(newConnectionsPerSecond, connectionsPerAddress, nowMs);
      this.#groups.set(name, (group = { connections: 0, pending: new Set(), arrivals }));
    }
    if (name !== PROXY && (group.connections >= connectionsPerAddress || !group.arrivals.tryTake(1, nowMs)))
      return false;
    group.connections++;
    return true;
  }

  #discount(entry: Entry): void {
    const group = this.#groups.get(entry.group);
    if (!group) return;
    group.connections--;
    group.pending.delete(entry);
  }

  #settle(entry: Entry): void {
    this.#pending.delete(entry);
    this.#groups.get(entry.group)?.pending.delete(entry);
  }

  #cutOff(entry: Entry): void {
    this.#settle(entry);
    entry.cutOff();
  }

  #cutOffOldestOfLargest(): void {
    let largest: Group | null = null;
    for (const group of this.#groups.values())
      if (!largest || group.pending.size > largest.pending.size) largest = group;
    const [oldest] = largest?.pending ?? [];
    if (oldest) this.#cutOff(oldest);
  }
}
