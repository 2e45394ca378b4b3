import type {
  AuthorityId,
  ClaimId,
  DictionaryWordId,
  ExhibitId,
  ImageId,
  LinkId,
  OrganizationId,
  PersonId,
  RecipientId,
  ReplyId,
  SharedVersionId,
  SuggestionId,
  ThreadId,
} from './ids.ts';
import type { PassageLanguage } from './passageLanguage.ts';

/**
 * The plain records of a complaint. Each collection is one Y.Map root whose keys are `<id>/<field>`
 * (one key a field, so that two partners editing two fields never collide); see collections.ts.
 */

/** DHS component whose conduct a claim is about (domain guide, a: CRCL reaches DHS conduct only). */
export const COMPONENTS = ['ICE', 'CBP', 'USCIS', 'DHS', 'TSA', 'FEMA', 'FPS', 'USCG', 'USSS', 'none'] as const;
export type Component = (typeof COMPONENTS)[number];

export const CLAIM_STATUSES = ['draft', 'checked'] as const;
/** Words of the text that somebody must prove. Its range lives in the text as NodeState `cl_<id>`. */
export interface Claim {
  id: ClaimId;
  component: Component;
  /** Free text as a lawyer writes it: "2017–Jan. 2018". */
  date: string;
  status: (typeof CLAIM_STATUSES)[number];
  /** What proof would be needed, or why there is none yet. */
  note: string;
  /** Ids joined by a space; the people the claim is about. */
  people: string;
  /** Number in the working list (1, 2, …); used for stable order of unplaced claims only. */
  order: number;
}

export const CONFIDENTIALITIES = ['public', 'redacted', 'confidential'] as const;
export const EXHIBIT_STATUSES = ['held', 'to-obtain'] as const;
/**
 * An exhibit that travels: its file, if it has one, is always an anonymized copy. Originals are device-local
 * and are never in the shared document (see LocalOriginal in shared/ipc).
 */
export interface Exhibit {
  id: ExhibitId;
  title: string;
  date: string;
  source: string;
  language: string;
  confidentiality: (typeof CONFIDENTIALITIES)[number];
  status: (typeof EXHIBIT_STATUSES)[number];
  /** Exhibits of one group share a letter and get sub-numbers (C-1, C-2); empty for none. */
  group: string;
  /** Position for exhibits that nothing cites yet. */
  order: number;
  /** Empty until a file is attached. */
  mime: '' | 'application/pdf' | 'image/png' | 'image/jpeg';
  sizeBytes: number;
  pageCount: number;
  /** SHA-256 of the anonymized file, lower-case hex; empty without a file. */
  sha256: string;
  /** SHA-256 of the sealed blob, lower-case hex: its address at the relay and on disk. */
  blobId: string;
  /** Key of the sealed blob, base64url. Travels only inside sealed frames. */
  blobKey: string;
  /** PNG data URL, at most 240 px wide and 64 KB; empty for none. */
  thumbnail: string;
}

/** A claim proved by a place in an exhibit. */
export interface Link {
  id: LinkId;
  claimId: ClaimId;
  exhibitId: ExhibitId;
  /** Page of the exhibit, from 1. */
  page: number;
  /** Words quoted from that page; may be empty. */
  quote: string;
}

/** A person under the only name that the shared document knows. */
export interface Person {
  id: PersonId;
  pseudonym: string;
  /** complainant | witness | public-source | relative | other */
  role: 'complainant' | 'witness' | 'public-source' | 'relative' | 'other';
  /** none | own-org | coalition | crcl-pseudonym | crcl-identity | public | press (domain guide, d). */
  consent: 'none' | 'own-org' | 'coalition' | 'crcl-pseudonym' | 'crcl-identity' | 'public' | 'press';
  note: string;
}

export interface Recipient {
  id: RecipientId;
  /** Lines of the addressee block, joined by \n. */
  block: string;
  /** "VIA EMAIL: …" */
  via: string;
  /** ISO date the entry was last verified. */
  asOf: string;
  order: number;
  /** 'to' or 'cc'. */
  kind: 'to' | 'cc';
}

