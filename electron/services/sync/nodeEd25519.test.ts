import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import { hex } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { createSodiumCiphers } from '../../../shared/crypto/sodiumCiphers.ts';
import { hostileSignatures, mustPass } from '../../../shared/crypto/testing/hostileSignatures.ts';
import { seededNumbers } from '../../../shared/sync/testing/seededCiphers.ts';
import { nodeEd25519 } from './nodeEd25519.ts';
import { loadCiphers } from './sodium.ts';

let own: Ciphers;
let byHost: Ciphers;
beforeAll(async () => {
  own = createSodiumCiphers(sodium);
  byHost = await loadCiphers();
});

describe('Signatures checked by the runtime', () => {
  it('[CR19] are accepted exactly where libsodium accepts them, also at the edges of the curve, seeds 1 to 12', () => {
    let accepted = 0;
    for (let seed = 1; seed <= 12; seed += 1)
      for (const each of hostileSignatures(seededNumbers(seed))) {
        const { name, publicKey, message, signature } = each;
        const expected = own.verify(publicKey, message, signature);
        const told = `seed ${seed}, ${name}: ${hex(publicKey)} ${hex(message)} ${hex(signature)}`;
        expect(byHost.verify(publicKey, message, signature), told).toBe(expected);
        if (mustPass(each)) expect(expected, told).toBe(true);
        if (expected) accepted += 1;
      }
    expect(accepted).toBeGreaterThan(24); // some of the odd ones pass, so that the comparison has two sides
  });

  it('[CR19] would differ without the rule: the runtime takes signatures that libsodium refuses', () => {
    const differing = new Set<string>();
    for (let seed = 1; seed <= 4; seed += 1)
      for (const { name, publicKey, message, signature } of hostileSignatures(seededNumbers(seed))) {
        if (publicKey.length !== 32 || signature.length !== 64) continue;
        const byRuntime = nodeEd25519.verify(nodeEd25519.readKey(publicKey), message, signature);
        if (byRuntime !== own.verify(publicKey, message, signature)) differing.add(name);
      }
    expect([...differing]).toContain('a first half of small order');
    expect([...differing]).toContain('a key of small order');
  });

  it('keeps no more keys than it says, and judges the same after a key was let go', () => {
    const below = seededNumbers(3);
    const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256));
    const message = random(64);
    const pairs = Array.from({ length: 600 }, () => own.signPair(random(32)));
    const signatures = pairs.map(({ secretKey }) => own.sign(secretKey, message));
    for (let round = 0; round < 2; round += 1)
      pairs.forEach(({ publicKey }, index) => {
        expect(byHost.verify(publicKey, message, signatures[index] as Uint8Array)).toBe(true);
        expect(byHost.verify(publicKey, message, signatures[(index + 1) % 600] as Uint8Array)).toBe(false);
      });
  });
});
