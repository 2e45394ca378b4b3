import { equalBytes, join, utf8 } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { EPOCH_ID_BYTES, ROOM_ID_BYTES, type RoomKeys } from '../crypto/room.ts';
import { NONCE_BYTES, openBytes, sealBytes, TAG_BYTES } from '../crypto/sealing.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { isDeviceNumber } from './clientIds.ts';
import { LIMITS } from './limits.ts';

/** Kinds of SPEC.md; those from 4 on are reserved and refused by this version. */
export const KIND = {
  update: 1,
  presence: 2,
  admission: 3,
  revocation: 4,
  snapshot: 5,
  countersignature: 6,
  blob: 7,
  bundle: 8,
} as const;
export type BuiltKind = typeof KIND.update | typeof KIND.presence | typeof KIND.admission;

export const FRAME_VERSION = 1;
export const HASH_BYTES = 32;
export const HEADER_BYTES = 2 + ROOM_ID_BYTES + EPOCH_ID_BYTES + 2 + 8 + HASH_BYTES;
export const SIGNATURE_BYTES = 64;
export const NO_HASH = new Uint8Array(HASH_BYTES);
const SMALLEST_FRAME = HEADER_BYTES + SIGNATURE_BYTES + 1;

/** [SY1] What travels in clear. */
export interface FrameHeader {
  kind: BuiltKind;
  roomId: Uint8Array;
  epochId: Uint8Array;
  device: number;
  /** 0 for presence, else from 1. */
  counter: number;
  /** [SY4] */
  previous: Uint8Array;
}

/** A frame whose shape is right; nothing of it is verified yet. Views into `bytes`. */
export interface Frame extends FrameHeader {
  bytes: Uint8Array;
  header: Uint8Array;
  body: Uint8Array;
  signature: Uint8Array;
}

export type FrameShapeError = {
  code: 'frame-size' | 'frame-version' | 'frame-kind' | 'frame-device' | 'frame-counter';
};
export type FrameOpenError = {
  code: 'frame-room' | 'frame-epoch' | 'bad-signature' | 'wrong-key-or-damaged' | 'bad-padding';
};

/** Seals `content` for the room and signs it with the device's key. [SY1] [SY2] [SY10] */
export function createFrame(
  ciphers: Ciphers,
  room: RoomKeys,
  deviceSecretKey: Uint8Array,
  frame: {
    kind: typeof KIND.update | typeof KIND.presence;
    device: number;
    counter: number;
    previous: Uint8Array;
    content: Uint8Array;
  },
): Uint8Array {
  if (frame.content.length > LIMITS.frameContent) throw new RangeError('frame content');
  const header = encodeHeader({ ...frame, roomId: room.roomIdBytes, epochId: room.epochId });
  return signFrame(ciphers, deviceSecretKey, header, sealBytes(ciphers, room.frameKey, pad(frame.content), header));
}

/** Header, body and the signature over both. Admissions come here with a clear body and the room's key. */
export function signFrame(ciphers: Ciphers, secretKey: Uint8Array, header: Uint8Array, body: Uint8Array): Uint8Array {
  return join(header, body, ciphers.sign(secretKey, signedBytes(header, body)));
}

export function encodeHeader(header: FrameHeader): Uint8Array {
  return new ByteWriter()
    .u8(FRAME_VERSION)
    .u8(header.kind)
    .raw(header.roomId)
    .raw(header.epochId)
    .u16(header.device)
    .u64(header.counter)
    .raw(header.previous)
    .done();
}

/** Reads the shape only. [SY5] [SY6] [SY7] [SY8] */
export function parseFrame(bytes: Uint8Array): Result<Frame, FrameShapeError> {
  if (bytes.length < SMALLEST_FRAME || bytes.length > LIMITS.frame) return fail({ code: 'frame-size' });
  if (bytes[0] !== FRAME_VERSION) return fail({ code: 'frame-version' });
  const kind = bytes[1];
  if (kind !== KIND.update && kind !== KIND.presence && kind !== KIND.admission) return fail({ code: 'frame-kind' });
  const fields = readWith(bytes.subarray(2, HEADER_BYTES), (r) => ({
    roomId: r.raw(ROOM_ID_BYTES),
    epochId: r.raw(EPOCH_ID_BYTES),
    device: r.u16(),
    counter: r.u64(),
    previous: r.raw(HASH_BYTES),
  }));
  if (!fields) return fail({ code: 'frame-counter' });
  if (!isDeviceNumber(fields.device)) return fail({ code: 'frame-device' });
  const first = equalBytes(fields.previous, NO_HASH);
  const counterFits =
    kind === KIND.presence
      ? fields.counter === 0 && first
      : kind === KIND.admission
        ? fields.counter === 1 && first
        : fields.counter > 1 && !first;
  if (!counterFits) return fail({ code: 'frame-counter' });
  const body = bytes.subarray(HEADER_BYTES, -SIGNATURE_BYTES);
  if (kind !== KIND.admission && body.length < NONCE_BYTES + TAG_BYTES) return fail({ code: 'frame-size' });
  if (kind === KIND.presence && bytes.length > 2 * LIMITS.presence) return fail({ code: 'frame-size' });
  return ok({
    ...fields,
    kind,
    bytes,
    header: bytes.subarray(0, HEADER_BYTES),
    body,
    signature: bytes.subarray(-SIGNATURE_BYTES),
  });
}

/** [SY2] True when `publicKey` signed exactly this header and body. */
export function verifyFrame(ciphers: Ciphers, publicKey: Uint8Array, frame: Frame): boolean {
  return ciphers.verify(publicKey, signedBytes(frame.header, frame.body), frame.signature);
}

/** The content of a sealed frame. The signature is not looked at; see `verifyAndOpen`. */
export function openFrame(ciphers: Ciphers, room: RoomKeys, frame: Frame): Result<Uint8Array, FrameOpenError> {
  if (!equalBytes(frame.roomId, room.roomIdBytes)) return fail({ code: 'frame-room' });
  if (!equalBytes(frame.epochId, room.epochId)) return fail({ code: 'frame-epoch' });
  const plain = openBytes(ciphers, room.frameKey, frame.body, frame.header);
  if (!plain.ok) return plain;
  const content = unpad(plain.value);
  return content ? ok(content) : fail({ code: 'bad-padding' });
}

/** Room, epoch, signature, seal and padding, in this order. */
export function verifyAndOpen(
  ciphers: Ciphers,
  room: RoomKeys,
  publicKey: Uint8Array,
  frame: Frame,
): Result<Uint8Array, FrameOpenError> {
  if (!equalBytes(frame.roomId, room.roomIdBytes)) return fail({ code: 'frame-room' });
  if (!equalBytes(frame.epochId, room.epochId)) return fail({ code: 'frame-epoch' });
  if (!verifyFrame(ciphers, publicKey, frame)) return fail({ code: 'bad-signature' });
  return openFrame(ciphers, room, frame);
}

/** [SY4] What the next frame of the device names as `previous`. */
export function frameHash(ciphers: Ciphers, bytes: Uint8Array): Uint8Array {
  return ciphers.sha256(bytes);
}

function signedBytes(header: Uint8Array, body: Uint8Array): Uint8Array {
  return join(utf8('alegato-frame-1'), header, body);
}
