import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from './Ciphers.ts';
import { acceptInvitation, type Invitation, parseInvitation, parseRelayUrl, writeInvitation } from './invitation.ts';
import { assignDeviceNumber, createRoom, deriveRoom, type RoomKeys } from './room.ts';
import { createSodiumCiphers } from './sodiumCiphers.ts';

let ciphers: Ciphers;
let room: RoomKeys;
let invitation: Omit<Invitation, 'roomId'>;
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
  room = createRoom(ciphers);
  invitation = {
    ...room,
    relayUrl: 'wss://relay.example.org:8443/alegato',
    deviceNumber: 4_711,
    organizationNumber: 2,
  };
});
const codeOf = (text: string): string => {
  const parsed = parseInvitation(text);
  return parsed.ok ? 'ok' : parsed.error.code;
};

describe('room', () => {
  it('[CR4] [CR5] has 26 base32 characters that follow from its key, and an epoch id that is not its key', () => {
    expect(room.roomId).toMatch(/^[a-z2-7]{26}$/);
    expect(deriveRoom(ciphers, room)).toEqual(room);
    expect(createRoom(ciphers).roomId).not.toBe(room.roomId);
    expect(room.epochId).not.toEqual(room.epochKey.subarray(0, 16));
  });

  it('gives out device numbers from 2 that are not taken', () => {
    const taken = new Set<number>();
    for (let i = 0; i < 1_000; i++) taken.add(assignDeviceNumber(ciphers, taken));
    expect(taken.size).toBe(1_000);
    expect(Math.min(...taken)).toBeGreaterThanOrEqual(2);
  });
});

describe('invitation link', () => {
  it('comes back whole, also with line breaks and words around it', () => {
    const link = writeInvitation(invitation);
    for (const text of [link, `  ${link}\n`, link.replace(/(.{60})/g, '$1\r\n'), `Here it is: ${link}`, `<${link}>`]) {
      const parsed = parseInvitation(text);
      expect(parsed.ok && parsed.value).toMatchObject({
        relayUrl: invitation.relayUrl,
        roomId: room.roomId,
        deviceNumber: 4_711,
        organizationNumber: 2,
        roomSeed: room.roomSeed,
        epochKey: room.epochKey,
      });
      expect(parsed.ok && acceptInvitation(ciphers, parsed.value)).toEqual({ ok: true, value: room });
    }
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
    expect(codeOf('alegato://join#AgAA')).toBe('link-wrong-version');
    expect(codeOf(writeInvitation({ ...invitation, relayUrl: 'https://relay.example.org' }))).toBe(
      'link-not-an-invitation',
    );
    expect(codeOf(writeInvitation({ ...invitation, deviceNumber: 1 }))).toBe('link-not-an-invitation');
  });

  it('[CR4] refuses a room id that is not of its key', () => {
    const foreign = parseInvitation(writeInvitation({ ...invitation, roomSeed: ciphers.randomBytes(32) }));
    expect(foreign.ok && acceptInvitation(ciphers, foreign.value).ok).toBe(false);
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
    ]) {
      expect(parseRelayUrl(bad).ok).toBe(false);
    }
  });
});
