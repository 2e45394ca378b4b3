import type { RoomId } from '../domain/ids.ts';
import { base32 } from './baseEncoding.ts';
import { join, utf8 } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';
import { KEY_BYTES } from './sealing.ts';

/** What must be kept, sealed, to be in a room. */
export interface RoomSecrets {
  /** 32-byte seed of the room's signing pair. */
  roomSeed: Uint8Array;
  /** 32 bytes. */
  epochKey: Uint8Array;
}

/** Everything that follows from the secrets. */
export interface RoomKeys extends RoomSecrets {
  roomId: RoomId;
  roomIdBytes: Uint8Array;
  roomPublicKey: Uint8Array;
  roomSecretKey: Uint8Array;
  epochId: Uint8Array;
  frameKey: Uint8Array;
}

export const ROOM_ID_BYTES = 16;
export const EPOCH_ID_BYTES = 16;

/** [CR4] The id that belongs to a room's public key. */
export function roomIdOf(ciphers: Ciphers, roomPublicKey: Uint8Array): { roomId: RoomId; roomIdBytes: Uint8Array } {
  const roomIdBytes = ciphers.hash(ROOM_ID_BYTES, join(utf8('alegato-room-1'), roomPublicKey));
  return { roomId: base32(roomIdBytes) as RoomId, roomIdBytes };
}

/** [CR4] [CR5] Keys and ids of a room from its two secrets. */
export function deriveRoom(ciphers: Ciphers, secrets: RoomSecrets): RoomKeys {
  const { publicKey, secretKey } = ciphers.signPair(secrets.roomSeed);
  return {
    roomSeed: secrets.roomSeed,
    epochKey: secrets.epochKey,
    ...roomIdOf(ciphers, publicKey),
    roomPublicKey: publicKey,
    roomSecretKey: secretKey,
    epochId: ciphers.hash(EPOCH_ID_BYTES, join(utf8('alegato-epoch-id-1'), secrets.epochKey)),
    frameKey: ciphers.hash(KEY_BYTES, join(utf8('alegato-frame-key-1'), secrets.epochKey)),
  };
}

/** A new room with fresh random secrets. */
export function createRoom(ciphers: Ciphers): RoomKeys {
  return deriveRoom(ciphers, { roomSeed: ciphers.randomBytes(32), epochKey: ciphers.randomBytes(KEY_BYTES) });
}

/** A random device number from 2 to 65,535 outside `taken`: nobody has to be asked, and a clash is noticed at the relay. */
export function assignDeviceNumber(ciphers: Ciphers, taken: ReadonlySet<number>): number {
  for (;;) {
    const [high = 0, low = 0] = ciphers.randomBytes(2);
    const number = high * 256 + low;
    if (number >= 2 && !taken.has(number)) return number;
  }
}
