import { createHash } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { createSodiumCiphers } from '../../../shared/crypto/sodiumCiphers.ts';
import { nodeEd25519 } from './nodeEd25519.ts';
import { pooledRandomBytes } from './pooledRandomBytes.ts';

/** The program's ciphers, once libsodium is ready. Cheap after the first call. */
export async function loadCiphers(): Promise<Ciphers> {
  await sodium.ready;
  return createSodiumCiphers(sodium, { randomBytes: pooledRandomBytes, sha256, ed25519: nodeEd25519 });
}

/** The one of the system's library is several times as fast as WebAssembly, and a snapshot has megabytes. */
function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
