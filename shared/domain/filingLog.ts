import { compareCodeUnits, type FlatMap } from './collections.ts';
import { isId } from './ids.ts';

/** An owner wrote a filing although changes of partners were known to be missing, and said why. */
export interface FilingLogEntry {
  id: string;
  /** Milliseconds since 1970 on the owner's computer. */
  atMs: number;
  /** The owner's organization, as it called itself then. */
  who: string;
  /** Organizations whose changes were missing. */
  names: string;
  changes: number;
  reason: string;
}

/** Shorter is no reason. */
export const REASON_MIN_CHARACTERS = 8;
export const REASON_MAX_CHARACTERS = 1_000;
const NAME_MAX_CHARACTERS = 500;

/** One value for each entry under its id: an entry is written once and never changed. */
export function writeFilingLogEntry(entry: FilingLogEntry): [key: string, value: string] {
  const { id, ...fields } = entry;
  return [id, JSON.stringify(fields)];
}

/** Oldest first; what cannot be read is left out, too long words are cut. */
export function readFilingLog(map: FlatMap): FilingLogEntry[] {
  const entries: FilingLogEntry[] = [];
  for (const [id, value] of map.entries()) {
    const entry = isId(id) && typeof value === 'string' ? parseEntry(id, value) : null;
    if (entry) entries.push(entry);
  }
  return entries.sort((a, b) => a.atMs - b.atMs || compareCodeUnits(a.id, b.id));
}

function parseEntry(id: string, text: string): FilingLogEntry | null {
  if (text.length > 10_000) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null; // a partner's program wrote something else: not an entry
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { atMs, who, names, changes, reason } = parsed as Record<string, unknown>;
  if (!isCount(atMs) || !isCount(changes)) return null;
  if (typeof who !== 'string' || typeof names !== 'string' || typeof reason !== 'string') return null;
  return {
    id,
    atMs,
    changes,
    who: who.slice(0, NAME_MAX_CHARACTERS),
    names: names.slice(0, NAME_MAX_CHARACTERS),
    reason: reason.slice(0, REASON_MAX_CHARACTERS),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
