import type { RoomId } from '../domain/ids.ts';
import { base32 } from './baseEncoding.ts';
import { equalBytes, hex, join, utf8 } from './bytes.ts';
import type { Ciphers, SignPair } from './Ciphers.ts';
import { KEY_BYTES } from './sealing.ts';

/** A room as everybody in it knows it; nothing here is secret from its members, and nothing opens anything. */
export interface Room {
  roomId: RoomId;
  roomIdBytes: Uint8Array;
  publicKey: Uint8Array;
}

/** [CR4] The room and the pair that signs for its root, from the 32-byte root seed. */
export interface RoomRoot {
  room: Room;
  seed: Uint8Array;
  pair: SignPair;
}

/** [CR5] One epoch: its key, what commits to it, and what seals frames. */
export interface Epoch {
  /** 16 bytes. */
  id: Uint8Array;
  /** The id in hexadecimal. */
  name: string;
  key: Uint8Array;
  frameKey: Uint8Array;
}

/** [CR6] What a device signs with and what boxes for it open with, from its 32-byte seed. */
export interface DeviceKeys {
  sign: SignPair;
  box: SignPair;
}

export const ROOM_ID_BYTES = 16;
export const EPOCH_ID_BYTES = 16;

/** [CR4] The room that belongs to a public key. */
export function roomOf(ciphers: Ciphers, publicKey: Uint8Array): Room {
  const roomIdBytes = ciphers.hash(ROOM_ID_BYTES, join(utf8('alegato-room-1'), publicKey));
  return { roomId: base32(roomIdBytes) as RoomId, roomIdBytes, publicKey };
}

export function deriveRoot(ciphers: Ciphers, seed: Uint8Array): RoomRoot {
  const pair = ciphers.signPair(seed);
  return { room: roomOf(ciphers, pair.publicKey), seed, pair };
}

/** A new room. */
export function createRoot(ciphers: Ciphers): RoomRoot {
  return deriveRoot(ciphers, ciphers.randomBytes(32));
}

/** [CR5] */
export function deriveEpoch(ciphers: Ciphers, key: Uint8Array): Epoch {
  const id = ciphers.hash(EPOCH_ID_BYTES, join(utf8('alegato-epoch-id-1'), key));
  return { id, name: hex(id), key, frameKey: ciphers.hash(KEY_BYTES, join(utf8('alegato-frame-key-1'), key)) };
}

/** A new epoch with a random key. */
export function createEpoch(ciphers: Ciphers): Epoch {
  return deriveEpoch(ciphers, ciphers.randomBytes(KEY_BYTES));
}

/** [CR6] */
export function deriveDevice(ciphers: Ciphers, seed: Uint8Array): DeviceKeys {
  return {
    sign: ciphers.signPair(seed),
    box: ciphers.boxPair(ciphers.hash(32, join(utf8('alegato-device-box-1'), seed))),
  };
}

/** The epochs whose key is known here. */
export class EpochKeys {
  readonly #ciphers: Ciphers;
  readonly #epochs = new Map<string, Epoch>();

  constructor(ciphers: Ciphers, keys: readonly Uint8Array[] = []) {
    this.#ciphers = ciphers;
    for (const key of keys) this.add(key);
  }

  /** True when the key is new here. */
  add(key: Uint8Array): boolean {
    const epoch = deriveEpoch(this.#ciphers, key);
    if (this.#epochs.has(epoch.name)) return false;
    this.#epochs.set(epoch.name, epoch);
    return true;
  }

  get(name: string): Epoch | null {
    return this.#epochs.get(name) ?? null;
  }

  find(id: Uint8Array): Epoch | null {
    for (const epoch of this.#epochs.values()) if (equalBytes(epoch.id, id)) return epoch;
    return null;
  }

  all(): Epoch[] {
    return [...this.#epochs.values()];
  }
}

/** A random device number from 2 to 65,535 outside `taken`. */
export function assignDeviceNumber(ciphers: Ciphers, taken: ReadonlySet<number>): number {
  for (;;) {
    const [high = 0, low = 0] = ciphers.randomBytes(2);
    const number = high * 256 + low;
    if (number >= 2 && !taken.has(number)) return number;
  }
}
