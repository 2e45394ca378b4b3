import { z } from 'zod';
import { BLOCK_STYLES, REFERENCE_KINDS } from '../domain/document.ts';
import { MAX_ALT } from '../domain/images/imageRules.ts';
import { COMPLAINT_LANGUAGE, PASSAGE_LANGUAGES } from '../domain/passageLanguage.ts';
import {
  CLAIM_STATUSES,
  COMPONENTS,
  CONFIDENTIALITIES,
  EXHIBIT_STATUSES,
  SUGGESTION_KINDS,
} from '../domain/records.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Snapshot } from '../domain/snapshot.ts';

z.config({ jitless: true }); // a page under a strict CSP may not generate code

/** What a snapshot may hold at most; far above 100,000 words and 500 exhibits. */
export const SNAPSHOT_LIMITS = {
  characters: 64_000_000,
  values: 4_000_000,
  /** A letter in a cell of a table stands deepest. */
  depth: 18,
  blocks: 50_000,
  inlinesPerBlock: 10_000,
  cells: 20_000,
  records: 20_000,
} as const;

const id = z.string().regex(/^[a-z2-7]{16}$/);
const idOrEmpty = z.union([id, z.literal('')]);
const line = z.string().max(20_000);
const number = z.number().finite();
const count = z.number().int().min(0).max(10_000_000);
const hash = z.string().regex(/^([0-9a-f]{64})?$/);
const state = z.record(z.string(), z.unknown()).optional();

const inline = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string().max(2_000_000),
    format: z.number().int().min(0).max(65_535),
    $: state,
  }),
  z.object({ type: z.literal('citation'), exhibitId: idOrEmpty, page: count, $: state }),
  z.object({ type: z.literal('person'), personId: idOrEmpty, $: state }),
  z.object({ type: z.literal('reference'), kind: z.enum(REFERENCE_KINDS), target: idOrEmpty, $: state }),
  z.object({ type: z.literal('footnote'), noteId: idOrEmpty, $: state }),
  z.object({
    type: z.literal('image'),
    imageId: idOrEmpty,
    alt: z.string().max(4 * MAX_ALT),
    width: z.number().finite(),
    $: state,
  }),
  z.object({ type: z.literal('linebreak'), $: state }),
  z.object({ type: z.literal('tab'), $: state }),
]);
const block = z.object({
  type: z.literal('block'),
  blockStyle: z.enum(BLOCK_STYLES),
  children: z.array(inline).max(SNAPSHOT_LIMITS.inlinesPerBlock),
  $: state,
});
const cell = z.object({
  type: z.literal('cell'),
  column: z.string().max(300),
  toColumn: z.string().max(300),
  toRow: z.string().max(300),
  children: z.array(block).max(SNAPSHOT_LIMITS.blocks),
});
const row = z.object({
  type: z.literal('row'),
  rowId: z.string().max(300),
  children: z.array(cell).max(SNAPSHOT_LIMITS.cells),
  $: state,
});
const table = z.object({
  type: z.literal('table'),
  children: z.array(row).max(SNAPSHOT_LIMITS.cells),
  $: state,
});
const element = z.discriminatedUnion('type', [block, table]);
const note = z.object({
  type: z.literal('note'),
  noteId: idOrEmpty,
  children: z.array(block).max(SNAPSHOT_LIMITS.blocks),
});
const many = <T extends z.ZodType>(record: T) => z.array(record).max(SNAPSHOT_LIMITS.records);

