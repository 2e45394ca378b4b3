const STALE_AFTER_MS = 180 * 24 * 3_600_000;

/** True when an ISO date is more than 180 days before `nowMs`, or is no date. */
export function isStale(asOf: string, nowMs: number): boolean {
  const timeMs = Date.parse(asOf);
  return Number.isNaN(timeMs) || nowMs - timeMs > STALE_AFTER_MS;
}
