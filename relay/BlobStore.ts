import type { RoomId } from '../shared/domain/ids.ts';

/** One device's upload of one blob. Another size is another upload. */
export interface UploadKey {
  room: RoomId;
  blobId: string;
  device: number;
  sizeBytes: number;
}

/**
 * What became of a chunk. `more`: go on at `receivedBytes`, also after a chunk that began elsewhere and changed nothing.
 * `stored`: all bytes are there, their SHA-256 is the id, and the blob survives a power cut. `damaged`: nothing is kept.
 */
export type AppendAnswer = { outcome: 'more'; receivedBytes: number } | { outcome: 'stored' } | { outcome: 'damaged' };

/**
 * Sealed blobs of rooms, addressed by the SHA-256 of their bytes, and what has come of uploads that are not whole yet.
 * The acceptance suite is `blobStoreContract.ts`. Ids are lower-case hex. [SY27] [SY27a]
 */
export interface BlobStore {
  /** Null when the blob is not there; an unfinished upload is not. */
  sizeOf(room: RoomId, blobId: string): Promise<number | null>;
  /** All blobs of a room together, unfinished uploads with the size they will have. */
  roomBytes(room: RoomId): Promise<number>;
  /** Bytes from which this device goes on, after a restart too; null when it has no such upload. */
  receivedBytes(key: UploadKey): Promise<number | null>;
  /** Makes room for an upload; false when the room would exceed `maxRoomBytes`. An upload under way stays as it is. */
  begin(key: UploadKey, maxRoomBytes: number): Promise<boolean>;
  /** Adds a chunk that begins where the upload ends. */
  append(key: UploadKey, offset: number, chunk: Uint8Array): Promise<AppendAnswer>;
  /** Forgets an upload. */
  discard(key: UploadKey): Promise<void>;
  /** Null when the blob is not there; shorter than asked at its end. */
  read(room: RoomId, blobId: string, offset: number, length: number): Promise<Uint8Array | null>;
}
