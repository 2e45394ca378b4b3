import { join, utf8 } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';

const DIGITS_EACH = 30;

/**
 * [CR14] 60 digits that two organizations see alike when each holds the other's true device keys. They change when a
 * device of either comes or goes. `keys` are the signing keys of the counting, unremoved devices in any order.
 */
export function safetyNumber(
  ciphers: Ciphers,
  roomIdBytes: Uint8Array,
  one: { organizationNumber: number; keys: readonly Uint8Array[] },
  other: { organizationNumber: number; keys: readonly Uint8Array[] },
): string {
  const [first, second] = one.organizationNumber < other.organizationNumber ? [one, other] : [other, one];
  return [first, second].map((side) => fingerprint(ciphers, roomIdBytes, side)).join('');
}

/** 30 digits: 5 from each of six 5-byte groups of a hash, modulo 100,000, as Signal's numeric fingerprints are made. */
function fingerprint(
  ciphers: Ciphers,
  roomIdBytes: Uint8Array,
  side: { organizationNumber: number; keys: readonly Uint8Array[] },
): string {
  const keys = [...side.keys].sort(compareBytes);
  const number = new Uint8Array([side.organizationNumber >> 8, side.organizationNumber & 255]);
  const digest = ciphers.hash(64, join(utf8('alegato-safety-1'), roomIdBytes, number, ...keys));
  let digits = '';
  for (let at = 0; digits.length < DIGITS_EACH; at += 5) {
    let group = 0;
    for (let i = 0; i < 5; i++) group = group * 256 + (digest[at + i] ?? 0);
    digits += String(group % 100_000).padStart(5, '0');
  }
  return digits;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
