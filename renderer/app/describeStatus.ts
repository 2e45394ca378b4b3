import type { ComplaintStatus } from '../../shared/ipc/contract.ts';

/** A sentence of the catalogue with its numbers, and whether it is fine, waiting, or needs the person. */
export interface StatusSentence {
  key:
    | 'status.saved'
    | 'status.saving'
    | 'status.alone'
    | 'status.nobodyYet'
    | 'status.haveIt'
    | 'status.someHaveIt'
    | 'status.sending'
    | 'status.connecting'
    | 'status.away'
    | 'status.awayNow'
    | 'status.refused'
    | 'status.removed'
    | 'status.missing'
    | 'status.recovered'
    | 'status.nothingHeld'
    | 'status.held';
  tone: 'fine' | 'waiting' | 'stopped';
  count?: number;
  upToDate?: number;
  /** How many changes, where `count` is how many organizations. */
  number?: number;
  /** Of the one organization that it is about; empty when it has none yet. */
  name?: string;
  /** To be shown as hour and minute. */
  timeMs?: number;
}

/** Saved where: on this computer. */
export function describeSaved(status: ComplaintStatus): StatusSentence {
  return status.saved ? { key: 'status.saved', tone: 'fine' } : { key: 'status.saving', tone: 'waiting' };
}

/** Who has it. `awaySinceMs`: since when the relay has been away in this window; null when unknown. */
export function describeRelay(status: ComplaintStatus, awaySinceMs: number | null): StatusSentence {
  if (status.removed) return { key: 'status.removed', tone: 'stopped' };
  switch (status.relay) {
    case 'none':
      return { key: 'status.alone', tone: 'fine' };
    case 'connecting':
      return { key: 'status.connecting', tone: 'waiting' };
    case 'away':
      return awaySinceMs === null
        ? { key: 'status.awayNow', tone: 'waiting' }
        : { key: 'status.away', tone: 'waiting', timeMs: awaySinceMs };
    case 'refused':
      return { key: 'status.refused', tone: 'stopped' };
    case 'online':
      if (status.unsentFrames > 0) return { key: 'status.sending', tone: 'waiting', count: status.unsentFrames };
      if (status.partners === 0) return { key: 'status.nobodyYet', tone: 'fine' };
      if (status.partnersUpToDate >= status.partners)
        return { key: 'status.haveIt', tone: 'fine', count: status.partners };
      return { key: 'status.someHaveIt', tone: 'waiting', count: status.partners, upToDate: status.partnersUpToDate };
  }
}

/** Whether anything is held back, and since when. */
export function describeHeld(status: ComplaintStatus): StatusSentence {
  return status.heldBack
    ? { key: 'status.held', tone: 'stopped', timeMs: status.heldBack.sinceMs }
    : { key: 'status.nothingHeld', tone: 'fine' };
}

/**
 * Changes that partners are known to have made and that are not here; null when nothing is missing. Without a relay they
 * are merely on their way; with one, somebody has to look.
 */
export function describeMissing(status: ComplaintStatus): StatusSentence | null {
  const { missing, relay } = status;
  if (missing.length === 0) return null;
  const names = [...new Set(missing.map(({ organization }) => organization))];
  return {
    key: 'status.missing',
    tone: relay === 'online' ? 'stopped' : 'waiting',
    count: names.length,
    name: names.length === 1 ? (names[0] ?? '') : '',
    number: missing.reduce((sum, { count }) => sum + count, 0),
    timeMs: Math.min(...missing.map(({ sinceMs }) => sinceMs)),
  };
}

/** Own passages that wait to be put back; null for none. */
export function describeRecovered(status: ComplaintStatus): StatusSentence | null {
  return status.recovered > 0 ? { key: 'status.recovered', tone: 'waiting', count: status.recovered } : null;
}

/** The chip of the top bar: one short sentence for all of it. */
export function describeSync(status: ComplaintStatus): {
  key:
    | 'sync.alone'
    | 'sync.everyone'
    | 'sync.sending'
    | 'sync.connecting'
    | 'sync.waiting'
    | 'sync.refused'
    | 'sync.held'
    | 'sync.onRelay'
    | 'sync.saving'
    | 'sync.removed'
    | 'sync.missing';
  tone: StatusSentence['tone'];
} {
  if (status.removed) return { key: 'sync.removed', tone: 'stopped' };
  if (status.heldBack) return { key: 'sync.held', tone: 'stopped' };
  if (!status.saved) return { key: 'sync.saving', tone: 'waiting' };
  switch (status.relay) {
    case 'none':
      return { key: 'sync.alone', tone: 'fine' };
    case 'connecting':
      return { key: 'sync.connecting', tone: 'waiting' };
    case 'away':
      return { key: 'sync.waiting', tone: 'waiting' };
    case 'refused':
      return { key: 'sync.refused', tone: 'stopped' };
    case 'online':
      if (status.missing.length > 0) return { key: 'sync.missing', tone: 'stopped' };
      if (status.unsentFrames > 0) return { key: 'sync.sending', tone: 'waiting' };
      return status.partners > 0 && status.partnersUpToDate >= status.partners
        ? { key: 'sync.everyone', tone: 'fine' }
        : { key: 'sync.onRelay', tone: 'fine' };
  }
}
