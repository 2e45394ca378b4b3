/** Time as the sync services see it; tests pass their own. */
export interface Clock {
  /** Milliseconds, never going back. */
  now(): number;
  /** Runs once after `delayMs`; the answer cancels it. */
  setTimer(run: () => void, delayMs: number): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  setTimer(run, delayMs) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Delays in milliseconds; the defaults are those of SPEC.md [SY31] [SY34]. */
export interface SyncTiming {
  followersMs: number;
  aloneMs: number;
  /** Without an answer for so long a relay is called slow. */
  slowMs: number;
  pingMs: number;
  /** Longest pause between two tries. */
  retryMs: number;
  presenceMs: number;
  /** After applying partners' frames, they are told so. */
  headsMs: number;
  marksMs: number;
  /** Grants and snapshots wait this long, so that one device makes them. */
  tidyMs: number;
}

export const DEFAULT_TIMING: SyncTiming = {
  followersMs: 50,
  aloneMs: 300,
  slowMs: 10_000,
  pingMs: 5_000,
  retryMs: 10_000,
  presenceMs: 40,
  headsMs: 400,
  marksMs: 1_000,
  tidyMs: 1_000,
};
