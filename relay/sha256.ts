import { createHash } from 'node:crypto';

/** By the system's library, which is several times as fast as WebAssembly. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
