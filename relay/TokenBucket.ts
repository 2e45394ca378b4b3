/** A rate with a burst. Taking never fails: it says how long to wait before the next thing. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #level: number;
  #atMs: number;

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#level = burst;
    this.#atMs = nowMs;
  }

  /** Takes `cost` and answers how many milliseconds it overdraws the bucket by; 0 when it does not. */
  take(cost: number, nowMs: number): number {
    this.#refill(nowMs);
    this.#level -= cost;
    return this.#level >= 0 ? 0 : (-this.#level / this.#perSecond) * 1_000;
  }

  /** Takes `cost` if it is there, else nothing. */
  tryTake(cost: number, nowMs: number): boolean {
    this.#refill(nowMs);
    if (this.#level < cost) return false;
    this.#level -= cost;
    return true;
  }

  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#level >= this.#burst;
  }

  #refill(nowMs: number): void {
    this.#level = Math.min(this.#burst, this.#level + ((nowMs - this.#atMs) / 1_000) * this.#perSecond);
    this.#atMs = nowMs;
  }
}

/** Messages and bytes of one device or one room. */
export class Pace {
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(messagesPerSecond: number, bytesPerSecond: number, burstSeconds: number, nowMs: number) {
    this.#messages = new TokenBucket(messagesPerSecond, messagesPerSecond * burstSeconds, nowMs);
    this.#bytes = new TokenBucket(bytesPerSecond, bytesPerSecond * burstSeconds, nowMs);
  }

  /** Milliseconds to wait before this message is handled. */
  take(sizeBytes: number, nowMs: number): number {
    return Math.max(this.#messages.take(1, nowMs), this.#bytes.take(sizeBytes, nowMs));
  }
}
