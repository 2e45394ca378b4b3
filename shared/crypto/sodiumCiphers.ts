import type { Ciphers } from './Ciphers.ts';
import { type HostEd25519, verifyByHost } from './HostSignatures.ts';

/** The functions used of libsodium-wrappers-sumo, which the host loads and passes in. */
export interface Sodium {
  randombytes_buf(length: number): Uint8Array;
  crypto_hash_sha256(message: Uint8Array): Uint8Array;
  crypto_generichash(length: number, message: Uint8Array, key: null): Uint8Array;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
    message: Uint8Array,
    associated: Uint8Array,
    secretNonce: null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Uint8Array;
  crypto_aead_xchacha20poly1305_ietf_decrypt(
    secretNonce: null,
    sealed: Uint8Array,
    associated: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Uint8Array;
  crypto_sign_seed_keypair(seed: Uint8Array): { publicKey: Uint8Array; privateKey: Uint8Array };
  crypto_sign_detached(message: Uint8Array, secretKey: Uint8Array): Uint8Array;
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  crypto_core_ed25519_is_valid_point(publicKey: Uint8Array): boolean;
  crypto_box_seed_keypair(seed: Uint8Array): { publicKey: Uint8Array; privateKey: Uint8Array };
  crypto_box_seal(message: Uint8Array, publicKey: Uint8Array): Uint8Array;
  crypto_box_seal_open(sealed: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array;
}

/** What the host itself does faster than WebAssembly, with the same results. */
export type HostPrimitives<Key = unknown> = Partial<Pick<Ciphers, 'randomBytes' | 'sha256'>> & {
  ed25519?: HostEd25519<Key>;
};

/** `Ciphers` over a libsodium that is ready. */
export function createSodiumCiphers<Key>(sodium: Sodium, host: HostPrimitives<Key> = {}): Ciphers {
  const verify: Ciphers['verify'] = (publicKey, message, signature) => {
    try {
      return sodium.crypto_sign_verify_detached(signature, message, publicKey);
    } catch {
      return false; // keys of a wrong length
    }
  };
  const isMainPoint = (publicKey: Uint8Array): boolean => sodium.crypto_core_ed25519_is_valid_point(publicKey);
  return {
    randomBytes: host.randomBytes ?? ((length) => sodium.randombytes_buf(length)),
    sha256: host.sha256 ?? ((bytes) => sodium.crypto_hash_sha256(bytes)),
    hash: (length, bytes) => sodium.crypto_generichash(length, bytes, null),
    encrypt: (key, nonce, plain, associated) =>
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, associated, null, nonce, key),
    decrypt(key, nonce, sealed, associated) {
      try {
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, associated, nonce, key);
      } catch {
        return null; // libsodium throws for a wrong tag
      }
    },
    signPair(seed) {
      const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(seed);
      return { publicKey, secretKey: privateKey };
    },
    sign: (secretKey, message) => sodium.crypto_sign_detached(message, secretKey),
    verify: host.ed25519 ? verifyByHost(host.ed25519, { isMainPoint }, verify) : verify,
    boxPair(seed) {
      const { publicKey, privateKey } = sodium.crypto_box_seed_keypair(seed);
      return { publicKey, secretKey: privateKey };
    },
    sealBox: (publicKey, plain) => sodium.crypto_box_seal(plain, publicKey),
    openBox(pair, sealed) {
      try {
        return sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.secretKey);
      } catch {
        return null; // libsodium throws for a wrong tag
      }
    },
  };
}
