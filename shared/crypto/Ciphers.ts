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
  /** X25519 pair of a 32-byte seed; both keys are 32 bytes. */
  boxPair(seed: Uint8Array): SignPair;
  /** Anonymous sealed box (X25519, XSalsa20-Poly1305): 48 bytes longer than the plaintext. */
  sealBox(publicKey: Uint8Array, plain: Uint8Array): Uint8Array;
  /** Null when the box is not for this pair or is damaged. */
  openBox(pair: SignPair, sealed: Uint8Array): Uint8Array | null;
}

export interface SignPair {
  publicKey: Uint8Array;
  secretKey: Uint8Array;
}
