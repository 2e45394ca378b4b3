export const BLOB_FORMAT = 2;
export const BLOB_HEADER_BYTES = 24;
/** Format and header, before the first chunk. */
export const BLOB_HEAD_BYTES = 1 + BLOB_HEADER_BYTES;
/** [CR15] Plaintext of every chunk but the last. */
export const BLOB_CHUNK_BYTES = 256 * 1024;
/** [CR18] */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;
export const LENGTH_BYTES = 8;

const STEP_BYTES = 8_192;
const TAG_BYTES = 16;

/** Where the parts of a blob of format 2 lie. All sizes in bytes. */
export interface BlobLayout {
  /** The plaintext with filler and length. */
  readonly paddedBytes: number;
  readonly chunkBytes: number;
  readonly chunkCount: number;
  readonly sealedBytes: number;
}
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** A hash that takes its bytes piece by piece. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** [CR15] Of a file of `sizeBytes`. `chunkBytes`, a multiple of 8, is another one in tests only. */
export function blobLayout(sizeBytes: number, chunkBytes = BLOB_CHUNK_BYTES): BlobLayout {
  const paddedBytes = Math.ceil((sizeBytes + LENGTH_BYTES) / STEP_BYTES) * STEP_BYTES;
  const chunkCount = Math.ceil(paddedBytes / chunkBytes);
  return { paddedBytes, chunkBytes, chunkCount, sealedBytes: BLOB_HEAD_BYTES + paddedBytes + chunkCount * TAG_BYTES };
}

/** [CR16] Of a sealed blob of `sealedBytes`; null when no file makes one of this size. */
export function parseBlobLayout(sealedBytes: number, chunkBytes = BLOB_CHUNK_BYTES): BlobLayout | null {
  const chunkCount = Math.ceil((sealedBytes - BLOB_HEAD_BYTES) / (chunkBytes + TAG_BYTES));
  const paddedBytes = sealedBytes - BLOB_HEAD_BYTES - chunkCount * TAG_BYTES;
  if (paddedBytes < STEP_BYTES || paddedBytes > MAX_FILE_BYTES + STEP_BYTES) return null;
  const layout = blobLayout(paddedBytes - LENGTH_BYTES, chunkBytes);
  return layout.sealedBytes === sealedBytes ? layout : null;
}

/** Where a chunk's plaintext stands in the padded file. */
export function plainRange({ paddedBytes, chunkBytes }: BlobLayout, index: number): Range {
  const offset = index * chunkBytes;
  return { offset, length: Math.min(chunkBytes, paddedBytes - offset) };
}

/** Where a chunk stands in the sealed blob. */
export function sealedRange(layout: BlobLayout, index: number): Range {
  const { length } = plainRange(layout, index);
  return { offset: BLOB_HEAD_BYTES + index * (layout.chunkBytes + TAG_BYTES), length: length + TAG_BYTES };
}
