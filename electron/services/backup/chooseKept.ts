const DAYS = 7;
const WEEKS = 4;
const DAY_MS = 86_400_000;

/** What rotation needs to know of a verified backup. */
export interface RotatedBackup {
  name: string;
  sequence: number;
  createdMs: number;
  /** Complaints it has whole. */
  whole: ReadonlySet<string>;
}

/**
 * [BK5][BK6] Names of the backups to keep: the newest two, and, walking from the newest sequence number back, the first of each new day until
 * seven, the first of each new week until four, and the newest one that has each of `damagedNow` whole. The date is a
 * label only: a clock that jumps makes other labels, never another order, and the newest is always among them.
 */
export function chooseKept(backups: readonly RotatedBackup[], damagedNow: readonly string[]): Set<string> {
  const newestFirst = [...backups].sort((a, b) => b.sequence - a.sequence);
  const kept = new Set(newestFirst.slice(0, 2).map(({ name }) => name));
  const days = new Set<number>();
  const weeks = new Set<number>();
  for (const { name, createdMs } of newestFirst) {
    const day = Math.floor(createdMs / DAY_MS);
    // 1 January 1970 was a Thursday: weeks begin on Monday.
    const week = Math.floor((day + 3) / 7);
    if (!days.has(day) && days.size < DAYS) {
      days.add(day);
      kept.add(name);
    }
    if (!weeks.has(week) && weeks.size < WEEKS) {
      weeks.add(week);
      kept.add(name);
    }
  }
  for (const id of damagedNow) {
    const whole = newestFirst.find((backup) => backup.whole.has(id));
    if (whole) kept.add(whole.name);
  }
  return kept;
}

/** [BK8] */
export function isDue(newestMs: number | null, nowMs: number): boolean {
  return newestMs === null || Math.abs(nowMs - newestMs) >= 20 * 3_600_000;
}
