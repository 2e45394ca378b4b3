import type { StoredVersion } from '../../../shared/ipc/versions.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Up to this age at most one automatic version in each stretch of time is kept. */
const RULES: readonly { ageMs: number; everyMs: number }[] = [
  { ageMs: 4 * HOUR_MS, everyMs: 10 * MINUTE_MS },
  { ageMs: DAY_MS, everyMs: HOUR_MS },
  { ageMs: 7 * DAY_MS, everyMs: 4 * HOUR_MS },
  { ageMs: 60 * DAY_MS, everyMs: DAY_MS },
  { ageMs: Number.POSITIVE_INFINITY, everyMs: 7 * DAY_MS },
];
/** Never more automatic versions than this. */
export const MAX_AUTOMATIC = 200;

/** Ids of the automatic versions that go. Named ones stay, and the newest of all. */
export function chooseThinned(versions: readonly StoredVersion[], nowMs: number): string[] {
  const automatic = versions.filter(({ kind }) => kind !== 'named').sort((a, b) => b.atMs - a.atMs);
  const gone: string[] = [];
  const seen = new Set<string>();
  let kept = 0;
  automatic.forEach((version, position) => {
    const ageMs = Math.max(0, nowMs - version.atMs);
    const rule = RULES.findIndex((each) => ageMs < each.ageMs);
    const { everyMs } = RULES[rule] ?? { everyMs: 7 * DAY_MS };
    const stretch = `${rule}/${Math.floor(version.atMs / everyMs)}`;
    if (position > 0 && (seen.has(stretch) || kept >= MAX_AUTOMATIC)) gone.push(version.id);
    else {
      seen.add(stretch);
      kept += 1;
    }
  });
  return gone;
}
