import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 64 * 1024;
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** Random bytes of the system, drawn in large pieces: every frame takes two nonces. No byte is given out twice. */
export function pooledRandomBytes(length: number): Uint8Array {
  if (length > POOL_BYTES / 16) return new Uint8Array(randomFillSync(new Uint8Array(length)));
  if (used + length > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.slice(used, used + length);
  pool.fill(0, used, used + length);
  used += length;
  return bytes;
}