const schema = z.object({
  body: z.object({
    root: z.object({ type: z.literal('root'), children: z.array(element).max(SNAPSHOT_LIMITS.blocks) }),
  }),
  notes: z
    .object({ root: z.object({ type: z.literal('root'), children: z.array(note).max(SNAPSHOT_LIMITS.records) }) })
    .optional(),
  meta: z.object({
    schemaVersion: count,
    title: line,
    sample: z.boolean(),
    letterDate: line,
    subject: line,
    template: line,
    // States kept before complaints had a language name none.
    language: z.enum(PASSAGE_LANGUAGES).catch(COMPLAINT_LANGUAGE),
  }),
  records: z.object({
    claims: many(
      z.object({
        id,
        component: z.enum(COMPONENTS),
        date: line,
        status: z.enum(CLAIM_STATUSES),
        note: line,
        people: line,
        order: number,
      }),
    ),
    exhibits: many(
      z.object({
        id,
        title: line,
        date: line,
        source: line,
        language: line,
        confidentiality: z.enum(CONFIDENTIALITIES),
        status: z.enum(EXHIBIT_STATUSES),
        group: line,
        order: number,
        mime: z.enum(['', 'application/pdf', 'image/png', 'image/jpeg']),
        sizeBytes: number,
        pageCount: count,
        sha256: hash,
        blobId: hash,
        blobKey: line,
        thumbnail: z.string().max(131_072),
      }),
    ),
    links: many(z.object({ id, claimId: idOrEmpty, exhibitId: idOrEmpty, page: count, quote: line })),
    people: many(
      z.object({
        id,
        pseudonym: line,
        role: z.enum(['complainant', 'witness', 'public-source', 'relative', 'other']),
        consent: z.enum(['none', 'own-org', 'coalition', 'crcl-pseudonym', 'crcl-identity', 'public', 'press']),
        note: line,
      }),
    ),
    recipients: many(z.object({ id, block: line, via: line, asOf: line, order: number, kind: z.enum(['to', 'cc']) })),
    authorities: many(
      z.object({ id, citation: line, use: line, asOf: line, basis: z.enum(['seen', 'unchecked']), order: number }),
    ),
    organizations: many(z.object({ id, name: line, initials: line, color: number, order: number })),
    images: many(
      z.object({
        id,
        mime: z.enum(['', 'image/png', 'image/jpeg']),
        widthPx: count,
        heightPx: count,
        sizeBytes: number,
        sha256: hash,
        blobId: hash,
        blobKey: line,
        by: count,
        at: number,
      }),
    ).optional(),
    suggestions: many(z.object({ id, kind: z.enum(SUGGESTION_KINDS), by: count, at: number })),
  }),
});

/** `at` is the place in the snapshot, keys and positions only, never content. */
export interface SnapshotRefused {
  code: 'payload-refused';
  at: string;
}

/** A snapshot from outside, measured and then checked whole; unknown kinds of nodes are refused, unknown fields left out [FI22]. */
export function parseSnapshot(input: unknown): Result<Snapshot, SnapshotRefused> {
  if (!withinLimits(input)) return fail({ code: 'payload-refused', at: 'size' });
  const parsed = schema.safeParse(input);
  if (!parsed.success)
    return fail({
      code: 'payload-refused',
      at: parsed.error.issues[0]?.path.slice(0, 8).map(String).join('.').slice(0, 120) ?? '',
    });
  // The schema keeps what a filing reads; Lexical's constant fields (version, direction …) play no part in it.
  return ok(parsed.data as unknown as Snapshot);
}

// Before the schema, because the schema copies: a deep, cyclic or huge value ends here after bounded work.
function withinLimits(input: unknown): boolean {
  let values = 0;
  let characters = 0;
  const visit = (value: unknown, depth: number): boolean => {
    values += 1;
    if (values > SNAPSHOT_LIMITS.values || depth > SNAPSHOT_LIMITS.depth) return false;
    if (typeof value === 'string') {
      characters += value.length;
      return characters <= SNAPSHOT_LIMITS.characters;
    }
    if (typeof value !== 'object' || value === null) return true;
    if (Array.isArray(value)) return value.every((inner) => visit(inner, depth + 1));
    return Object.entries(value).every(([key, inner]) => visit(key, depth) && visit(inner, depth + 1));
  };
  return visit(input, 0);
}
