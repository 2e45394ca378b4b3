import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobSource } from '../sync/BlobTransfers.ts';

const HASH_STEP_BYTES = 256 * 1024;

/** A whole sealed blob on disk, read in parts. */
export class SealedBlobFile implements BlobSource {
  readonly blobId: string;
  readonly sizeBytes: number;
  readonly #handle: FileHandle;

  private constructor(blobId: string, sizeBytes: number, handle: FileHandle) {
    this.blobId = blobId;
    this.sizeBytes = sizeBytes;
    this.#handle = handle;
  }

  /** Null when the file is not there or is not what its id says. */
  static async open(folder: string, blobId: string): Promise<SealedBlobFile | null> {
    let handle: FileHandle;
    try {
      handle = await open(join(folder, blobId), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    const { size } = await handle.stat();
    const file = new SealedBlobFile(blobId, size, handle);
    if (await file.#isWhole()) return file;
    await file.close();
    return null;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.#handle.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #isWhole(): Promise<boolean> {
    const hash = createHash('sha256');
    for (let offset = 0; offset < this.sizeBytes; ) {
      const step = await this.read(offset, HASH_STEP_BYTES);
      if (step.length === 0) return false;
      hash.update(step);
      offset += step.length;
    }
    return hash.digest('hex') === this.blobId;
  }
}
