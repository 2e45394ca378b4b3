import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from './Ciphers.ts';
import { safetyNumber } from './safetyNumber.ts';
import { createSodiumCiphers } from './sodiumCiphers.ts';

let ciphers: Ciphers;
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
});
const room = new Uint8Array(16).fill(3);
const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const one = { organizationNumber: 2, keys: [key(1), key(2)] };
const other = { organizationNumber: 5, keys: [key(3)] };

describe('safetyNumber', () => {
  it('[CR14] is 60 digits and the same from both sides, whatever the order of the devices', () => {
    const number = safetyNumber(ciphers, room, one, other);
    expect(number).toMatch(/^\d{60}$/);
    expect(safetyNumber(ciphers, room, other, one)).toBe(number);
    expect(safetyNumber(ciphers, room, other, { ...one, keys: [key(2), key(1)] })).toBe(number);
  });

  it('[CR14] changes with any device, organization or room', () => {
    const numbers = [
      safetyNumber(ciphers, room, one, other),
      safetyNumber(ciphers, room, { ...one, keys: [key(1)] }, other),
      safetyNumber(ciphers, room, { ...one, keys: [key(1), key(2), key(4)] }, other),
      safetyNumber(ciphers, room, { ...one, keys: [key(1), key(4)] }, other),
      safetyNumber(ciphers, room, one, { ...other, keys: [key(3), key(4)] }),
      safetyNumber(ciphers, room, one, { ...other, organizationNumber: 6 }),
      safetyNumber(ciphers, new Uint8Array(16).fill(4), one, other),
    ];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('[CR14] changes in the half of the organization that changed', () => {
    const before = safetyNumber(ciphers, room, one, other);
    const after = safetyNumber(ciphers, room, one, { ...other, keys: [key(3), key(4)] });
    expect(after.slice(0, 30)).toBe(before.slice(0, 30));
    expect(after.slice(30)).not.toBe(before.slice(30));
  });
});
