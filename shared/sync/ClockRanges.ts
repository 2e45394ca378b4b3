import type { ClockRange } from './scanUpdate.ts';

/** A set of clocks for each client, kept as disjoint sorted intervals: which deletions some frame holds. */
export class ClockRanges {
  readonly #byClient = new Map<number, [start: number, end: number][]>();

  add({ client, clock, length }: ClockRange): void {
    if (length < 1) return;
    let intervals = this.#byClient.get(client);
    if (!intervals) this.#byClient.set(client, (intervals = []));
    const start = clock;
    const end = clock + length;
    const first = firstEndingAtOrAfter(intervals, start);
    let last = first;
    let mergedStart = start;
    let mergedEnd = end;
    for (; last < intervals.length; last++) {
      const interval = intervals[last] as [number, number];
      if (interval[0] > end) break;
      mergedStart = Math.min(mergedStart, interval[0]);
      mergedEnd = Math.max(mergedEnd, interval[1]);
    }
    intervals.splice(first, last - first, [mergedStart, mergedEnd]);
  }

  /** The disjoint sorted intervals of a client, `[start, end)`. */
  intervalsOf(client: number): readonly (readonly [start: number, end: number])[] {
    return this.#byClient.get(client) ?? [];
  }

  /** The parts of the range that are not in the set, in order. */
  missing({ client, clock, length }: ClockRange): ClockRange[] {
    const out: ClockRange[] = [];
    const intervals = this.#byClient.get(client) ?? [];
    const end = clock + length;
    let at = clock;
    for (let i = firstEndingAtOrAfter(intervals, clock + 1); i < intervals.length && at < end; i++) {
      const [from, to] = intervals[i] as [number, number];
      if (from >= end) break;
      if (from > at) out.push({ client, clock: at, length: from - at });
      at = Math.max(at, to);
    }
    if (at < end) out.push({ client, clock: at, length: end - at });
    return out;
  }
}

function firstEndingAtOrAfter(intervals: [number, number][], clock: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle] as [number, number])[1] < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
