import { equalBytes } from '../../../shared/crypto/bytes.ts';
import type { LogEntry } from '../../../shared/sync/RelayMessage.ts';
import type { Clock } from './Clock.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RelayCursor, RoomStore } from './RoomStore.ts';

export interface RelayMarksOptions {
  record: RoomRecord;
  store: RoomStore;
  clock: Clock;
  /** Marks are written this long after they moved. */
  marksMs: number;
  /** Number of this device. */
  own: number;
  cursor: RelayCursor | null;
  acknowledged: number;
  sha256(bytes: Uint8Array): Uint8Array;
  onFailure(): void;
}

/** What is known of the relay's log: how far it was read, and which own frames it has on disk. [SY26] [SY30] */
export class RelayMarks {
  readonly #options: RelayMarksOptions;
  #cursor: RelayCursor | null;
  /** Of this connection, not yet tied to a cursor. */
  #logId: Uint8Array | null = null;
  #acknowledged: number;
  /** Own counters beyond it: records go ahead of their chain. */
  readonly #ahead = new Set<number>();
  #cancelTimer: (() => void) | null = null;

  constructor(options: RelayMarksOptions) {
    this.#options = options;
    this.#cursor = options.cursor;
    this.#acknowledged = options.acknowledged;
  }

  get cursor(): RelayCursor | null {
    return this.#cursor;
  }

  /** Sequence up to which the relay's log was read. */
  get sequence(): number {
    return this.#cursor?.sequence ?? 0;
  }

  /** Last own counter up to which the relay has everything. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** A connection begins: the cursor stands only for the log it was taken from. */
  begin(logId: Uint8Array, hashAtCursor: Uint8Array, ownEnd: number): void {
    this.#logId = logId.slice();
    const cursor = this.#cursor;
    const sameLog = cursor && equalBytes(cursor.logId, logId) && equalBytes(cursor.hash, hashAtCursor);
    if (!sameLog) this.#cursor = null; // a relay restored from backup or started anew
    this.#acknowledged = Math.min(ownEnd, this.#ownEnd());
    this.noteAcknowledged(0);
  }

  /** Everything up to this entry was taken in. */
  noteRead({ sequence, frame }: LogEntry): void {
    if (this.#logId) this.#cursor = { logId: this.#logId, sequence, hash: this.#options.sha256(frame) };
  }

  /** The relay put a frame that is here under this sequence. Only the very next one counts: before it lie frames that a page has yet to bring. */
  noteNext(sequence: number, hash: Uint8Array): void {
    if (this.#logId && sequence === this.sequence + 1) this.#cursor = { logId: this.#logId, sequence, hash };
  }

  /** `counter` 0: nothing new. Forgotten frames are covered by snapshots, which count as acknowledged in their stead. */
  noteAcknowledged(counter: number): void {
    const { record, own } = this.#options;
    this.#ahead.add(counter);
    const end = this.#ownEnd();
    for (let next = this.#acknowledged + 1; next <= end; next++) {
      if (!this.#ahead.delete(next) && record.storeIndex(own, next) !== undefined) break;
      this.#acknowledged = next;
    }
  }

  /** The relay's chain of this device reaches that far: own frames may have come back from there. */
  raiseTo(counter: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(counter, this.#ownEnd()));
  }

  schedule(): void {
    const { clock, marksMs } = this.#options;
    this.#cancelTimer ??= clock.setTimer(() => this.write(true), marksMs);
  }

  /** `mayWait`: other writes may take it along. Older marks cost work twice, nothing else. */
  write(mayWait: boolean): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const { store, onFailure } = this.#options;
    const marks = { cursor: this.#cursor, acknowledged: this.#acknowledged };
    store.write({ ...marks, mayWait, isHint: true }).done.catch(() => onFailure());
  }

  #ownEnd(): number {
    return this.#options.record.ledger.chainEnd(this.#options.own).counter;
  }
}
