import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from './Ciphers.ts';
import { type InvitationLink, parseInvitation, parseRelayUrl, writeInvitation } from './invitation.ts';
import {
  assignDeviceNumber,
  createEpoch,
  createRoot,
  deriveDevice,
  deriveEpoch,
  deriveRoot,
  EpochKeys,
  roomOf,
} from './room.ts';
import { createSodiumCiphers } from './sodiumCiphers.ts';

let ciphers: Ciphers;
let invitation: InvitationLink;
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
  invitation = {
    relayUrl: 'wss://relay.example.org:8443/alegato',
    roomPublicKey: createRoot(ciphers).room.publicKey,
    seed: ciphers.randomBytes(32),
  };
});
const codeOf = (text: string): string => {
  const parsed = parseInvitation(text);
  return parsed.ok ? 'ok' : parsed.error.code;
};

describe('room', () => {
  it('[CR4] has 26 base32 characters that follow from its key', () => {
    const root = createRoot(ciphers);
    expect(root.room.roomId).toMatch(/^[a-z2-7]{26}$/);
    expect(deriveRoot(ciphers, root.seed)).toEqual(root);
    expect(roomOf(ciphers, root.pair.publicKey)).toEqual(root.room);
    expect(createRoot(ciphers).room.roomId).not.toBe(root.room.roomId);
  });

  it('[CR5] an epoch id follows from its key and holds nothing of it', () => {
    const epoch = createEpoch(ciphers);
    expect(deriveEpoch(ciphers, epoch.key)).toEqual(epoch);
    expect(epoch.id.length).toBe(16);
    expect(epoch.frameKey).not.toEqual(epoch.key);
    expect(epoch.id).not.toEqual(epoch.key.subarray(0, 16));
    const keys = new EpochKeys(ciphers, [epoch.key]);
    expect(keys.add(epoch.key)).toBe(false);
    expect(keys.get(epoch.name)).toEqual(epoch);
    expect(keys.find(epoch.id)).toEqual(epoch);
    expect(keys.find(new Uint8Array(16))).toBe(null);
  });

  it('[CR6] what is boxed for a device opens with its pair alone', () => {
    const [one, two] = [ciphers.randomBytes(32), ciphers.randomBytes(32)].map((seed) => deriveDevice(ciphers, seed));
    const secret = ciphers.randomBytes(32);
    const box = ciphers.sealBox((one as typeof two)?.box.publicKey as Uint8Array, secret);
    expect(one && ciphers.openBox(one.box, box)).toEqual(secret);
    expect(two && ciphers.openBox(two.box, box)).toBe(null);
    for (let at = 0; at < box.length; at++) {
      const changed = box.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(one && ciphers.openBox(one.box, changed)).toBe(null);
    }
  });

  it('gives out device numbers from 2 that are not taken', () => {
    const taken = new Set<number>();
    for (let i = 0; i < 1_000; i++) taken.add(assignDeviceNumber(ciphers, taken));
    expect(taken.size).toBe(1_000);
    expect(Math.min(...taken)).toBeGreaterThanOrEqual(2);
  });
});

describe('invitation link', () => {
  it('[CR11] comes back whole, also with line breaks and words around it', () => {
    const link = writeInvitation(invitation);
    for (const text of [link, `  ${link}\n`, link.replace(/(.{60})/g, '$1\r\n'), `Here it is: ${link}`, `<${link}>`])
      expect(parseInvitation(text)).toEqual({ ok: true, value: invitation });
  });

  it('[CR8] calls every proper beginning cut off', () => {
    const link = writeInvitation(invitation);
    for (let length = 'alegato://'.length; length < link.length; length++)
      expect(codeOf(link.slice(0, length))).toBe('link-cut-off');
  });

  it('[CR8] notices every changed character', () => {
    const link = writeInvitation(invitation);
    for (let at = 'alegato://join#'.length + 4; at < link.length - 1; at++) {
      const other = link[at] === 'A' ? 'B' : 'A';
      expect(codeOf(link.slice(0, at) + other + link.slice(at + 1))).not.toBe('ok');
    }
  });

  it('[CR7] [CR9] [CR10] tells other texts apart', () => {
    for (const text of ['', 'hello', 'https://example.org/x#y', 'alegato:', 'x'.repeat(5_000)])
      expect(codeOf(text)).toBe('link-not-an-invitation');
    expect(codeOf('alegato://join#AQAA')).toBe('link-wrong-version');
    expect(codeOf(writeInvitation({ ...invitation, relayUrl: 'https://relay.example.org' }))).toBe(
      'link-not-an-invitation',
    );
  });

  it('[CR10] takes only plain ws: and wss: addresses', () => {
    for (const good of ['ws://127.0.0.1:4440', 'wss://relay.example.org/', 'ws://[::1]:80/a/b'])
      expect(parseRelayUrl(good).ok).toBe(true);
    for (const bad of [
      '',
      'http://a',
      'wss://u:p@a',
      'wss://a?x=1',
      'wss://a#x',
      'wss://a:0',
      'wss://a:99999',
      'wss://',
      'wss://a b',
    ])
      expect(parseRelayUrl(bad).ok).toBe(false);
  });
});
