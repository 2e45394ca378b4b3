import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';

/** Grammar of SPEC.md. */
export const MAGIC = Buffer.from('ALGBAK01', 'latin1');
export const EXTENSION = '.alegato-backup';
const FORMAT = 'alegato-backup';
const VERSION = 1;
export const MAX_HEADER_BYTES = 64 * 1024;
/** A record may be as large as a whole complaint's state. */
export const MAX_CHUNK_BYTES = 256 * 1024 * 1024;
export const PART_BYTES = 1024 * 1024;

export const KIND = { contents: 1, complaint: 2, rows: 3, file: 4, part: 5, end: 6 } as const;

const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number().int(),
  id: z.string().refine(isId),
  sequence: z.number().int().min(1),
  createdMs: z.number(),
  complete: z.boolean(),
  keys: z.string().max(20_000),
});
export type BackupHeader = Omit<z.infer<typeof headerSchema>, 'format' | 'version'>;

const id = z.string().refine(isId);
const base64 = z.string().max(100_000);
export const contentsSchema = z.object({
  complaints: z
    .array(z.object({ id, title: z.string(), sample: z.boolean(), shared: z.boolean(), damaged: z.boolean() }))
    .max(10_000),
  /** The sealed settings file; null when there is none. */
  settings: base64.nullable(),
});
export type BackupContents = z.infer<typeof contentsSchema>;
/** `header` and `summary` are the files of the complaint's folder as they are. */
export const complaintSchema = z.object({ id, header: base64, summary: base64.nullable() });
export const fileSchema = z.object({
  folder: z.enum(['blobs', 'originals']),
  name: z.string().regex(/^[a-z0-9]{1,64}$/),
  sizeBytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackedUpFile = z.infer<typeof fileSchema>;
export const endSchema = z.object({
  complaints: z.number().int(),
  rows: z.number().int(),
  damagedRows: z.number().int(),
  files: z.number().int(),
  fileBytes: z.number().int(),
});
export type BackupEnd = z.infer<typeof endSchema>;

export type BackupErrorCode =
  | 'backup-not-one'
  | 'backup-damaged'
  | 'backup-newer-version'
  | 'backup-other-key'
  | 'backup-files-elsewhere'
  | 'backup-cancelled';

/** Thrown while one is read or written; `readBackup` and its callers turn it into a value. */
export class BackupFailure extends Error {
  readonly code: BackupErrorCode;
  constructor(code: BackupErrorCode) {
    super(code);
    this.name = 'BackupFailure';
    this.code = code;
  }
}

export function encodeHeader(header: BackupHeader): Buffer {
  const body = { format: FORMAT, version: VERSION, ...header };
  return Buffer.from(JSON.stringify({ ...body, check: sha256Of(Buffer.from(JSON.stringify(body))) }));
}

export function parseHeader(bytes: Uint8Array): Result<BackupHeader, { code: BackupErrorCode }> {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail({ code: 'backup-damaged' });
  }
  if (typeof raw !== 'object' || raw === null) return fail({ code: 'backup-damaged' });
  const { check, ...body } = raw as Record<string, unknown>;
  if (check !== sha256Of(Buffer.from(JSON.stringify(body)))) return fail({ code: 'backup-damaged' });
  if (typeof body['version'] === 'number' && body['version'] > VERSION) return fail({ code: 'backup-newer-version' });
  const parsed = headerSchema.safeParse(body);
  if (!parsed.success) return fail({ code: 'backup-damaged' });
  const { format: _format, version: _version, ...header } = parsed.data;
  return ok(header);
}

/** What a chunk's seal covers besides its bytes. */
export function chunkContext(header: Uint8Array, index: number, last: boolean): string {
  return `alegato-backup-1/${sha256Of(header)}/${index}/${last ? 'last' : 'more'}`;
}

export function encodeRows(rows: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [name, value] of rows) {
    const key = Buffer.from(name, 'utf8');
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32BE(key.length, 0);
    lengths.writeUInt32BE(value.length, 4);
    parts.push(lengths, key, value);
  }
  return Buffer.concat(parts);
}

export function decodeRows(bytes: Uint8Array): [string, Uint8Array][] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const rows: [string, Uint8Array][] = [];
  let at = 0;
  while (at < buffer.length) {
    if (at + 8 > buffer.length) throw new BackupFailure('backup-damaged');
    const keyBytes = buffer.readUInt32BE(at);
    const valueBytes = buffer.readUInt32BE(at + 4);
    at += 8;
    if (at + keyBytes + valueBytes > buffer.length) throw new BackupFailure('backup-damaged');
    rows.push([
      buffer.toString('utf8', at, at + keyBytes),
      new Uint8Array(buffer.subarray(at + keyBytes, at + keyBytes + valueBytes)),
    ]);
    at += keyBytes + valueBytes;
  }
  return rows;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