export interface Authority {
  id: AuthorityId;
  citation: string;
  use: string;
  /** ISO date the entry was last verified. */
  asOf: string;
  /** 'seen' in a public source, or 'unchecked' professional knowledge. */
  basis: 'seen' | 'unchecked';
  order: number;
}

/** An organization of the coalition. `color` is its index 0–7 in the design tokens, by order of joining. */
export interface Organization {
  id: OrganizationId;
  name: string;
  /** Two letters shown in its badge. */
  initials: string;
  color: number;
  order: number;
}

export const SUGGESTION_KINDS = [
  'insert',
  'delete',
  'replace',
  'split',
  'join',
  'format',
  'style',
  'move',
  'table',
  'footnote',
  'citation',
  'link',
  'image',
] as const;
/** An edit that waits for a yes or no. What it touches is in the text, as marks of its id (SPEC.md). */
export interface Suggestion {
  id: SuggestionId;
  kind: (typeof SUGGESTION_KINDS)[number];
  /** Number of the device it came from. */
  by: number;
  /** Milliseconds since 1970, by that device's clock. */
  at: number;
}

export const THREAD_ANCHORS = ['text', 'block', 'note', 'exhibit', 'claim'] as const;
/** A conversation about a place. Words and blocks carry its mark `cm_<id>`; the others are named by `target`. */
export interface Thread {
  id: ThreadId;
  anchor: (typeof THREAD_ANCHORS)[number];
  /** Id of the note, exhibit or claim; empty for words and blocks. */
  target: string;
  /** The words it was made on, at most 300 characters: what is shown when they are gone. */
  quote: string;
  by: number;
  at: number;
  status: 'open' | 'resolved';
  /** Organization that is to deal with it; empty for nobody. */
  assignee: OrganizationId | '';
}

export interface Reply {
  id: ReplyId;
  thread: ThreadId;
  by: number;
  at: number;
  text: string;
  /** Ids of organizations joined by a space. */
  mentions: string;
}

/** A word that the complaint's spell-check takes for right. */
export interface DictionaryWord {
  id: DictionaryWordId;
  word: string;
  /** Empty: in every language. */
  language: 'en' | 'es' | '';
}

/** A named state of the complaint. The state itself is a sealed file, like that of an exhibit (SPEC.md). */
export interface SharedVersion {
  id: SharedVersionId;
  name: string;
  /** Number of the device it was made on. */
  by: number;
  /** Milliseconds since 1970, by that device's clock. */
  at: number;
  /** SHA-256 of the compressed state, lower-case hex. */
  sha256: string;
  blobId: string;
  blobKey: string;
  sizeBytes: number;
}

/** The file of an image in the text, sealed like that of an exhibit [DO82]. */
export interface ImageFile {
  id: ImageId;
  mime: '' | 'image/png' | 'image/jpeg';
  widthPx: number;
  heightPx: number;
  sizeBytes: number;
  /** SHA-256 of the file, lower-case hex. */
  sha256: string;
  blobId: string;
  blobKey: string;
  /** Number of the device on which a person said to have looked at it [DO85], and when. */
  by: number;
  at: number;
}

/** `meta` root: keys are plain field names, no id. */
export interface Meta {
  schemaVersion: number;
  title: string;
  /** True: every page of every export carries the sample legend. */
  sample: boolean;
  /** Date line of the letter, free text; empty until filing. */
  letterDate: string;
  /** The Re: line, without "Re:". */
  subject: string;
  /** 'crcl-letter' */
  template: string;
  /** Language of every passage that names no other. */
  language: PassageLanguage;
}

/**
 * This program reads documents up to this version; a newer one opens read-only. 2: footnotes, references, links,
 * suggestions, threads, tables, images, languages (SPEC.md, Schema).
 */
export const SCHEMA_VERSION = 2;

/** Words every page of every export of the sample carries. */
export const SAMPLE_LEGEND = 'SAMPLE – drawn from public reporting – not filed';
