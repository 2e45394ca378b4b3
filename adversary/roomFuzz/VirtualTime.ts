/**
 * Time of a simulation: timers run in the order of their due times, and between two of them only promises move. Import this
 * module before anything that keeps `Date.now` for itself (lib0 does); while no simulation is held the real ones answer.
 */
const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  dateNow: Date.now,
  performanceNow: performance.now.bind(performance),
};

interface Timer {
  id: number;
  atMs: number;
  everyMs: number | null;
  run: () => void;
}

/** 2026-01-01, so that expiry dates of tests mean something. */
const EPOCH_MS = 1_767_225_600_000;

let active: VirtualTime | null = null;

export class VirtualTime {
  nowMs = 0;
  /** Errors that no handler took. */
  readonly errors: unknown[] = [];
  readonly #timers = new Map<number, Timer>();
  #lastId = 0;

  /** Everything timed belongs to this simulation until `release`. */
  hold(): void {
    if (active) throw new Error('one simulation at a time');
    active = this;
  }

  release(): void {
    if (active === this) active = null;
    this.#timers.clear();
  }

  add(run: () => void, delayMs: number, everyMs: number | null): TimerHandle {
    const id = ++this.#lastId;
    this.#timers.set(id, { id, atMs: this.nowMs + Math.max(0, delayMs || 0), everyMs, run });
    return new TimerHandle(id, this);
  }

  cancel(id: number): void {
    this.#timers.delete(id);
  }

  /** Lets time pass until `reached` or for `limitMs`. True when it was reached. */
  async run(limitMs: number, reached: () => boolean = () => false): Promise<boolean> {
    const endMs = this.nowMs + limitMs;
    for (;;) {
      await promisesMoved();
      if (reached()) return true;
      const next = this.#next();
      if (!next || next.atMs > endMs) break;
      this.nowMs = next.atMs;
      if (next.everyMs === null) this.#timers.delete(next.id);
      else next.atMs += Math.max(1, next.everyMs);
      try {
        next.run();
      } catch (error) {
        this.errors.push(error);
      }
    }
    this.nowMs = endMs;
    return reached();
  }

  #next(): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers.values()) if (!next || timer.atMs < next.atMs) next = timer;
    return next;
  }
}

/** What `setTimeout` gives back under Node, as far as the program uses it. */
class TimerHandle {
  readonly #id: number;
  readonly #time: VirtualTime;

  constructor(id: number, time: VirtualTime) {
    this.#id = id;
    this.#time = time;
  }

  cancel(): void {
    this.#time.cancel(this.#id);
  }

  unref(): this {
    return this;
  }

  ref(): this {
    return this;
  }
}

/** All promises that can settle have settled: nothing here waits for anything real. */
function promisesMoved(): Promise<void> {
  return new Promise((resolve) => real.setImmediate(resolve));
}

type Run = (...given: unknown[]) => void;

function replaceTimers(): void {
  const start =
    (repeats: boolean, otherwise: (run: Run, delayMs?: number, ...given: unknown[]) => unknown) =>
    (run: Run, delayMs = 0, ...given: unknown[]): unknown =>
      active ? active.add(() => run(...given), delayMs, repeats ? delayMs : null) : otherwise(run, delayMs, ...given);
  const stop =
    (otherwise: (timer: never) => void) =>
    (timer: unknown): void =>
      timer instanceof TimerHandle ? timer.cancel() : otherwise(timer as never);
  Object.assign(globalThis, {
    setTimeout: start(false, real.setTimeout as never),
    setInterval: start(true, real.setInterval as never),
    clearTimeout: stop(real.clearTimeout as never),
    clearInterval: stop(real.clearInterval as never),
  });
  Date.now = () => (active ? EPOCH_MS + Math.floor(active.nowMs) : real.dateNow());
  performance.now = () => (active ? active.nowMs : real.performanceNow());
}

replaceTimers();
