import sodium from 'libsodium-wrappers-sumo';
import { createSodiumCiphers } from '../../shared/crypto/sodiumCiphers.ts';
import { type Filled, type HeldRoom, healHeldRoom } from './HeldRoom.ts';

/** The process of a `Healer`: told once what the room holds, it heals the folder whenever it is asked. */
await sodium.ready;
const ciphers = createSodiumCiphers(sodium);
let told: [HeldRoom, Filled] | null = null;
process.on('message', async (message) => {
  if (!told) {
    told = message as [HeldRoom, Filled];
    return;
  }
  const answer = await healHeldRoom(ciphers, ...told).catch((error: Error) => error.stack ?? error.message);
  process.send?.(answer);
});
