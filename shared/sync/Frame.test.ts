import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { createEpoch, createRoot, type Epoch, type Room } from '../crypto/room.ts';
import { createSodiumCiphers } from '../crypto/sodiumCiphers.ts';
import { createFrame, HEADER_BYTES, KIND, NO_HASH, parseFrame, SIGNATURE_BYTES, verifyAndOpen } from './Frame.ts';
import { parseRecord } from './records.ts';
import { seededNumbers } from './testing/seededCiphers.ts';
import { TestRoom } from './testing/TestRoom.ts';

let ciphers: Ciphers;
let room: Room;
let epoch: Epoch;
let pair: { publicKey: Uint8Array; secretKey: Uint8Array };
const content = Uint8Array.from({ length: 40 }, (_, i) => i);
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
  room = createRoot(ciphers).room;
  epoch = createEpoch(ciphers);
  pair = ciphers.signPair(ciphers.randomBytes(32));
});
const update = (bytes = content): Uint8Array =>
  createFrame(ciphers, room, epoch, pair.secretKey, {
    kind: KIND.update,
    device: 3,
    counter: 9,
    previous: new Uint8Array(32).fill(5),
    content: bytes,
  });
const presence = (): Uint8Array =>
  createFrame(ciphers, room, epoch, pair.secretKey, {
    kind: KIND.presence,
    device: 3,
    counter: 0,
    previous: NO_HASH,
    content,
  });
const read = (bytes: Uint8Array, inRoom = room, under = epoch): string | Uint8Array => {
  const parsed = parseFrame(bytes);
  if (!parsed.ok) return parsed.error.code;
  const opened = verifyAndOpen(ciphers, inRoom, under, pair.publicKey, parsed.value);
  return opened.ok ? opened.value : opened.error.code;
};

