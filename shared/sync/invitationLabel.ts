import { join, readUtf8, utf8 } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { pad, unpad } from '../crypto/padding.ts';
import type { Epoch } from '../crypto/room.ts';
import { openBytes, sealBytes } from '../crypto/sealing.ts';

/** [SY83] For whom an invitation is, sealed for the others in the room under the epoch its record names. */
export function sealLabel(ciphers: Ciphers, epoch: Epoch, invitationKey: Uint8Array, label: string): Uint8Array {
  return sealBytes(ciphers, epoch.frameKey, pad(utf8(label)), associated(invitationKey));
}

/** Empty when there is none or it cannot be opened. */
export function openLabel(ciphers: Ciphers, epoch: Epoch, invitationKey: Uint8Array, sealed: Uint8Array): string {
  const plain = openBytes(ciphers, epoch.frameKey, sealed, associated(invitationKey));
  const content = plain.ok ? unpad(plain.value) : null;
  return (content && readUtf8(content)) ?? '';
}

function associated(invitationKey: Uint8Array): Uint8Array {
  return join(utf8('alegato-invitation-2'), invitationKey);
}
