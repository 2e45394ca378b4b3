import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobSource } from '../sync/BlobTransfers.ts';
import { hashOf } from './readFully.ts';

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
    if ((await hashOf(handle, size)) === blobId) return file;
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
}
