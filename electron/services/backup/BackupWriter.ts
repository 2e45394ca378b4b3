import { type FileHandle, open } from 'node:fs/promises';
import type { Sealer } from '../storage/Sealer.ts';
import {
  type BackedUpFile,
  type BackupContents,
  type BackupEnd,
  type BackupHeader,
  chunkContext,
  encodeHeader,
  encodeRows,
  KIND,
  MAGIC,
  PART_BYTES,
} from './BackupFormat.ts';

/** Writes the chunks of one backup in order. The caller names the file, closes, verifies and renames it. */
export class BackupWriter {
  readonly #file: FileHandle;
  readonly #sealer: Sealer;
  readonly #header: Uint8Array;
  readonly #counts: BackupEnd = { complaints: 0, rows: 0, damagedRows: 0, files: 0, fileBytes: 0 };
  #index = 0;
  #rows: [string, Uint8Array][] = [];
  #rowBytes = 0;

  private constructor(file: FileHandle, sealer: Sealer, header: Uint8Array) {
    this.#file = file;
    this.#sealer = sealer;
    this.#header = header;
  }

  /** `path` must not exist. */
  static async create(path: string, root: Sealer, header: BackupHeader): Promise<BackupWriter> {
    const file = await open(path, 'wx', 0o600);
    const bytes = encodeHeader(header);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    await file.writeFile(Buffer.concat([MAGIC, length, bytes]));
    return new BackupWriter(file, root.derive('backup'), bytes);
  }

  async contents(contents: BackupContents): Promise<void> {
    await this.#json(KIND.contents, contents);
  }

  async complaint(id: string, header: Uint8Array, summary: Uint8Array | null): Promise<void> {
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
    this.#counts.complaints += 1;
    await this.#json(KIND.complaint, { id, header: base64(header), summary: summary ? base64(summary) : null });
  }

  /** `damaged`: its own seal is broken in the library already. */
  async row(name: string, value: Uint8Array, damaged: boolean): Promise<void> {
    this.#counts.rows += 1;
    if (damaged) this.#counts.damagedRows += 1;
    this.#rows.push([name, value]);
    this.#rowBytes += name.length + value.length;
    if (this.#rowBytes >= PART_BYTES) await this.endRows();
  }

  async endRows(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    this.#rowBytes = 0;
    if (rows.length > 0) await this.#chunk(KIND.rows, encodeRows(rows), false);
  }

  async file(file: BackedUpFile): Promise<void> {
    this.#counts.files += 1;
    this.#counts.fileBytes += file.sizeBytes;
    await this.#json(KIND.file, file);
  }

  /** Bytes of the file named last, at most PART_BYTES at once. */
  async part(bytes: Uint8Array): Promise<void> {
    await this.#chunk(KIND.part, bytes, false);
  }

  /** The last chunk; durable when it resolves. */
  async end(): Promise<void> {
    await this.#chunk(KIND.end, Buffer.from(JSON.stringify(this.#counts)), true);
    await this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #json(kind: number, value: unknown): Promise<void> {
    await this.#chunk(kind, Buffer.from(JSON.stringify(value)), false);
  }

  async #chunk(kind: number, payload: Uint8Array, last: boolean): Promise<void> {
    const plain = Buffer.concat([Uint8Array.of(kind), payload]);
    const sealed = this.#sealer.seal(plain, chunkContext(this.#header, this.#index, last));
    this.#index += 1;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    await this.#file.writeFile(Buffer.concat([length, sealed]));
  }
}
