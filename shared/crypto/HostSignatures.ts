import { equalBytes, hex } from './bytes.ts';

/** Ed25519 as the host does it: RFC 8032, without cofactor, `s` below the order of the group. */
export interface HostEd25519<Key> {
  /** A key made ready for many signatures; the bytes are those of a point of the curve. */
  readKey(publicKey: Uint8Array): Key;
  verify(key: Key, message: Uint8Array, signature: Uint8Array): boolean;
}

export interface PointCheck {
  /** A canonical point of the prime-order subgroup, other than the neutral one. */
  isMainPoint(publicKey: Uint8Array): boolean;
}

type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** The neutral point as a signature begins with it: libsodium refuses it, others do not. */
const NEUTRAL = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 1 : 0));
/** Keys kept ready; a complaint has some dozens. */
const MAX_KEYS = 512;

/**
 * Verifies with the host's Ed25519 and accepts exactly what `verify` (libsodium's) accepts, because two programs that
 * judge one frame differently would hold different complaints. The two differ only where a key or a signature's first
 * half has no place in the prime-order subgroup: such keys are left to `verify`, and with a key of the subgroup the
 * point that the host compares with the first half lies in it too, so that the neutral point alone remains. [CR19]
 */
export function verifyByHost<Key>(host: HostEd25519<Key>, points: PointCheck, verify: Verify): Verify {
  const keys = new Map<string, Key | null>();
  const keyOf = (publicKey: Uint8Array): Key | null => {
    const name = hex(publicKey);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = points.isMainPoint(publicKey) ? host.readKey(publicKey) : null;
    if (keys.size >= MAX_KEYS) keys.delete(keys.keys().next().value as string);
    keys.set(name, key);
    return key;
  };
  return (publicKey, message, signature) => {
    if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
    const key = keyOf(publicKey);
    if (key === null) return verify(publicKey, message, signature);
    return !equalBytes(signature.subarray(0, KEY_BYTES), NEUTRAL) && host.verify(key, message, signature);
  };
}
