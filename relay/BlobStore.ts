import type { RoomId } from '../shared/domain/ids.ts';

/** An upload under way; exactly one of `finish` and `abort` ends it. */
export interface BlobUpload {
  readonly receivedBytes: number;
  write(chunk: Uint8Array): Promise<void>;
  /** True: all bytes are there, their SHA-256 is the id, and the blob survives a power cut. False: nothing is kept. */
  finish(): Promise<boolean>;
  abort(): Promise<void>;
}

/**
 * Sealed blobs of rooms, addressed by the SHA-256 of their bytes. The acceptance suite is `blobStoreContract.ts`.
 * Ids are lower-case hex.
 */
export interface BlobStore {
  /** Null when the blob is not there. */
  sizeOf(room: RoomId, blobId: string): Promise<number | null>;
  /** All blobs of a room together, unfinished ones left out. */
  roomBytes(room: RoomId): Promise<number>;
  begin(room: RoomId, blobId: string, sizeBytes: number): Promise<BlobUpload>;
  /** Null when the blob is not there; shorter than asked at its end. */
  read(room: RoomId, blobId: string, offset: number, length: number): Promise<Uint8Array | null>;
}