/** One frame of every stored kind, in a room where each counts. */
function everyKind(): { room: TestRoom; frames: Map<string, Uint8Array> } {
  const made = new TestRoom(sodium, 11);
  const one = made.create(1);
  const invitation = made.invite(one, { role: 'editor', organization: 2, device: 2 });
  const two = made.admit(one, invitation);
  const third = made.join(one, { role: 'reader', organization: 3, device: 3 });
  const written = made.write(one, 'words');
  made.sync(two);
  const snapshot = made.snapshot(one);
  made.sync(two);
  const frames = {
    invitation: invitation.frame,
    admission: made.frames[2],
    update: written,
    snapshot,
    countersignature: snapshot && made.countersign(two, snapshot),
    grant: made.grant(one, 2),
    revocation: made.revoke(one, third.number),
  };
  const present = Object.entries(frames).filter((entry): entry is [string, Uint8Array] => !!entry[1]);
  expect(present.length).toBe(7);
  return { room: made, frames: new Map(present) };
}

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
      epochId: epoch.id,
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

  it('[SY3] a flipped byte of any stored kind is refused with a code by a ledger that takes the frame itself', () => {
    const { room: made, frames } = everyKind();
    const reader = made.devices.get(1);
    if (!reader) throw new Error('nobody');
    for (const [kind, frame] of frames) {
      const before = made.frames.slice(0, made.frames.indexOf(frame));
      const replica = made.reader(reader).takeAll(before);
      for (let at = 0; at < frame.length; at++)
        for (const mask of [1, 128]) {
          const flipped = frame.slice();
          flipped[at] = (flipped[at] ?? 0) ^ mask;
          const answer = replica.ledger.accept(flipped);
          expect(answer.outcome, `${kind}, byte ${at}`).toBe('refused');
        }
      for (let length = 0; length < frame.length; length++)
        expect(replica.ledger.accept(frame.subarray(0, length)).outcome, `${kind}, ${length} bytes`).toBe('refused');
      expect(replica.take(frame).outcome, kind).toBe('kept');
    }
  });

  it('names a wrong room, a wrong epoch and a swapped kind', () => {
    expect(read(update(), createRoot(ciphers).room)).toBe('frame-room');
    expect(read(update(), room, createEpoch(ciphers))).toBe('frame-epoch');
    const swapped = presence().slice();
    swapped[1] = KIND.update;
    expect(read(swapped)).toBe('frame-counter');
  });

  it('[SY2] [SY7] [SY8] tells unknown versions and kinds and the root apart', () => {
    const change = (at: number, value: number): string => {
      const frame = update().slice();
      frame[at] = value;
      return read(frame) as string;
    };
    for (const version of [0, 1, 3, 255]) expect(change(0, version)).toBe('frame-version');
    for (const kind of [0, 10, 11, 200]) expect(change(1, kind)).toBe('frame-kind');
    expect(change(35, 0)).toBe('frame-device');
  });

  it('[SY4] the root begins with zeros, a device never does', () => {
    const body = new Uint8Array(77);
    const made = new TestRoom(sodium, 3);
    const author = { ...made.rootAuthor, number: 5 };
    expect(parseFrame(made.record(author, KIND.invitation, body))).toEqual({
      ok: false,
      error: { code: 'frame-counter' },
    });
    expect(parseFrame(made.record(made.rootAuthor, KIND.invitation, body)).ok).toBe(true);
    expect(parseFrame(made.record({ ...made.rootAuthor, previous: NO_HASH }, KIND.invitation, body)).ok).toBe(false);
  });

  it('another device cannot have signed it', () => {
    const other = ciphers.signPair(ciphers.randomBytes(32));
    const parsed = parseFrame(update());
    expect(parsed.ok && verifyAndOpen(ciphers, room, epoch, other.publicKey, parsed.value)).toEqual({
      ok: false,
      error: { code: 'bad-signature' },
    });
  });

  it('survives 20,000 seeded random inputs', () => {
    const below = seededNumbers(42);
    const { room: made, frames } = everyKind();
    const samples = [update(), presence(), ...frames.values()];
    const owner = made.devices.get(1);
    if (!owner) throw new Error('nobody');
    const { ledger } = made.reader(owner).takeAll(made.frames);
    for (let i = 0; i < 20_000; i++) {
      const sample = samples[below(samples.length)] as Uint8Array;
      const bytes =
        below(2) === 0
          ? sample.slice(0, below(sample.length + 1))
          : Uint8Array.from({ length: below(300) }, () => below(256));
      for (let k = below(4); k > 0 && bytes.length > 0; k--) bytes[below(bytes.length)] = below(256);
      if (samples.some((one) => Buffer.compare(one, bytes) === 0)) continue;
      expect(typeof read(bytes)).toBe('string');
      expect(ledger.accept(bytes).outcome).toBe('refused');
    }
  });
});

describe('records', () => {
  it('[SY3] bodies cut off, with a byte more or at random are null, never an exception', () => {
    const below = seededNumbers(8);
    const { frames } = everyKind();
    for (const frame of frames.values()) {
      const parsed = parseFrame(frame);
      if (!parsed.ok) throw new Error('not a frame');
      const { kind, body } = parsed.value;
      if (kind === KIND.update) {
        expect(parseRecord(kind, body)).toBe(null);
        continue;
      }
      expect(parseRecord(kind, body)?.kind).toBe(kind);
      if (kind !== KIND.snapshot) {
        for (let length = 0; length < body.length; length++)
          expect(parseRecord(kind, body.subarray(0, length))).toBe(null);
        expect(parseRecord(kind, Uint8Array.from([...body, 0]))).toBe(null);
      }
      for (let i = 0; i < 3_000; i++) {
        const bytes = below(2) === 0 ? body.slice() : Uint8Array.from({ length: below(200) }, () => below(256));
        for (let k = below(5); k > 0 && bytes.length > 0; k--) bytes[below(bytes.length)] = below(256);
        const again = parseRecord(kind, bytes);
        if (again) expect(again.kind).toBe(kind);
      }
    }
  });

  it('the same seed and steps give the same bytes', () => {
    expect([...everyKind().frames.values()]).toEqual([...everyKind().frames.values()]);
  });
});
