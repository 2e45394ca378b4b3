import { parseBase64url } from './baseEncoding.ts';
import { chunkContext, chunkNonce } from './blobChunk.ts';
import {
  BLOB_FORMAT,
  BLOB_HEAD_BYTES,
  type BlobLayout,
  blobLayout,
  LENGTH_BYTES,
  parseBlobLayout,
  plainRange,
  sealedRange,
} from './blobLayout.ts';
import type { Ciphers } from './Ciphers.ts';
import { KEY_BYTES } from './sealing.ts';

/** Opens chunks of one blob of format 2, in any order. Null means `blob-damaged` throughout. [CR16] */
export class BlobOpener {
  readonly layout: BlobLayout;
  readonly #ciphers: Ciphers;
  readonly #key: Uint8Array;
  readonly #header: Uint8Array;

  private constructor(ciphers: Ciphers, key: Uint8Array, header: Uint8Array, layout: BlobLayout) {
    this.#ciphers = ciphers;
    this.#key = key;
    this.#header = header;
    this.layout = layout;
  }

  /** `head` is the first `BLOB_HEAD_BYTES` of a sealed blob of `sealedBytes`. */
  static create(
    ciphers: Ciphers,
    head: Uint8Array,
    sealedBytes: number,
    blobKey: string,
    chunkBytes?: number,
  ): BlobOpener | null {
    const key = parseBase64url(blobKey);
    const layout = parseBlobLayout(sealedBytes, chunkBytes);
    if (key?.length !== KEY_BYTES || !layout || head.length !== BLOB_HEAD_BYTES || head[0] !== BLOB_FORMAT) return null;
    return new BlobOpener(ciphers, key, head.slice(1), layout);
  }

  /** The plaintext of a chunk, filler and length included. */
  open(index: number, sealed: Uint8Array): Uint8Array | null {
    if (sealed.length !== sealedRange(this.layout, index).length) return null;
    const last = index === this.layout.chunkCount - 1;
    const context = chunkContext(this.#header, index, last);
    return this.#ciphers.decrypt(this.#key, chunkNonce(this.#header, index), sealed, context);
  }

  /** The size of the file, which the plaintext of the last chunk ends with. */
  sizeOf(last: Uint8Array): number | null {
    const view = new DataView(last.buffer, last.byteOffset + last.length - LENGTH_BYTES, LENGTH_BYTES);
    const sizeBytes = view.getUint32(0) * 2 ** 32 + view.getUint32(4);
    if (sizeBytes > this.layout.paddedBytes) return null;
    return blobLayout(sizeBytes, this.layout.chunkBytes).paddedBytes === this.layout.paddedBytes ? sizeBytes : null;
  }

  /** The bytes of a file of `sizeBytes` in the plaintext of a chunk; null when what follows them is no filler. */
  contentOf(index: number, plain: Uint8Array, sizeBytes: number): Uint8Array | null {
    const { offset } = plainRange(this.layout, index);
    const end = Math.min(plain.length, Math.max(0, sizeBytes - offset));
    const fillerEnd = index === this.layout.chunkCount - 1 ? plain.length - LENGTH_BYTES : plain.length;
    for (let i = end; i < fillerEnd; i++) if (plain[i] !== 0) return null;
    return plain.subarray(0, end);
  }
}
