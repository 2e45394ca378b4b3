import sodium from 'libsodium-wrappers-sumo';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { createSodiumCiphers } from '../../shared/crypto/sodiumCiphers.ts';
import { createOwnedRoom, type OwnedRoom } from '../DeviceChain.ts';

await sodium.ready;
const ciphers = createSodiumCiphers(sodium);

/** A room of one's own: whoever reaches a relay may have one. */
export function newRoom(): OwnedRoom {
  return createOwnedRoom(ciphers);
}

const POOL_BYTES = 1 << 20;
let pool: Uint8Array | null = null;

/** Seeded bytes: a view into a pool that is drawn once, so that an attack is not slowed by its own dice. */
export function randomBytes(random: SeededRandom, length: number): Uint8Array {
  if (!pool) {
    const dice = new SeededRandom(1);
    pool = Uint8Array.from({ length: POOL_BYTES }, () => dice.below(256));
  }
  const start = random.below(POOL_BYTES - length);
  return pool.subarray(start, start + length);
}
