import type { RelayLink } from './RelayLink.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomStore } from './RoomStore.ts';

const BUFFER_BYTES = 1024 * 1024;

/**
 * Posts over one connection what its relay lacks, each device's chain in order: first what `welcome` showed missing, then
 * own frames as they come to disk. Frames go byte for byte as they were signed. [SY26] [SY30]
 */
export class FramePoster {
  readonly #link: RelayLink;
  readonly #record: RoomRecord;
  readonly #store: RoomStore;
  readonly #own: number;
  readonly #relayEnds: ReadonlyMap<number, number>;
  /** Device to the next counter to post. */
  readonly #next = new Map<number, number>();
  #outstandingBytes = 0;
  #recordsPosted = false;
  #running = false;
  #stopped = false;

  constructor(options: {
    link: RelayLink;
    record: RoomRecord;
    store: RoomStore;
    own: number;
    relayEnds: ReadonlyMap<number, number>;
  }) {
    this.#link = options.link;
    this.#record = options.record;
    this.#store = options.store;
    this.#own = options.own;
    this.#relayEnds = options.relayEnds;
    for (const [device, counters] of this.#record.stored()) {
      // no relay keeps a reader's words; its records go ahead of its chain [SY81]
      if (device !== this.#own && this.#record.ledger.view.devices.get(device)?.role === 'reader') continue;
      const next = (options.relayEnds.get(device) ?? 0) + 1;
      const last = this.#record.ledger.chainEnd(device).counter;
      if (device === this.#own || next <= last) this.#next.set(device, Math.max(next, lowest(counters, next)));
    }
    if (!this.#next.has(this.#own)) this.#next.set(this.#own, (options.relayEnds.get(this.#own) ?? 0) + 1);
    void this.#run();
  }

  /** An own frame came to disk. */
  ownStored(counter: number, frame: Uint8Array): void {
    if (this.#running || this.#stopped) return;
    if (this.#next.get(this.#own) === counter) this.#post(this.#own, counter, frame);
    else void this.#run();
  }

  /** The relay has stored own frames; `counter` is the last. */
  acknowledged(counter: number): void {
    const allThere = counter + 1 >= (this.#next.get(this.#own) ?? 0);
    this.#link.met('ack');
    if (allThere) this.#outstandingBytes = 0;
    else this.#link.expect('ack', this.#outstandingBytes);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    if (!this.#recordsPosted) await this.#postRecords();
    for (const device of [...this.#next.keys()].sort((a, b) => Number(a === this.#own) - Number(b === this.#own))) {
      for (;;) {
        const counter = this.#next.get(device) ?? 0;
        const last = device === this.#own ? this.#record.ownStored : this.#record.ledger.chainEnd(device).counter;
        if (this.#stopped || counter > last) break;
        const index = this.#record.storeIndex(device, counter);
        if (index === undefined) {
          // forgotten here: snapshots that were posted as records cover it
          const next = lowest(this.#record.stored().get(device) ?? new Map(), counter + 1);
          if (next === counter + 1 && this.#record.storeIndex(device, next) === undefined) break;
          this.#next.set(device, next);
          continue;
        }
        const frame = await this.#store.readFrame(index);
        while (!this.#stopped && this.#link.bufferedBytes > BUFFER_BYTES)
          await new Promise((resolve) => setTimeout(resolve, 10));
        if (this.#stopped || !frame) break;
        this.#post(device, counter, frame);
      }
    }
    this.#running = false;
  }

  /** Everything the relay lacks of who is in, in the order it became known here; chains may then have gaps. [SY26] [SY54] */
  async #postRecords(): Promise<void> {
    const { ledger } = this.#record;
    const lacking = [...ledger.records.values()]
      .filter(({ device, counter }) => counter > (this.#relayEnds.get(device) ?? 0))
      // those on their way to disk follow in their turn
      .filter(({ device, counter }) => device !== this.#own || counter <= this.#record.ownStored)
      .map(({ device, counter }) => this.#record.storeIndex(device, counter))
      .filter((index) => index !== undefined)
      .sort((a, b) => a - b);
    this.#recordsPosted = true;
    for (const index of lacking) {
      const frame = await this.#store.readFrame(index);
      if (this.#stopped) return;
      if (frame) this.#link.send({ type: 'post', frame });
    }
  }

  #post(device: number, counter: number, frame: Uint8Array): void {
    this.#next.set(device, counter + 1);
    this.#link.send({ type: 'post', frame });
    if (device !== this.#own) return;
    this.#outstandingBytes += frame.length;
    if (!this.#link.isExpected('ack')) this.#link.expect('ack', this.#outstandingBytes);
  }
}

/** The lowest stored counter from `from` on; `from` when there is none. */
function lowest(counters: ReadonlyMap<number, number>, from: number): number {
  let found = Number.POSITIVE_INFINITY;
  for (const counter of counters.keys()) if (counter >= from && counter < found) found = counter;
  return Number.isFinite(found) ? found : from;
}
