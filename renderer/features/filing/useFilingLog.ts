import { useEffect, useState } from 'react';
import { FILING_LOG_ROOT } from '../../../shared/domain/collections.ts';
import { type FilingLogEntry, readFilingLog, writeFilingLogEntry } from '../../../shared/domain/filingLog.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';

/** The complaint's record of filings that were written although changes were missing; every member has it. */
export function useFilingLog(session: ComplaintSession): {
  entries: readonly FilingLogEntry[];
  write(entry: FilingLogEntry): void;
} {
  const [entries, setEntries] = useState<readonly FilingLogEntry[]>([]);
  useEffect(() => {
    const map = session.doc.getMap(FILING_LOG_ROOT);
    const read = () => setEntries(readFilingLog(map));
    read();
    map.observe(read);
    return () => map.unobserve(read);
  }, [session]);
  const write = (entry: FilingLogEntry) => {
    // The log is a root that a reviewer does not write [SY80].
    if (session.readOnly || session.getStatus().role === 'reviewer') return;
    const [key, value] = writeFilingLogEntry(entry);
    // Under an origin of its own: undo must not take a reason back.
    session.doc.transact(() => session.doc.getMap(FILING_LOG_ROOT).set(key, value), 'filing-log');
  };
  return { entries, write };
}
