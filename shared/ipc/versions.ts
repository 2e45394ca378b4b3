import { z } from 'zod';

/**
 * Channels of versions: states of a complaint kept on this computer, sealed with it. A named one may also go to
 * partners, as a sealed file that its record in the document names.
 */

const id = z.string().regex(/^[a-z2-7]{16}$/);
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** named: by the person; opened: as it was when it was opened; time: while it was being changed; restore: before going back. */
export const VERSION_KINDS = ['named', 'opened', 'time', 'restore'] as const;

/** What a window says about a state that it hands over. */
export const versionFactsSchema = z.object({
  kind: z.enum(VERSION_KINDS),
  /** Empty for one that nobody named. */
  name: z.string().max(200),
  /** Names of the organizations that changed something since the version before; empty where that is not known. */
  organizations: z.array(z.string().max(120)).max(100),
  insertedWords: z.number().int().min(0),
  deletedWords: z.number().int().min(0),
  moves: z.number().int().min(0),
  /** How far each device had come: the sum of its clocks. */
  reached: z.record(z.string().regex(/^\d{1,5}$/), z.number().min(0)),
});
export type VersionFacts = z.infer<typeof versionFactsSchema>;

/** The sealed file of a version that partners may have. */
export const versionFileSchema = z.object({
  blobId: hex64,
  blobKey: z.string().max(100),
  sha256: hex64,
  sizeBytes: z.number().int().min(0),
});

export const storedVersionSchema = versionFactsSchema.extend({
  id,
  atMs: z.number(),
  /** SHA-256 of the state as JSON. */
  hash: hex64,
});
export type StoredVersion = z.infer<typeof storedVersionSchema>;

/** States may be large; what is larger than this is no complaint. */
export const MAX_VERSION_BYTES = 64 * 1024 * 1024;

const none = z.undefined();
const complaint = z.object({ complaintId: id });
const state = z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_VERSION_BYTES);

export const VERSION_CHANNELS = {
  /** Newest first. `damaged`: how many there are that do not open; they are left as they are. */
  'versions/list': {
    request: complaint,
    response: z.object({ versions: z.array(storedVersionSchema), damaged: z.number() }),
  },
  /**
   * Keeps a state (a domain Snapshot as JSON in UTF-8). Null: it is the same as the newest one and has no name of its
   * own. `file` is set for a named one that may go to partners now.
   */
  'versions/keep': {
    request: complaint.extend({ facts: versionFactsSchema, state }),
    response: z.object({ version: storedVersionSchema, file: versionFileSchema.nullable() }).nullable(),
  },
  'versions/read': { request: complaint.extend({ versionId: id }), response: z.object({ state }) },
  /** Reads one that a partner shared; fetched from the relay when it is not here yet. */
  'versions/read-shared': {
    request: complaint.extend({ blobId: hex64, blobKey: z.string().max(100), sha256: hex64 }),
    response: z.object({ state }),
  },
  /** Gives a version a name: named ones are never thinned out. */
  'versions/name': {
    request: complaint.extend({ versionId: id, name: z.string().min(1).max(200) }),
    response: none,
  },
  /**
   * Writes the Word document of a redline where the person says [FI94]. `before` and `after` are states as `versions/keep`
   * takes them, `author` is the name its changes carry. Null: the person cancelled.
   */
  'versions/export-redline': {
    request: complaint.extend({
      before: state,
      after: state,
      author: z.string().max(200),
      suggestedName: z.string().max(200),
    }),
    response: z.object({ path: z.string(), sha256: hex64, sizeBytes: z.number() }).nullable(),
  },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;
