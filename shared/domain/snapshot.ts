import type { CollectionName, Collections } from './collections.ts';
import type { SerializedBody } from './document.ts';
import type { Meta } from './records.ts';

/**
 * Everything the filing reads, taken in one synchronous step: editor JSON with every key sorted, and all records
 * sorted by id. Converged peers give equal snapshots.
 */
export interface Snapshot {
  body: SerializedBody;
  meta: Meta;
  records: { [N in CollectionName]: Collections[N][] };
}
