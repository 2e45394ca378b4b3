import type { Ciphers } from '../../crypto/Ciphers.ts';
import { createSodiumCiphers, type Sodium } from '../../crypto/sodiumCiphers.ts';

/** What `seededCiphers` needs beyond the program's own ciphers. */
export interface TestSodium extends Sodium {
  crypto_box_easy(message: Uint8Array, nonce: Uint8Array, publicKey: Uint8Array, privateKey: Uint8Array): Uint8Array;
}

/** Whole numbers from 0 to `below` - 1, the same for the same seed. */
export function seededNumbers(seed: number): (below: number) => number {
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e37_79b9) >>> 0;
  return (below) => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The program's ciphers with all randomness from a seed: the same calls give the same bytes. */
export function seededCiphers(sodium: TestSodium, seed: number): Ciphers {
  const below = seededNumbers(seed);
  const ciphers = createSodiumCiphers(sodium);
  const randomBytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256));
  return {
    ...ciphers,
    randomBytes,
    sealBox(publicKey, plain) {
      const once = ciphers.boxPair(randomBytes(32));
      const nonce = ciphers.hash(24, Uint8Array.from([...once.publicKey, ...publicKey]));
      const sealed = sodium.crypto_box_easy(plain, nonce, publicKey, once.secretKey);
      return Uint8Array.from([...once.publicKey, ...sealed]);
    },
  };
}
