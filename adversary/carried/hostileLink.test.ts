import { describe, expect, it } from 'vitest';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { base64url, parseBase64url } from '../../shared/crypto/baseEncoding.ts';
import { crc32 } from '../../shared/crypto/crc32.ts';
import { LINK_PREFIX, parseInvitation, parseRelayUrl, writeInvitation } from '../../shared/crypto/invitation.ts';
import { createRoot } from '../../shared/crypto/room.ts';
import { flipped } from '../faults/decideFate.ts';

const ciphers = await loadCiphers();
const good = {
  relayUrl: 'wss://relay.example.org:8443/alegato',
  roomPublicKey: createRoot(ciphers).room.publicKey,
  seed: ciphers.randomBytes(32),
};
const link = writeInvitation(good);
const payload = parseBase64url(link.slice(LINK_PREFIX.length)) as Uint8Array;
const read = (text: string): string => {
  const parsed = parseInvitation(text);
  return parsed.ok ? 'ok' : parsed.error.code;
};
const ERRORS = ['link-not-an-invitation', 'link-cut-off', 'link-wrong-version'];

/** The payload with its checksum made right again, as somebody would who forges one. */
function forged(change: (bytes: Uint8Array, view: DataView) => Uint8Array): string {
  const copy = payload.slice();
  const bytes = change(copy, new DataView(copy.buffer));
  new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)));
  return LINK_PREFIX + base64url(bytes);
}

describe('a hostile link', () => {
  it('[CR8] cut off after any character is never taken for a whole one', () => {
    for (let length = 0; length < link.length; length++) expect(ERRORS).toContain(read(link.slice(0, length)));
    expect(read(link)).toBe('ok');
  });

  it('[CR9] with any bit flipped, in its bytes or in its characters, is refused or unchanged', () => {
    for (let at = 0; at < payload.length; at++)
      for (let bit = 0; bit < 8; bit++)
        expect(ERRORS).toContain(read(LINK_PREFIX + base64url(flipped(payload, at, bit))));
    const random = new SeededRandom(1);
    for (let n = 0; n < 2_000; n++) {
      const at = random.below(link.length);
      const other = link.slice(0, at) + String.fromCharCode(33 + random.below(500)) + link.slice(at + 1);
      const parsed = parseInvitation(other);
      if (parsed.ok) expect(parsed.value).toEqual(good);
    }
  });

  it('[CR7] with lengths that lie and a right checksum gives no more than its bytes', () => {
    const lies = [
      forged((bytes, view) => (view.setUint16(1, 0xffff), bytes)),
      forged((bytes, view) => (view.setUint16(1, 0), bytes)),
      forged((bytes, view) => (view.setUint16(67, 0xffff), bytes)),
      forged((bytes, view) => (view.setUint16(67, 0), bytes)),
      forged((bytes) => bytes.slice(0, 80)),
      LINK_PREFIX + base64url(Uint8Array.of(2, 0, 3)),
      LINK_PREFIX,
    ];
    for (const lie of lies) expect(ERRORS).toContain(read(lie));
  });

  it('[CR10] leads to no address but ws: and wss:, without user, query or fragment', () => {
    const addresses = [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://relay.example.org',
      'https://relay.example.org',
      'ws://user:secret@relay.example.org',
      'ws://relay.example.org?token=x',
      'ws://relay.example.org#x',
      'ws://relay.example.org:0',
      'ws://relay.example.org:99999',
      'ws://relay.example.org\r\nHost: other',
      'ws://relay.example.org/ %0d%0a',
      'ws://',
      'ws:///x',
      'ws://[::1',
      'ws://\u202egro.elpmaxe',
      'ws://exаmple.org', // a Cyrillic a
      `ws://${'a'.repeat(600)}`,
      '',
    ];
    for (const relayUrl of addresses) {
      expect(parseRelayUrl(relayUrl).ok, relayUrl).toBe(false);
      expect(ERRORS).toContain(read(writeInvitation({ ...good, relayUrl })));
    }
  });

  it('[CR7] among megabytes, other links and other versions is told apart at once', () => {
    const start = performance.now();
    expect(read('x'.repeat(50_000_000))).toBe('link-not-an-invitation');
    expect(read(' '.repeat(3_000) + link)).toBe('ok');
    expect(read(' '.repeat(5_000) + link)).toBe('link-not-an-invitation');
    expect(read('https://relay.example.org/join#AgCX')).toBe('link-not-an-invitation');
    expect(read(forged((bytes) => bytes.fill(1, 0, 1)))).toBe('link-wrong-version');
    expect(read(forged((bytes) => bytes.fill(3, 0, 1)))).toBe('link-wrong-version');
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('holds neither the root of the room nor a key that opens anything', () => {
    const root = createRoot(ciphers);
    const invitation = writeInvitation({ ...good, roomPublicKey: root.room.publicKey });
    const bytes = Buffer.from(parseBase64url(invitation.slice(LINK_PREFIX.length)) as Uint8Array);
    expect(bytes.includes(Buffer.from(root.seed))).toBe(false);
    expect(bytes.length).toBe(1 + 2 + 32 + 32 + 2 + good.relayUrl.length + 4);
  });
});
