import type { MissingFrames, RoomLedger } from '../../../shared/sync/RoomLedger.ts';
import type { Clock } from './Clock.ts';

/** Changes of one device that are known to exist and are not here. */
export interface MissingSince extends MissingFrames {
  /** Milliseconds of the clock at which this was first noticed here. */
  sinceMs: number;
}

/** A gap that a frame under way will close is not worth a word. */
const PATIENCE_MS = 4_000;
/** Between two times that everything is asked for again; the next pause is twice as long, up to the longest. */
const PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 900_000;

/** Remembers since when what is missing, tells when patience is over, and says when to ask for it again. [SY26] */
export class MissingWatch {
  readonly #ledger: RoomLedger;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #since = new Map<number, number>();
  #cancel: (() => void) | null = null;
  #cancelTurn: (() => void) | null = null;
  #pauseMs = PAUSE_MS;

  constructor(ledger: RoomLedger, clock: Clock, onChange: () => void) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** What has been missing for longer than the patience. Looks again by itself when something younger is. */
  read(): MissingSince[] {
    const nowMs = this.#clock.now();
    const missing = this.#ledger.missing();
    for (const device of [...this.#since.keys()])
      if (!missing.some((one) => one.device === device)) this.#since.delete(device);
    const told: MissingSince[] = [];
    for (const one of missing) {
      const sinceMs = this.#since.get(one.device) ?? nowMs;
      this.#since.set(one.device, sinceMs);
      if (nowMs - sinceMs >= PATIENCE_MS) told.push({ ...one, sinceMs });
    }
    if (told.length < missing.length)
      this.#cancel ??= this.#clock.setTimer(() => {
        this.#cancel = null;
        this.#onChange();
      }, PATIENCE_MS);
    return told;
  }

  /** True when everything may be asked for again; it looks again by itself after a pause, during which it may not. */
  takeTurn(): boolean {
    if (this.#cancelTurn) return false;
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    this.#cancelTurn = this.#clock.setTimer(() => {
      this.#cancelTurn = null;
      this.#onChange();
    }, pauseMs);
    return true;
  }

  /** A connection begins: there may be asked at once. */
  begin(): void {
    this.#cancelTurn?.();
    this.#cancelTurn = null;
    this.#pauseMs = PAUSE_MS;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.begin();
  }
}
