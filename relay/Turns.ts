/** One turn of the event loop is not spent on messages for longer than this, whoever sent them. */
const TURN_MS = 2;
/** Who had nothing dealt with for this long goes at once. */
const RESTED_MS = 20;

/** What one connection has had of the turns. */
export interface TurnTaker {
  lastMs: number;
}

/**
 * [SY78] Shares the processor among connections: messages are dealt with for a short while, then sockets are read again, and
 * connections that have more to be dealt with go on in rotation. A connection with a message now and then does not queue.
 */
export class Turns {
  readonly #now: () => number;
  #endMs = 0;
  #next: Promise<void> | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A connection that has not been here yet. */
  newTaker(): TurnTaker {
    return { lastMs: Number.NEGATIVE_INFINITY };
  }

  /** Resolves when it is this connection's turn for one message; null when that is now. */
  take(taker: TurnTaker): Promise<void> | null {
    const nowMs = this.#now();
    const isRested = nowMs - taker.lastMs >= RESTED_MS;
    if (isRested || nowMs < this.#endMs) {
      taker.lastMs = nowMs;
      return null;
    }
    return this.#wait(taker);
  }

  async #wait(taker: TurnTaker): Promise<void> {
    do {
      this.#next ??= new Promise((resolve) =>
        setImmediate(() => {
          this.#next = null;
          this.#endMs = this.#now() + TURN_MS;
          resolve();
        }),
      );
      await this.#next;
    } while (this.#now() >= this.#endMs);
    taker.lastMs = this.#now();
  }
}
