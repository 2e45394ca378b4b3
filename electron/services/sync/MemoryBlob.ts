import { LIMITS } from '../../../shared/sync/limits.ts';
import type { BlobSink, BlobSource } from './BlobTransfers.ts';

/** A sealed blob that lies in memory. */
export function memoryBlobSource(blobId: string, sealed: Uint8Array): BlobSource {
  return {
    blobId,
    sizeBytes: sealed.length,
    read: async (offset, length) => sealed.subarray(offset, offset + length),
  };
}

/** Takes a sealed blob into memory: a small one. What the relay says of its size is not believed beyond that. */
export class MemoryBlobSink implements BlobSink {
  readonly maxBytes = LIMITS.blobInMemory;
  receivedBytes = 0;
  sizeBytes: number | null = null;
  bytes = new Uint8Array();

  async begin(sizeBytes: number): Promise<void> {
    this.bytes = new Uint8Array(sizeBytes);
    this.sizeBytes = sizeBytes;
    this.receivedBytes = 0;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.bytes.set(chunk, this.receivedBytes);
    this.receivedBytes += chunk.length;
  }
}
