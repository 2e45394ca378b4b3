import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { BlobOpener } from '../../../shared/crypto/BlobOpener.ts';
import { openBlob } from '../../../shared/crypto/blob.ts';
import { BLOB_HEAD_BYTES, plainRange, sealedRange } from '../../../shared/crypto/blobLayout.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import { hashOf, readFully } from './readFully.ts';

const FORMAT_1 = 1;

/** What is known of a copy after it was opened, apart from its file: good as long as that stays the same. */
export interface CopyContent {
  readonly sizeBytes: number;
  /** Plaintext that is in memory, of a blob of format 1; else 0. */
  readonly heldBytes: number;
  /** Null: damaged. */
  read(handle: FileHandle, offset: number, length: number): Promise<Uint8Array | null>;
}

/** An anonymized copy on this disk, opened: reads any part of it from the chunks that hold it. [CR17] */
export class CopyFile {
  readonly sizeBytes: number;
  /** Changes when the file on disk is another one. */
  readonly stamp: string;
  readonly #handle: FileHandle;
  readonly #blobId: string;
  readonly #sealedBytes: number;
  readonly content: CopyContent;

  private constructor(handle: FileHandle, blobId: string, sealedBytes: number, stamp: string, content: CopyContent) {
    this.#handle = handle;
    this.#blobId = blobId;
    this.#sealedBytes = sealedBytes;
    this.content = content;
    this.stamp = stamp;
    this.sizeBytes = content.sizeBytes;
  }

  /**
   * Null when there is no such file. Of a blob of format 2 only its head and its last chunk are looked at, and nothing when
   * `known` has its content by its stamp.
   */
  static async open(
    path: string,
    ciphers: Ciphers,
    blobId: string,
    blobKey: string,
    { chunkBytes, known }: { chunkBytes?: number | undefined; known?: (stamp: string) => CopyContent | null } = {},
  ): Promise<Result<CopyFile, { code: 'blob-damaged' }> | null> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    let opened: CopyFile | null = null;
    try {
      const { size, mtimeMs, ino } = await handle.stat();
      const stamp = `${ino}/${mtimeMs}/${size}`;
      const content = known?.(stamp) ?? (await openContent(handle, size, ciphers, blobId, blobKey, chunkBytes));
      if (!content) return fail({ code: 'blob-damaged' });
      opened = new CopyFile(handle, blobId, size, stamp, content);
      return ok(opened);
    } finally {
      if (!opened) await handle.close();
    }
  }

  /** The bytes at `offset`, fewer at the end of the file; null when a chunk of them is damaged. */
  async read(offset: number, length: number): Promise<Uint8Array | null> {
    const end = Math.min(offset + length, this.sizeBytes);
    return offset >= end ? new Uint8Array() : this.content.read(this.#handle, offset, end - offset);
  }

  /** Whether all of it opens, its ciphertext has the blob's address, and the file has this SHA-256. [CR13] */
  async isWhole(sha256: string): Promise<boolean> {
    if ((await hashOf(this.#handle, this.#sealedBytes)) !== this.#blobId) return false;
    const plain = createHash('sha256');
    for (let at = 0; at < this.sizeBytes; at += STEP_BYTES) {
      const part = await this.read(at, STEP_BYTES);
      if (!part) return false;
      plain.update(part);
    }
    return plain.digest('hex') === sha256;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** A whole number of chunks, so that none is opened twice. */
const STEP_BYTES = 256 * 1024;

async function openContent(
  handle: FileHandle,
  sealedBytes: number,
  ciphers: Ciphers,
  blobId: string,
  blobKey: string,
  chunkBytes?: number,
): Promise<CopyContent | null> {
  const head = await readFully(handle, 0, BLOB_HEAD_BYTES);
  return head[0] === FORMAT_1
    ? openWhole(handle, sealedBytes, ciphers, blobId, blobKey)
    : openChunks(handle, head, sealedBytes, ciphers, blobKey, chunkBytes);
}

/** [CR12] One seal over everything: it must be in memory whole. */
async function openWhole(
  handle: FileHandle,
  sealedBytes: number,
  ciphers: Ciphers,
  blobId: string,
  blobKey: string,
): Promise<CopyContent | null> {
  if (sealedBytes > LIMITS.blobInMemory) return null;
  const opened = openBlob(ciphers, await readFully(handle, 0, sealedBytes), blobId, blobKey);
  if (!opened.ok) return null;
  const bytes = opened.value;
  return {
    sizeBytes: bytes.length,
    heldBytes: bytes.length,
    read: async (_handle, offset, length) => bytes.slice(offset, offset + length),
  };
}

async function openChunks(
  handle: FileHandle,
  head: Uint8Array,
  sealedBytes: number,
  ciphers: Ciphers,
  blobKey: string,
  chunkBytes?: number,
): Promise<CopyContent | null> {
  const opener = BlobOpener.create(ciphers, head, sealedBytes, blobKey, chunkBytes);
  if (!opener) return null;
  const { layout } = opener;
  const openAt = async (file: FileHandle, index: number): Promise<Uint8Array | null> => {
    const { offset, length } = sealedRange(layout, index);
    return opener.open(index, await readFully(file, offset, length));
  };
  const last = await openAt(handle, layout.chunkCount - 1);
  const sizeBytes = last && opener.sizeOf(last);
  if (sizeBytes === null || last === null) return null;
  if (!opener.contentOf(layout.chunkCount - 1, last, sizeBytes)) return null;
  return {
    sizeBytes,
    heldBytes: 0,
    async read(file, offset, length) {
      const bytes = new Uint8Array(length);
      const end = offset + length;
      for (let index = Math.floor(offset / layout.chunkBytes); index * layout.chunkBytes < end; index++) {
        const plain = await openAt(file, index);
        const content = plain && opener.contentOf(index, plain, sizeBytes);
        if (!content) return null;
        const { offset: start } = plainRange(layout, index);
        const from = Math.max(0, offset - start);
        bytes.set(content.subarray(from, end - start), start + from - offset);
      }
      return bytes;
    },
  };
}
