import { COMPLAINT_LANGUAGE, parsePassageLanguage } from './passageLanguage.ts';
import type {
  Authority,
  Claim,
  DictionaryWord,
  Exhibit,
  ImageFile,
  Link,
  Meta,
  Organization,
  Person,
  Recipient,
  Reply,
  SharedVersion,
  Suggestion,
  Thread,
} from './records.ts';

/** The record roots of one complaint's Y.Doc, with a complete default for every field. */
export interface Collections {
  claims: Claim;
  exhibits: Exhibit;
  links: Link;
  people: Person;
  recipients: Recipient;
  authorities: Authority;
  organizations: Organization;
  suggestions: Suggestion;
  threads: Thread;
  replies: Reply;
  dictionary: DictionaryWord;
  versions: SharedVersion;
  images: ImageFile;
}
export type CollectionName = keyof Collections;

type Defaults = { [N in CollectionName]: Omit<Collections[N], 'id'> };

export const DEFAULTS: Defaults = {
  claims: { component: 'DHS', date: '', status: 'draft', note: '', people: '', order: 0 },
  exhibits: {
    title: '',
    date: '',
    source: '',
    language: '',
    confidentiality: 'public',
    status: 'to-obtain',
    group: '',
    order: 0,
    mime: '',
    sizeBytes: 0,
    pageCount: 0,
    sha256: '',
    blobId: '',
    blobKey: '',
    thumbnail: '',
  },
  links: { claimId: '' as Link['claimId'], exhibitId: '' as Link['exhibitId'], page: 1, quote: '' },
  people: { pseudonym: '', role: 'other', consent: 'none', note: '' },
  recipients: { block: '', via: '', asOf: '', order: 0, kind: 'to' },
  authorities: { citation: '', use: '', asOf: '', basis: 'unchecked', order: 0 },
  organizations: { name: '', initials: '', color: 0, order: 0 },
  suggestions: { kind: 'insert', by: 0, at: 0 },
  threads: { anchor: 'text', target: '', quote: '', by: 0, at: 0, status: 'open', assignee: '' },
  replies: { thread: '' as Reply['thread'], by: 0, at: 0, text: '', mentions: '' },
  dictionary: { word: '', language: '' },
  versions: { name: '', by: 0, at: 0, sha256: '', blobId: '', blobKey: '', sizeBytes: 0 },
  images: {
    mime: '',
    widthPx: 0,
    heightPx: 0,
    sizeBytes: 0,
    sha256: '',
    blobId: '',
    blobKey: '',
    by: 0,
    at: 0,
  },
};

export const COLLECTION_NAMES = Object.keys(DEFAULTS) as CollectionName[];

/** A document that says nothing about its version is of the first. */
export const DEFAULT_META: Meta = {
  schemaVersion: 1,
  title: '',
  sample: false,
  letterDate: '',
  subject: '',
  template: 'crcl-letter',
  language: COMPLAINT_LANGUAGE,
};

/** Name of the Y root that holds Lexical's body (an XmlElement under the V2 binding). */
export const BODY_ROOT = 'body';
/** Name of the Y root that holds the footnotes, one element each. */
export const NOTES_ROOT = 'notes';
/** Name of the Y.Map root that says who typed what another device wrote again (renderer/editor/authorship). */
export const AUTHORS_ROOT = 'authors';
/** Name of the Y.Map root that keeps why a filing was written although changes were missing (filingLog.ts). */
export const FILING_LOG_ROOT = 'filingLog';
/** Name of the Y.Map root of the document's own fields. */
export const META_ROOT = 'meta';

export type Scalar = string | number | boolean;
/** What a root's Y.Map holds: `<id>/<field>` to scalar. Structural type, so that `shared/` needs no Yjs here. */
export interface FlatMap {
  entries(): IterableIterator<[string, unknown]>;
}

/**
 * All records of a root, sorted by id. A field of a wrong type or a missing one gets its default; a record exists
 * while its `<id>/id` key does (deleting that key deletes the record for everyone, late field edits do not revive it).
 */
export function readCollection<N extends CollectionName>(name: N, map: FlatMap): Collections[N][] {
  const defaults = DEFAULTS[name] as Record<string, Scalar>;
  const byId = new Map<string, Record<string, Scalar>>();
  const alive = new Set<string>();
  for (const [key, value] of map.entries()) {
    const slash = key.indexOf('/');
    if (slash < 1) continue;
    const id = key.slice(0, slash);
    const field = key.slice(slash + 1);
    if (field === 'id') {
      alive.add(id);
      continue;
    }
    const fallback = defaults[field];
    if (fallback === undefined || typeof value !== typeof fallback) continue;
    let record = byId.get(id);
    if (!record) byId.set(id, (record = {}));
    record[field] = value as Scalar;
  }
  return [...alive]
    .sort(compareCodeUnits)
    .map((id) => ({ ...defaults, ...byId.get(id), id }) as unknown as Collections[N]);
}

/** The keys and values that write `record` (all fields given, plus its `<id>/id` key of life). */
export function recordEntries<N extends CollectionName>(
  record: Partial<Collections[N]> & { id: string },
): [string, Scalar][] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [`${record.id}/${field}`, value as Scalar]);
}

/** Reads `meta`; wrong types fall back to defaults. */
export function readMeta(map: FlatMap): Meta {
  const meta: Record<string, Scalar> = { ...DEFAULT_META };
  for (const [key, value] of map.entries()) {
    if (key === 'language' && !parsePassageLanguage(value)) continue;
    if (key in meta && typeof value === typeof meta[key]) meta[key] = value as Scalar;
  }
  return meta as unknown as Meta;
}

/** Order by UTF-16 code units: the same on every machine (no locale). */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
