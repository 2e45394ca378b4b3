import sodium from 'libsodium-wrappers-sumo';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { createSodiumCiphers } from '../../../shared/crypto/sodiumCiphers.ts';
import { pooledRandomBytes } from './pooledRandomBytes.ts';

/** The program's ciphers, once libsodium is ready. Cheap after the first call. */
export async function loadCiphers(): Promise<Ciphers> {
  await sodium.ready;
  return createSodiumCiphers(sodium, pooledRandomBytes);
}
