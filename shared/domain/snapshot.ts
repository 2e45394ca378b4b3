import type { Collections } from './collections.ts';
import type { SerializedBody, SerializedNotes } from './document.ts';
import type { ImageFile, Meta } from './records.ts';

/** The records a filing is made of; conversations and the spell-check's words stay out of it. */
export const FILING_COLLECTIONS = [
  'claims',
  'exhibits',
  'links',
  'people',
  'recipients',
  'authorities',
  'organizations',
  'suggestions',
] as const satisfies readonly (keyof Collections)[];
export type FilingCollection = (typeof FILING_COLLECTIONS)[number];

/**
 * Everything the filing reads, taken in one synchronous step: editor JSON with every key sorted, and all records
 * sorted by id. Converged peers give equal snapshots.
 */
export interface Snapshot {
  body: SerializedBody;
  /** Absent where there are none. */
  notes?: SerializedNotes;
  meta: Meta;
  /** `images`: absent in states from before there were any. */
  records: { [N in FilingCollection]: Collections[N][] } & { images?: ImageFile[] };
}
