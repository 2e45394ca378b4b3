/** Up to which clock the frames of a client's device reach, by counter. [SY15] */
export class ReachedClocks {
  readonly #byClient = new Map<number, { counters: number[]; until: number[] }>();

  /** The frame with that counter holds structs of the client up to `until`. Counters of one client come rising. */
  note(client: number, counter: number, until: number): void {
    let entries = this.#byClient.get(client);
    if (!entries) this.#byClient.set(client, (entries = { counters: [], until: [] }));
    if (until <= (entries.until[entries.until.length - 1] ?? 0)) return;
    entries.counters.push(counter);
    entries.until.push(until);
  }

  /** The clock that frames up to that counter reach; 0 for none. */
  at(client: number, counter: number): number {
    const entries = this.#byClient.get(client);
    if (!entries) return 0;
    let low = 0;
    let high = entries.counters.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries.counters[middle] as number) <= counter) low = middle + 1;
      else high = middle;
    }
    return entries.until[low - 1] ?? 0;
  }
}
