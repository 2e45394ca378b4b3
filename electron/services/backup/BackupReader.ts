import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Sealer } from '../storage/Sealer.ts';
import {
  type BackedUpFile,
  type BackupContents,
  type BackupEnd,
  type BackupErrorCode,
  BackupFailure,
  type BackupHeader,
  chunkContext,
  complaintSchema,
  contentsSchema,
  decodeRows,
  endSchema,
  fileSchema,
  KIND,
  MAGIC,
  MAX_CHUNK_BYTES,
  MAX_HEADER_BYTES,
  parseHeader,
} from './BackupFormat.ts';

export type BackupRecord =
  | { kind: 'contents'; contents: BackupContents }
  | { kind: 'complaint'; id: string; header: Uint8Array; summary: Uint8Array | null }
  | { kind: 'rows'; rows: [string, Uint8Array][] }
  | { kind: 'file'; file: BackedUpFile }
  | { kind: 'part'; bytes: Uint8Array }
  | { kind: 'end'; end: BackupEnd };

/** Reads one backup from its file. Every method may throw BackupFailure; `reading` makes it a value. */
export class BackupReader {
  readonly header: BackupHeader;
  readonly sizeBytes: number;
  readonly #headerBytes: Uint8Array;
  readonly #file: FileHandle;
  readonly #start: number;

  private constructor(
    file: FileHandle,
    sizeBytes: number,
    headerBytes: Uint8Array,
    header: BackupHeader,
    start: number,
  ) {
    this.#file = file;
    this.sizeBytes = sizeBytes;
    this.#headerBytes = headerBytes;
    this.header = header;
    this.#start = start;
  }

  /** Reads the header only. Rejects with the system's error when the file is not there. */
  static async open(path: string): Promise<Result<BackupReader, { code: BackupErrorCode }>> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const start = await readAt(file, 0, Math.min(size, MAGIC.length + 4));
      if (start.length < MAGIC.length + 4 || !start.subarray(0, MAGIC.length).equals(MAGIC)) {
        await file.close();
        return fail({ code: 'backup-not-one' });
      }
      const length = start.readUInt32BE(MAGIC.length);
      const bytes =
        length <= MAX_HEADER_BYTES ? await readAt(file, start.length, Math.min(length, size)) : Buffer.alloc(0);
      const header = parseHeader(bytes);
      if (!header.ok) {
        await file.close();
        return header;
      }
      return ok(new BackupReader(file, size, bytes, header.value, start.length + length));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The first record; enough for a list. 'backup-other-key' when it is not sealed under this root key. */
  async contents(root: Sealer): Promise<BackupContents> {
    for await (const record of this.records(root)) if (record.kind === 'contents') return record.contents;
    throw new BackupFailure('backup-damaged');
  }

  /** Every record in order; ends after `end`, which must be the last bytes of the file. */
  async *records(root: Sealer): AsyncGenerator<BackupRecord> {
    const sealer = root.derive('backup');
    let at = this.#start;
    for (let index = 0; ; index += 1) {
      const length = at + 4 <= this.sizeBytes ? (await readAt(this.#file, at, 4)).readUInt32BE(0) : 0;
      if (length === 0 || length > MAX_CHUNK_BYTES || at + 4 + length > this.sizeBytes)
        throw new BackupFailure('backup-damaged');
      const sealed = await readAt(this.#file, at + 4, length);
      at += 4 + length;
      const last = at === this.sizeBytes;
      const plain = sealer.open(sealed, chunkContext(this.#headerBytes, index, last));
      // The header has a check of its own: a first chunk that does not open means another key, most of the time.
      if (!plain) throw new BackupFailure(index === 0 ? 'backup-other-key' : 'backup-damaged');
      const record = parseRecord(plain);
      if ((index === 0) !== (record.kind === 'contents') || last !== (record.kind === 'end'))
        throw new BackupFailure('backup-damaged');
      yield record;
      if (last) return;
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Runs `work`; a BackupFailure becomes its value, everything else is thrown on. */
export async function reading<T>(work: () => Promise<T>): Promise<Result<T, { code: BackupErrorCode }>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof BackupFailure) return fail({ code: error.code });
    throw error;
  }
}

function parseRecord(plain: Uint8Array): BackupRecord {
  const payload = plain.subarray(1);
  switch (plain[0]) {
    case KIND.contents:
      return { kind: 'contents', contents: parsed(contentsSchema, payload) };
    case KIND.complaint: {
      const { id, header, summary } = parsed(complaintSchema, payload);
      return {
        kind: 'complaint',
        id,
        header: Buffer.from(header, 'base64'),
        summary: summary === null ? null : Buffer.from(summary, 'base64'),
      };
    }
    case KIND.rows:
      return { kind: 'rows', rows: decodeRows(payload) };
    case KIND.file:
      return { kind: 'file', file: parsed(fileSchema, payload) };
    case KIND.part:
      return { kind: 'part', bytes: payload };
    case KIND.end:
      return { kind: 'end', end: parsed(endSchema, payload) };
    default:
      throw new BackupFailure('backup-damaged');
  }
}

function parsed<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  payload: Uint8Array,
): T {
  const result = schema.safeParse(JSON.parse(new TextDecoder().decode(payload)) as unknown);
  if (!result.success) throw new BackupFailure('backup-damaged');
  return result.data;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
