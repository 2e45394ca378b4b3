import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { createRoom, type RoomKeys } from '../crypto/room.ts';
import { createSodiumCiphers } from '../crypto/sodiumCiphers.ts';
import { createAdmission, verifyAdmission } from './admission.ts';
import { createFrame, HEADER_BYTES, KIND, NO_HASH, parseFrame, SIGNATURE_BYTES, verifyAndOpen } from './Frame.ts';

let ciphers: Ciphers;
let room: RoomKeys;
let pair: { publicKey: Uint8Array; secretKey: Uint8Array };
const content = Uint8Array.from({ length: 40 }, (_, i) => i);
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
  room = createRoom(ciphers);
  pair = ciphers.signPair(ciphers.randomBytes(32));
});
const update = (bytes = content): Uint8Array =>
  createFrame(ciphers, room, pair.secretKey, {
    kind: KIND.update,
    device: 3,
    counter: 9,
    previous: new Uint8Array(32).fill(5),
    content: bytes,
  });
const presence = (): Uint8Array =>
  createFrame(ciphers, room, pair.secretKey, {
    kind: KIND.presence,
    device: 3,
    counter: 0,
    previous: NO_HASH,
    content,
  });
const read = (bytes: Uint8Array, inRoom = room): string | Uint8Array => {
  const parsed = parseFrame(bytes);
  if (!parsed.ok) return parsed.error.code;
  const opened = verifyAndOpen(ciphers, inRoom, pair.publicKey, parsed.value);
  return opened.ok ? opened.value : opened.error.code;
};

describe('frame', () => {
  it('[SY1] [SY2] open∘create is identity and the header is in clear', () => {
    for (const length of [0, 1, 123, 124, 125, 508, 2_044, 8_188, 8_189, 70_000]) {
      const bytes = new Uint8Array(ciphers.randomBytes(length));
      expect(Buffer.compare(read(update(bytes)) as Uint8Array, bytes)).toBe(0);
    }
    const parsed = parseFrame(update());
    expect(parsed.ok && parsed.value).toMatchObject({
      kind: KIND.update,
      device: 3,
      counter: 9,
      roomId: room.roomIdBytes,
    });
    expect(read(presence())).toEqual(content);
  });

  it('[SY10] a keystroke takes 128 B of plaintext', () => {
    expect(update().length).toBe(HEADER_BYTES + 24 + 128 + 16 + SIGNATURE_BYTES);
  });

  it('[SY3] every flipped bit of every byte is an error', () => {
    for (const frame of [update(), presence()]) {
      for (let bit = 0; bit < frame.length * 8; bit++) {
        const flipped = frame.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(typeof read(flipped)).toBe('string');
      }
    }
  });

  it('[SY3] every truncation and an added byte is an error', () => {
    const frame = update();
    for (let length = 0; length < frame.length; length++) expect(typeof read(frame.subarray(0, length))).toBe('string');
    expect(read(Uint8Array.from([...frame, 0]))).toBe('bad-signature');
  });

  it('names a wrong room, a wrong epoch and a swapped kind', () => {
    expect(read(update(), createRoom(ciphers))).toBe('frame-room');
    expect(read(update(), { ...room, epochId: new Uint8Array(16) })).toBe('frame-epoch');
    const swapped = presence().slice();
    swapped[1] = KIND.update;
    expect(read(swapped)).toBe('frame-counter');
  });

  it('[SY7] [SY8] tells unknown versions, reserved kinds and device 0 apart', () => {
    const change = (at: number, value: number): string => {
      const frame = update().slice();
      frame[at] = value;
      return read(frame) as string;
    };
    expect(change(0, 2)).toBe('frame-version');
    for (const kind of [0, 4, 5, 6, 7, 8, 200]) expect(change(1, kind)).toBe('frame-kind');
    expect(change(35, 0)).toBe('frame-device');
  });

  it('another device cannot have signed it', () => {
    const other = ciphers.signPair(ciphers.randomBytes(32));
    const parsed = parseFrame(update());
    expect(parsed.ok && verifyAndOpen(ciphers, room, other.publicKey, parsed.value)).toEqual({
      ok: false,
      error: { code: 'bad-signature' },
    });
  });

  it('survives 20,000 seeded random inputs', () => {
    let state = 42;
    const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
    const frame = update();
    for (let i = 0; i < 20_000; i++) {
      const bytes =
        next() % 2
          ? frame.slice(0, next() % (frame.length + 1))
          : Uint8Array.from({ length: next() % 200 }, () => next() & 255);
      for (let k = next() % 4; k > 0 && bytes.length > 0; k--) bytes[next() % bytes.length] = next() & 255;
      const unchanged = bytes.length === frame.length && Buffer.compare(bytes, frame) === 0;
      if (!unchanged) expect(typeof read(bytes)).toBe('string');
    }
  });
});

describe('admission', () => {
  it('[SY9] is the same bytes each time, signed by the room, and every flipped bit is an error', () => {
    const make = (): Uint8Array =>
      createAdmission(ciphers, room, { number: 3, publicKey: pair.publicKey, organizationNumber: 7 });
    const frame = make();
    expect(make()).toEqual(frame);
    const check = (bytes: Uint8Array): boolean => {
      const parsed = parseFrame(bytes);
      return (
        parsed.ok &&
        parsed.value.kind === KIND.admission &&
        verifyAdmission(ciphers, room.roomPublicKey, parsed.value).ok
      );
    };
    expect(check(frame)).toBe(true);
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const flipped = frame.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(check(flipped)).toBe(false);
    }
  });
});
