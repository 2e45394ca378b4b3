/** Up to which clock the frames of a client's device reach, by counter. [SY15] */
export class ReachedClocks {
  readonly #byClient = new Map<number, { counters: number[]; until: number[] }>();

  /** Frames up to that counter hold structs of the client up to `until`. In any order: a snapshot tells of its end at once. */
  note(client: number, counter: number, until: number): void {
    let entries = this.#byClient.get(client);
    if (!entries) this.#byClient.set(client, (entries = { counters: [], until: [] }));
    const at = countUpTo(entries.counters, counter);
    if (until <= (entries.until[at - 1] ?? 0)) return;
    let end = at;
    while (end < entries.until.length && (entries.until[end] as number) <= until) end++;
    entries.counters.splice(at, end - at, counter);
    entries.until.splice(at, end - at, until);
  }

  /** The clock that frames up to that counter reach; 0 for none. */
  at(client: number, counter: number): number {
    const entries = this.#byClient.get(client);
    return entries?.until[countUpTo(entries.counters, counter) - 1] ?? 0;
  }
}

/** How many of rising numbers are at most `limit`. */
function countUpTo(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
