import { fail, ok, type Result } from '../domain/result.ts';
import { join } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';

export const KEY_BYTES = 32;
export const NONCE_BYTES = 24;
export const TAG_BYTES = 16;

/** [CR1] Nonce, ciphertext and tag; `associated` is bound but not contained. */
export function sealBytes(ciphers: Ciphers, key: Uint8Array, plain: Uint8Array, associated: Uint8Array): Uint8Array {
  const nonce = ciphers.randomBytes(NONCE_BYTES);
  return join(nonce, ciphers.encrypt(key, nonce, plain, associated));
}

/** [CR2] The bytes that `sealBytes` was given; any difference in key, bytes or associated data is the error. */
export function openBytes(
  ciphers: Ciphers,
  key: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
): Result<Uint8Array, { code: 'wrong-key-or-damaged' }> {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return fail({ code: 'wrong-key-or-damaged' });
  const plain = ciphers.decrypt(key, sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES), associated);
  return plain ? ok(plain) : fail({ code: 'wrong-key-or-damaged' });
}
