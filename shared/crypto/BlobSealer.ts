import { base64url } from './baseEncoding.ts';
import { chunkContext, chunkNonce, uint64 } from './blobChunk.ts';
import {
  BLOB_FORMAT,
  BLOB_HEADER_BYTES,
  type BlobLayout,
  blobLayout,
  LENGTH_BYTES,
  MAX_FILE_BYTES,
  plainRange,
  type RunningHash,
} from './blobLayout.ts';
import { hex, join } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';
import { KEY_BYTES } from './sealing.ts';

/** [CR15] Seals one file under a key of its own, from its beginning to its end, each chunk once. */
export class BlobSealer {
  /** What comes before the chunks. */
  readonly head: Uint8Array;
  /** base64url; belongs in the shared document only. */
  readonly blobKey: string;
  readonly layout: BlobLayout;
  readonly #ciphers: Ciphers;
  readonly #key: Uint8Array;
  readonly #header: Uint8Array;
  readonly #sizeBytes: number;
  readonly #hash: RunningHash;
  #index = 0;

  /** `hash` is a fresh SHA-256. A file above `MAX_FILE_BYTES` is the caller's mistake. */
  constructor(ciphers: Ciphers, sizeBytes: number, hash: RunningHash, chunkBytes?: number) {
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0 || sizeBytes > MAX_FILE_BYTES) throw new RangeError('size');
    this.#ciphers = ciphers;
    this.#sizeBytes = sizeBytes;
    this.#hash = hash;
    this.#key = ciphers.randomBytes(KEY_BYTES);
    this.#header = ciphers.randomBytes(BLOB_HEADER_BYTES);
    this.layout = blobLayout(sizeBytes, chunkBytes);
    this.head = join(Uint8Array.of(BLOB_FORMAT), this.#header);
    this.blobKey = base64url(this.#key);
    hash.update(this.head);
  }

  /** Bytes of the file that the next chunk takes; null when all are sealed. */
  get wantedBytes(): number | null {
    if (this.#index === this.layout.chunkCount) return null;
    const { offset, length } = plainRange(this.layout, this.#index);
    return Math.min(length, Math.max(0, this.#sizeBytes - offset));
  }

  /** The next chunk of the sealed blob; `part` is exactly the bytes it wants. */
  next(part: Uint8Array): Uint8Array {
    const index = this.#index;
    if (part.length !== this.wantedBytes) throw new RangeError('part');
    this.#index += 1; // before anything can fail: no nonce serves twice
    const { length } = plainRange(this.layout, index);
    const last = this.#index === this.layout.chunkCount;
    const plain = new Uint8Array(length);
    plain.set(part);
    if (last) plain.set(uint64(this.#sizeBytes), length - LENGTH_BYTES);
    const context = chunkContext(this.#header, index, last);
    const sealed = this.#ciphers.encrypt(this.#key, chunkNonce(this.#header, index), plain, context);
    this.#hash.update(sealed);
    return sealed;
  }

  /** The blob's id, once all chunks are sealed. */
  finish(): string {
    if (this.wantedBytes !== null) throw new Error('unfinished');
    return hex(this.#hash.digest());
  }
}
