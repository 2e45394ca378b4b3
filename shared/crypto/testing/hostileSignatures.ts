import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { hex, join, parseHex } from '../bytes.ts';

/** A signature that libraries may judge differently, or one of the ordinary ones beside it. */
export interface SignatureCase {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
const PRIME = 2n ** 255n - 19n;
/** The eight points whose order divides the cofactor. */
const SMALL = ED25519_TORSION_SUBGROUP.map((each) => parseHex(each) as Uint8Array);

/**
 * The edges of Ed25519 (see "Taming the many EdDSAs", Chalkias and others, 2020): points of small and of mixed order as
 * key and as first half, encodings that are not canonical, `s` at and over the order of the group, wrong lengths, and
 * bits flipped in good ones. `below` gives whole numbers from 0 to its argument - 1.
 */
export function hostileSignatures(below: (limit: number) => number): SignatureCase[] {
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256));
  const cases: SignatureCase[] = [];
  const add = (name: string, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): void => {
    cases.push({ name, publicKey, message, signature });
  };
  const message = bytes(40 + below(300));
  const seed = bytes(32);
  const { publicKey, secretScalar } = keyOf(seed);
  const good = ed25519.sign(message, seed);
  add('good', publicKey, message, good);
  add('another message', publicKey, bytes(8), good);
  add('no message', publicKey, new Uint8Array(), ed25519.sign(new Uint8Array(), seed));
  for (let i = 0; i < 24; i += 1) add('a flipped bit', publicKey, message, flip(good, below(512)));
  for (let i = 0; i < 8; i += 1) add('a flipped bit of the key', flip(publicKey, below(256)), message, good);
  for (const length of [0, 31, 33]) add('a key of a wrong length', bytes(length), message, good);
  for (const length of [0, 63, 65]) add('a signature of a wrong length', publicKey, message, bytes(length));
  for (let times = 1n; times < 16n; times += 1n) {
    const s = numberOf(good.subarray(32)) + times * ORDER;
    if (s < 2n ** 256n) add('s over the order', publicKey, message, join(good.subarray(0, 32), bytesOf(s)));
  }
  // first halves of small order: s = h·a, so that s·B - h·A is the neutral point and a test with cofactor holds
  for (const first of withOddEncodings(SMALL)) {
    const s = (challenge(first, publicKey, message) * secretScalar) % ORDER;
    add('a first half of small order', publicKey, message, join(first, bytesOf(s)));
    add('a first half of small order, s of 0', publicKey, message, join(first, new Uint8Array(32)));
  }
  for (const small of withOddEncodings(SMALL))
    for (let tries = 0; tries < 4; tries += 1) {
      // a key of small order: R = s·B fits every message whose challenge is a multiple of its order
      const text = bytes(32);
      const s = BigInt(1 + below(1_000_000));
      const first = Point.BASE.multiply(s).toBytes();
      add('a key of small order', small, text, join(first, bytesOf(s)));
      add(
        'a key and a first half of small order',
        small,
        text,
        join(SMALL[below(8)] as Uint8Array, new Uint8Array(32)),
      );
    }
  for (const torsion of SMALL) {
    // a key of mixed order: whether it fits depends on the challenge and on the cofactor
    const mixed = Point.fromBytes(publicKey).add(Point.fromBytes(torsion)).toBytes();
    for (let tries = 0; tries < 8; tries += 1) {
      const nonce = BigInt(1 + below(1_000_000_000));
      const shift = Point.fromBytes(SMALL[below(8)] as Uint8Array);
      for (const first of [Point.BASE.multiply(nonce), Point.BASE.multiply(nonce).add(shift)]) {
        const text = bytes(24);
        const s = (nonce + challenge(first.toBytes(), mixed, text) * secretScalar) % ORDER;
        add('a key of mixed order', mixed, text, join(first.toBytes(), bytesOf(s)));
        add(
          'a first half of mixed order',
          publicKey,
          text,
          join(first.toBytes(), bytesOf((nonce + challenge(first.toBytes(), publicKey, text) * secretScalar) % ORDER)),
        );
      }
    }
  }
  for (let i = 0; i < 8; i += 1) add('bytes that are no point', bytes(32), message, good);
  return cases;
}

/** Whether RFC 8032 without cofactor, with libsodium's refusals, would take it: the name says enough for these. */
export function mustPass({ name }: SignatureCase): boolean {
  return name === 'good' || name === 'no message';
}

function keyOf(seed: Uint8Array): { publicKey: Uint8Array; secretScalar: bigint } {
  const { scalar } = ed25519.utils.getExtendedPublicKey(seed);
  return { publicKey: ed25519.getPublicKey(seed), secretScalar: scalar };
}

/** h = SHA-512(R ‖ A ‖ M) modulo the order. */
function challenge(first: Uint8Array, publicKey: Uint8Array, message: Uint8Array): bigint {
  return numberOf(sha512(join(first, publicKey, message))) % ORDER;
}

/** With the same points written with y + p where that fits in 255 bits, and with the other sign. */
function withOddEncodings(points: readonly Uint8Array[]): Uint8Array[] {
  const all = new Map<string, Uint8Array>();
  for (const point of points)
    for (const sign of [0n, 1n])
      for (const extra of [0n, PRIME]) {
        const y = (numberOf(point) & (2n ** 255n - 1n)) + extra;
        if (y >= 2n ** 255n) continue;
        const bytes = bytesOf(y | (sign << 255n));
        all.set(hex(bytes), bytes);
      }
  return [...all.values()];
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = bytes.slice();
  flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
  return flipped;
}

/** Little-endian. */
function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
}
