import * as Y from 'yjs';
import type { Ciphers, SignPair } from '../../crypto/Ciphers.ts';
import { EpochKeys, type Room } from '../../crypto/room.ts';
import { applyExactly } from '../applyExactly.ts';
import { type CountedFrame, type LedgerAnswer, RoomLedger } from '../RoomLedger.ts';
import { scanUpdate } from '../scanUpdate.ts';
import { stateDigest } from '../stateDigest.ts';

const NOBODY = 1;

/** A ledger and the shared doc that follows from it, as a device keeps them. */
export class TestReplica {
  readonly #ciphers: Ciphers;
  readonly #room: Room;
  readonly #own: { number: number; box: SignPair };
  readonly #clientId: number | null;
  /** Frames kept, in the order of arrival. */
  frames: Uint8Array[] = [];
  /** Refused until somebody is admitted. */
  early: Uint8Array[] = [];
  counted: CountedFrame[] = [];
  rebuilds = 0;
  epochs: EpochKeys;
  ledger: RoomLedger;
  doc: Y.Doc;

  /** `clientId`: of whoever writes into the doc. */
  constructor(ciphers: Ciphers, room: Room, own: { number: number; box: SignPair }, clientId: number | null = null) {
    this.#ciphers = ciphers;
    this.#room = room;
    this.#own = own;
    this.#clientId = clientId;
    this.epochs = new EpochKeys(ciphers);
    this.ledger = this.#newLedger();
    this.doc = this.#newDoc();
  }

  /** One frame, as a relay hands it on. */
  take(frame: Uint8Array): LedgerAnswer {
    const answer = this.ledger.accept(frame);
    this.#follow([frame], [answer]);
    return answer;
  }

  /** Frames that come together, as a page of a relay's log. */
  takePage(frames: readonly Uint8Array[]): LedgerAnswer[] {
    const answers = this.ledger.acceptAll(frames);
    this.#follow(frames, answers);
    return answers;
  }

  /**
   * Frames in this order, in pages of a length that `pageLength` gives anew for each, and those refused early once more
   * until nothing moves. After a rebuild all of them again: what a snapshot covered was not kept, and is missing when that
   * snapshot counts no longer.
   */
  takeAll(frames: Iterable<Uint8Array>, pageLength: () => number = () => 1): this {
    const all = [...frames];
    for (let rebuilds = -1; rebuilds < this.rebuilds; ) {
      rebuilds = this.rebuilds;
      for (let at = 0; at < all.length; ) {
        const length = pageLength();
        if (length === 1) this.take(all[at] as Uint8Array);
        else this.takePage(all.slice(at, at + length));
        at += length;
      }
      for (let before = Number.POSITIVE_INFINITY; this.early.length < before; ) {
        before = this.early.length;
        for (const frame of this.early.splice(0)) this.take(frame);
      }
    }
    return this;
  }

  /** Everything at once, as a store hands it over. */
  load(frames: readonly Uint8Array[]): this {
    const kept = new Set<number>();
    const counted = this.ledger.load(frames, (index) => kept.add(index));
    this.frames.push(...frames.filter((_, index) => kept.has(index)));
    this.#apply(counted);
    return this;
  }

  /** [SY55] */
  rebuild(): void {
    this.rebuilds++;
    const { frames } = this;
    this.frames = [];
    this.counted = [];
    this.ledger = this.#newLedger();
    this.doc = this.#newDoc();
    this.load(frames);
  }

  /** Counted frames as `device/counter`, sorted; those a snapshot took the place of included. */
  countedNames(): string[] {
    const names: string[] = [];
    for (const [device, { counter }] of this.ledger.coveredEnds())
      for (let at = 1; at <= counter; at++) names.push(`${device}/${at}`);
    return names.sort();
  }

  state(): Uint8Array {
    return stateOf(this.doc);
  }

  digest(): Uint8Array {
    return digestOf(this.#ciphers, this.doc);
  }

  #follow(frames: readonly Uint8Array[], answers: readonly LedgerAnswer[]): void {
    let rebuild = false;
    const counted: CountedFrame[] = [];
    answers.forEach((answer, at) => {
      const frame = frames[at] as Uint8Array;
      if (answer.outcome === 'refused' && (answer.code === 'not-admitted' || answer.code === 'bad-signature'))
        this.early.push(frame);
      if (answer.outcome !== 'kept') return;
      this.frames.push(frame);
      counted.push(...answer.counted);
      rebuild ||= answer.rebuild;
    });
    if (rebuild) this.rebuild();
    else this.#apply(counted);
  }

  #newLedger(): RoomLedger {
    this.epochs = new EpochKeys(this.#ciphers);
    return new RoomLedger({ ciphers: this.#ciphers, room: this.#room, epochs: this.epochs, own: this.#own });
  }

  #newDoc(): Y.Doc {
    const doc = new Y.Doc();
    if (this.#clientId !== null) doc.clientID = this.#clientId + this.rebuilds;
    return doc;
  }

  #apply(counted: readonly CountedFrame[]): void {
    this.counted.push(...counted);
    const id = this.doc.clientID;
    this.doc.clientID = NOBODY; // Yjs takes another id when its own arrives
    for (const { update } of counted) if (update) applyExactly(this.doc, update.bytes, 'frames');
    this.doc.clientID = id;
  }
}

/** [SY52] The state without structs and deletions that wait in Yjs for something that is not here. */
export function stateOf(doc: Y.Doc): Uint8Array {
  const { store } = doc;
  const { pendingStructs, pendingDs } = store;
  Object.assign(store, { pendingStructs: null, pendingDs: null });
  const state = Y.encodeStateAsUpdate(doc);
  Object.assign(store, { pendingStructs, pendingDs });
  return state;
}

/** [SY51] Of what is not waiting in the doc. */
export function digestOf(ciphers: Ciphers, doc: Y.Doc): Uint8Array {
  const state = stateOf(doc);
  const scan = scanUpdate(state);
  if (!scan.ok) throw new Error('a state that is not allowed');
  return stateDigest(ciphers, state, scan.value);
}
