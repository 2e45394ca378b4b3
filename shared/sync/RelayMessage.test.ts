import { describe, expect, it } from 'vitest';
import {
  type DeviceMessage,
  encodeDeviceMessage,
  encodeRelayMessage,
  parseDeviceMessage,
  parseRelayMessage,
  type RelayMessage,
} from './RelayMessage.ts';
import { seededNumbers } from './testing/seededCiphers.ts';

const bytes = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill);
const request = { invitationKey: bytes(32), deviceKey: bytes(32, 1), boxKey: bytes(32, 2), signature: bytes(64, 3) };
const fromDevice: DeviceMessage[] = [
  {
    type: 'hello',
    roomPublicKey: bytes(32),
    device: 4_711,
    compact: true,
    cursor: 12,
    signature: bytes(64),
    records: [bytes(200), bytes(1), bytes(0)],
  },
  { type: 'ask', roomPublicKey: bytes(32), ...request },
  { type: 'fetch', after: 2 ** 40 },
  { type: 'post', frame: bytes(300) },
  { type: 'presence', frame: bytes(300) },
  { type: 'ping', token: 9 },
  { type: 'blob-put', blobId: bytes(32), size: 100, offset: 10, chunk: bytes(90) },
  { type: 'blob-get', blobId: bytes(32), offset: 10, length: 0 },
];
const fromRelay: RelayMessage[] = [
  { type: 'challenge', nonce: bytes(32) },
  {
    type: 'welcome',
    logId: bytes(16),
    lastSequence: 8,
    hashAtCursor: bytes(32),
    ends: [
      { device: 0, counter: 3, hash: bytes(32) },
      { device: 1, counter: 2 ** 33, hash: bytes(32) },
    ],
  },
  { type: 'page', end: true, upTo: 5, entries: [{ sequence: 5, frame: bytes(20) }] },
  { type: 'page', end: false, upTo: 0, entries: [] },
  { type: 'ack', frames: [{ device: 1, counter: 2, sequence: 3 }] },
  { type: 'rejected', device: 1, counter: 2, code: 'fork' },
  { type: 'presence', frame: bytes(300) },
  { type: 'entry', sequence: 1, frame: bytes(20) },
  { type: 'lagging' },
  { type: 'pong', token: 9 },
  { type: 'refused', code: 'removed' },
  { type: 'asked', code: 'waiting' },
  { type: 'admitted', frame: bytes(40) },
  { type: 'request', ...request },
  { type: 'blob-taken', blobId: bytes(32), received: 4, stored: false },
  { type: 'blob-chunk', blobId: bytes(32), size: 4, offset: 0, chunk: bytes(4) },
  { type: 'blob-refused', blobId: bytes(32), code: 'blob-not-here' },
];

describe('messages of the relay', () => {
  it('[SY20] [SY58] come back as they were', () => {
    for (const message of fromDevice)
      expect(parseDeviceMessage(encodeDeviceMessage(message)), message.type).toEqual({ ok: true, value: message });
    for (const message of fromRelay)
      expect(parseRelayMessage(encodeRelayMessage(message)), message.type).toEqual({ ok: true, value: message });
  });

  it('[SY28] cut off or with a byte more they are garbage', () => {
    const all = [
      ...fromDevice.map((message) => ({ encoded: encodeDeviceMessage(message), parse: parseDeviceMessage })),
      ...fromRelay.map((message) => ({ encoded: encodeRelayMessage(message), parse: parseRelayMessage })),
    ];
    for (const { encoded, parse } of all) {
      for (let length = 0; length < encoded.length; length++)
        expect(parse(encoded.subarray(0, length))).toEqual({ ok: false, error: { code: 'bad-message' } });
      expect(parse(Uint8Array.from([...encoded, 0])).ok).toBe(false);
    }
  });

  it('[SY28] another protocol and unknown types are garbage', () => {
    for (const message of [fromDevice[0], fromDevice[1]]) {
      const encoded = encodeDeviceMessage(message as DeviceMessage);
      encoded[1] = 1;
      expect(parseDeviceMessage(encoded).ok).toBe(false);
    }
    for (const type of [0, 19, 25, 200, 255]) {
      expect(parseDeviceMessage(Uint8Array.of(type)).ok).toBe(false);
      expect(parseRelayMessage(Uint8Array.of(type)).ok).toBe(false);
    }
  });

  it('[SY28] no flipped byte and no random bytes throw (30,000 seeded)', () => {
    const below = seededNumbers(5);
    const samples = [...fromDevice.map(encodeDeviceMessage), ...fromRelay.map(encodeRelayMessage)];
    for (let i = 0; i < 30_000; i++) {
      const sample = samples[below(samples.length)] as Uint8Array;
      const input = below(2) === 0 ? sample.slice() : Uint8Array.from({ length: below(120) }, () => below(256));
      for (let k = below(4); k > 0 && input.length > 0; k--) input[below(input.length)] = below(256);
      for (const parse of [parseDeviceMessage, parseRelayMessage]) {
        const parsed = parse(input);
        if (!parsed.ok) expect(parsed.error.code).toBe('bad-message');
      }
    }
  });
});
