import { type CollectionName, type Collections, DEFAULTS } from '../collections.ts';

/** Collections whose changes are news; organizations show in the list of members. */
export const NEWS_COLLECTIONS = [
  'claims',
  'links',
  'exhibits',
  'people',
  'recipients',
  'authorities',
  'replies',
] as const satisfies readonly CollectionName[];
export type NewsCollection = (typeof NEWS_COLLECTIONS)[number];

export type Records = { readonly [N in NewsCollection]: readonly Collections[N][] };

export interface RecordChange {
  collection: NewsCollection;
  id: string;
  kind: 'added' | 'changed' | 'removed';
  /** What the record calls itself, of the newer state that has it; may be empty. */
  name: string;
  /** The claim a link belongs to, or the claim itself; empty for others. */
  claimId: string;
  /** Names of the changed fields; empty for added and removed records. What makes up a file is told as 'file'. */
  fields: readonly string[];
  /** Device number; null when nobody can tell. */
  author: number | null;
}

const FILE_FIELDS = new Set(['mime', 'sizeBytes', 'pageCount', 'sha256', 'blobId', 'blobKey', 'thumbnail']);
/** Positions move by themselves when something is put in between; a reply's words tell what else it holds. */
const QUIET_FIELDS = new Set(['id', 'order', 'thread', 'by', 'at', 'mentions']);

/** What became of the records; one change for each author of a record's changed fields. */
export function compareRecords(
  before: Records,
  after: Records,
  authorOf: (collection: NewsCollection, id: string, field: string) => number | null,
): RecordChange[] {
  const changes: RecordChange[] = [];
  for (const collection of NEWS_COLLECTIONS) {
    const old = new Map<string, object>(before[collection].map((record) => [record.id, record]));
    for (const record of after[collection]) {
      const was = old.get(record.id) as Record<string, unknown> | undefined;
      old.delete(record.id);
      if (!was) {
        const author = authorOf(collection, record.id, 'id');
        changes.push({ ...about(collection, record), kind: 'added', fields: [], author });
        continue;
      }
      const byAuthor = new Map<number | null, Set<string>>();
      for (const field of Object.keys(DEFAULTS[collection])) {
        if (QUIET_FIELDS.has(field) || was[field] === (record as unknown as Record<string, unknown>)[field]) continue;
        const author = authorOf(collection, record.id, field);
        byAuthor.set(author, (byAuthor.get(author) ?? new Set()).add(FILE_FIELDS.has(field) ? 'file' : field));
      }
      for (const [author, fields] of byAuthor)
        changes.push({ ...about(collection, record), kind: 'changed', fields: [...fields], author });
    }
    for (const record of before[collection])
      if (old.has(record.id)) changes.push({ ...about(collection, record), kind: 'removed', fields: [], author: null });
  }
  return changes;
}

const NAME_FIELDS: Record<NewsCollection, string> = {
  claims: 'note',
  links: 'quote',
  exhibits: 'title',
  people: 'pseudonym',
  recipients: 'block',
  authorities: 'citation',
  replies: 'text',
};

function about(
  collection: NewsCollection,
  record: { id: string },
): Pick<RecordChange, 'collection' | 'id' | 'name' | 'claimId'> {
  const fields = record as unknown as Record<string, string>;
  const name = (fields[NAME_FIELDS[collection]] ?? '').split('\n')[0] ?? '';
  const claimId = collection === 'claims' ? record.id : collection === 'links' ? (fields.claimId ?? '') : '';
  return { collection, id: record.id, name, claimId };
}
