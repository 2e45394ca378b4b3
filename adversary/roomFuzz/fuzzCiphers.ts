import sodium from 'libsodium-wrappers-sumo';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import { seededCiphers, type TestSodium } from '../../shared/sync/testing/seededCiphers.ts';

/**
 * The program's ciphers with randomness from the seed. A signature that five devices and a relay look at is checked once:
 * the answer follows from key, message and signature alone.
 */
export async function fuzzCiphers(seed: number): Promise<Ciphers> {
  await sodium.ready;
  const ciphers = seededCiphers(sodium as unknown as TestSodium, seed);
  const answers = new Map<string, boolean>();
  return {
    ...ciphers,
    verify(publicKey, message, signature) {
      const digest = ciphers.hash(32, Buffer.concat([publicKey, signature, message]));
      const key = Buffer.from(digest.buffer, digest.byteOffset, digest.length).toString('latin1');
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, (answer = ciphers.verify(publicKey, message, signature)));
      return answer;
    },
  };
}
