import { join, utf8 } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { openBytes } from '../../../shared/crypto/sealing.ts';
import type { Sealer } from '../storage/Sealer.ts';

/** [BK3] Tells whether a record of a complaint still opens, under the store's seal or the room's. */
export function createRowCheck(ciphers: Ciphers, complaint: Sealer): (name: string, sealed: Uint8Array) => boolean {
  const store = complaint.derive('store');
  const frames = complaint.deriveKey('frames');
  return (name, sealed) =>
    store.open(sealed, name) !== null ||
    openBytes(ciphers, frames, sealed, join(utf8('alegato-room-store-1'), utf8(name))).ok;
}
