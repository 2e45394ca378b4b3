import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBlob, sealBlob } from './blob.ts';
import { utf8 } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';
import { pad, paddedSize, unpad } from './padding.ts';
import { openBytes, sealBytes } from './sealing.ts';
import { createSodiumCiphers } from './sodiumCiphers.ts';

let ciphers: Ciphers;
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
});
const associated = utf8('associated');

describe('sealBytes and openBytes', () => {
  it('[CR2] open∘seal is identity for every length up to 300', () => {
    for (let length = 0; length <= 300; length++) {
      const key = ciphers.randomBytes(32);
      const plain = ciphers.randomBytes(length);
      const opened = openBytes(ciphers, key, sealBytes(ciphers, key, plain, associated), associated);
      expect(opened).toEqual({ ok: true, value: plain });
    }
  });

  it('[CR2] every flipped bit and every truncation is an error', () => {
    const key = ciphers.randomBytes(32);
    const sealed = sealBytes(ciphers, key, utf8('a sentence'), associated);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = sealed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openBytes(ciphers, key, flipped, associated).ok).toBe(false);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(openBytes(ciphers, key, sealed.subarray(0, length), associated).ok).toBe(false);
    }
    expect(openBytes(ciphers, ciphers.randomBytes(32), sealed, associated).ok).toBe(false);
    expect(openBytes(ciphers, key, sealed, utf8('other')).ok).toBe(false);
  });

  it('agrees with a second implementation in both directions', () => {
    for (let length = 0; length < 200; length += 7) {
      const key = ciphers.randomBytes(32);
      const nonce = ciphers.randomBytes(24);
      const plain = ciphers.randomBytes(length);
      expect(ciphers.encrypt(key, nonce, plain, associated)).toEqual(
        xchacha20poly1305(key, nonce, associated).encrypt(plain),
      );
      const seed = ciphers.randomBytes(32);
      const pair = ciphers.signPair(seed);
      expect(pair.publicKey).toEqual(ed25519.getPublicKey(seed));
      const signature = ciphers.sign(pair.secretKey, plain);
      expect(signature).toEqual(ed25519.sign(plain, seed));
      expect(ciphers.verify(pair.publicKey, plain, ed25519.sign(plain, seed))).toBe(true);
      expect(ciphers.sha256(plain)).toEqual(sha256(plain));
      expect(ciphers.hash(16, plain)).toEqual(blake2b(plain, { dkLen: 16 }));
    }
  });
});

describe('padding', () => {
  it('[SY10] takes 128 B, 512 B, 2 KB, 8 KB, then multiples of 8 KB', () => {
    expect([0, 124, 125, 508, 509, 2_044, 2_045, 8_188, 8_189, 16_380, 16_381].map(paddedSize)).toEqual([
      128, 128, 512, 512, 2_048, 2_048, 8_192, 8_192, 16_384, 16_384, 24_576,
    ]);
  });

  it('[SY10] refuses another size, another length and a non-zero filler', () => {
    const padded = pad(utf8('words'));
    expect(unpad(padded)).toEqual(utf8('words'));
    expect(unpad(pad(utf8('words'), 512))).toBe(null);
    expect(unpad(padded.subarray(0, 127))).toBe(null);
    for (const at of [0, 1, 2, 50, 127]) {
      const changed = padded.slice();
      changed[at] = 1;
      expect(unpad(changed)).toBe(null);
    }
  });
});

describe('blob', () => {
  it('[CR12] [CR13] comes back, and any damage is named', () => {
    for (const length of [0, 1, 8_187, 8_188, 8_189, 100_000]) {
      const bytes = ciphers.randomBytes(length);
      const { sealed, blobId, blobKey } = sealBlob(ciphers, bytes);
      expect((sealed.length - 41) % 8_192).toBe(0);
      const opened = openBlob(ciphers, sealed, blobId, blobKey);
      expect(opened.ok && Buffer.compare(opened.value, bytes)).toBe(0);
      const changed = sealed.slice();
      changed[length % sealed.length] = (changed[length % sealed.length] ?? 0) ^ 1;
      expect(openBlob(ciphers, changed, blobId, blobKey).ok).toBe(false);
      expect(openBlob(ciphers, sealed, blobId, sealBlob(ciphers, bytes).blobKey).ok).toBe(false);
    }
  });
});
