import { join, utf8 } from './bytes.ts';

const CONTEXT = utf8('alegato-blob-2');
const NONCE_HEADER_BYTES = 16;

/** [CR15] Nonce of a chunk. */
export function chunkNonce(header: Uint8Array, index: number): Uint8Array {
  return join(header.subarray(0, NONCE_HEADER_BYTES), uint64(index));
}

/** [CR15] What a chunk's seal covers besides its bytes: the blob it is of, its place, and whether it is the last. */
export function chunkContext(header: Uint8Array, index: number, last: boolean): Uint8Array {
  return join(CONTEXT, header, uint64(index), Uint8Array.of(last ? 1 : 0));
}

/** Eight bytes, big-endian. */
export function uint64(value: number): Uint8Array {
  const out = new Uint8Array(8);
  const view = new DataView(out.buffer);
  view.setUint32(0, Math.floor(value / 2 ** 32));
  view.setUint32(4, value % 2 ** 32);
  return out;
}
