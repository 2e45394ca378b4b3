/** The primitives this program rests on, given by the host. All synchronous; keys and nonces are raw bytes. */
export interface Ciphers {
  /** Cryptographically random outside tests. */
  randomBytes(length: number): Uint8Array;
  sha256(bytes: Uint8Array): Uint8Array;
  /** BLAKE2b with a digest of `length` bytes (16 to 64). */
  hash(length: number, bytes: Uint8Array): Uint8Array;
  /** XChaCha20-Poly1305-IETF: 32-byte key, 24-byte nonce; the tag is appended. */
  encrypt(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, associated: Uint8Array): Uint8Array;
  /** Null when key, nonce, ciphertext or associated data do not belong together. */
  decrypt(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array | null;
  /** Ed25519 pair of a 32-byte seed; the secret key is 64 bytes. */
  signPair(seed: Uint8Array): SignPair;
  sign(secretKey: Uint8Array, message: Uint8Array): Uint8Array;
  /** False for a wrong signature and for a malformed key. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

export interface SignPair {
  publicKey: Uint8Array;
  secretKey: Uint8Array;
}
