import { equalBytes, join, utf8 } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { EPOCH_ID_BYTES, type Epoch, ROOM_ID_BYTES, type Room } from '../crypto/room.ts';
import { NONCE_BYTES, openBytes, sealBytes, TAG_BYTES } from '../crypto/sealing.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { isDeviceNumber, ROOT_DEVICE } from './clientIds.ts';
import { LIMITS } from './limits.ts';

/** Kinds of SPEC.md. */
export const KIND = {
  update: 1,
  presence: 2,
  admission: 3,
  revocation: 4,
  snapshot: 5,
  countersignature: 6,
  invitation: 7,
  grant: 8,
  withdrawal: 9,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];
const KINDS: ReadonlySet<number> = new Set(Object.values(KIND));
const ROOT_KINDS: ReadonlySet<number> = new Set([
  KIND.admission,
  KIND.revocation,
  KIND.invitation,
  KIND.grant,
  KIND.withdrawal,
]);

export const FRAME_VERSION = 2;
export const HASH_BYTES = 32;
export const HEADER_BYTES = 2 + ROOM_ID_BYTES + EPOCH_ID_BYTES + 2 + 8 + HASH_BYTES;
export const SIGNATURE_BYTES = 64;
export const NO_HASH = new Uint8Array(HASH_BYTES);
const SMALLEST_FRAME = HEADER_BYTES + SIGNATURE_BYTES + 1;

/** [SY1] What travels in clear. */
export interface FrameHeader {
  kind: Kind;
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

/** Seals `content` for the epoch and signs it with the device's key. [SY1] [SY2] [SY10] */
export function createFrame(
  ciphers: Ciphers,
  room: Room,
  epoch: Epoch,
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
  const header = encodeHeader({ ...frame, roomId: room.roomIdBytes, epochId: epoch.id });
  return signFrame(ciphers, deviceSecretKey, header, sealBytes(ciphers, epoch.frameKey, pad(frame.content), header));
}

/** A snapshot: `coverage` travels in clear and is bound to the sealed content. [SY1] */
export function createSnapshotFrame(
  ciphers: Ciphers,
  room: Room,
  epoch: Epoch,
  deviceSecretKey: Uint8Array,
  frame: { device: number; counter: number; previous: Uint8Array; coverage: Uint8Array; content: Uint8Array },
): Uint8Array {
  if (frame.content.length > LIMITS.frameContent) throw new RangeError('frame content');
  const header = encodeHeader({ ...frame, kind: KIND.snapshot, roomId: room.roomIdBytes, epochId: epoch.id });
  const sealed = sealBytes(ciphers, epoch.frameKey, pad(frame.content), join(header, frame.coverage));
  return signFrame(ciphers, deviceSecretKey, header, join(frame.coverage, sealed));
}

/** A record with a clear body, signed by its author: a device's key, or the room's for the root. [SY2] */
export function createRecordFrame(
  ciphers: Ciphers,
  room: Room,
  epochId: Uint8Array,
  secretKey: Uint8Array,
  frame: { kind: Kind; device: number; counter: number; previous: Uint8Array; body: Uint8Array },
): Uint8Array {
  const header = encodeHeader({ ...frame, roomId: room.roomIdBytes, epochId });
  return signFrame(ciphers, secretKey, header, frame.body);
}

/** Header, body and the signature over both. */
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
  const kind = bytes[1] as Kind;
  if (!KINDS.has(kind)) return fail({ code: 'frame-kind' });
  const fields = readWith(bytes.subarray(2, HEADER_BYTES), (r) => ({
    roomId: r.raw(ROOM_ID_BYTES),
    epochId: r.raw(EPOCH_ID_BYTES),
    device: r.u16(),
    counter: r.u64(),
    previous: r.raw(HASH_BYTES),
  }));
  if (!fields) return fail({ code: 'frame-counter' });
  const root = fields.device === ROOT_DEVICE;
  if (root ? !ROOT_KINDS.has(kind) : !isDeviceNumber(fields.device)) return fail({ code: 'frame-device' });
  const first = equalBytes(fields.previous, NO_HASH);
  const counterFits =
    kind === KIND.presence
      ? fields.counter === 0 && first
      : fields.counter >= 1 && first === (root && fields.counter === 1);
  if (!counterFits) return fail({ code: 'frame-counter' });
  const body = bytes.subarray(HEADER_BYTES, -SIGNATURE_BYTES);
  if (isSealed(kind) && body.length < NONCE_BYTES + TAG_BYTES) return fail({ code: 'frame-size' });
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

/**
 * The content of a sealed frame under the epoch's key. The signature is not looked at; see `verifyAndOpen`. `clearBytes`:
 * how much of the body stands in clear before the sealed part (a snapshot's coverage).
 */
export function openFrame(
  ciphers: Ciphers,
  epoch: Epoch,
  frame: Frame,
  clearBytes = 0,
): Result<Uint8Array, FrameOpenError> {
  if (!equalBytes(frame.epochId, epoch.id)) return fail({ code: 'frame-epoch' });
  const associated = clearBytes > 0 ? join(frame.header, frame.body.subarray(0, clearBytes)) : frame.header;
  const plain = openBytes(ciphers, epoch.frameKey, frame.body.subarray(clearBytes), associated);
  if (!plain.ok) return plain;
  const content = unpad(plain.value);
  return content ? ok(content) : fail({ code: 'bad-padding' });
}

/** Room, signature, seal and padding, in this order. */
export function verifyAndOpen(
  ciphers: Ciphers,
  room: Room,
  epoch: Epoch,
  publicKey: Uint8Array,
  frame: Frame,
): Result<Uint8Array, FrameOpenError> {
  if (!equalBytes(frame.roomId, room.roomIdBytes)) return fail({ code: 'frame-room' });
  if (!verifyFrame(ciphers, publicKey, frame)) return fail({ code: 'bad-signature' });
  return openFrame(ciphers, epoch, frame);
}

/** Whether frames of this kind carry a sealed part. */
export function isSealed(kind: Kind): boolean {
  return kind === KIND.update || kind === KIND.presence || kind === KIND.snapshot;
}

/** Whether frames of this kind are records: judged as a set. */
export function isRecord(kind: Kind): boolean {
  return kind !== KIND.update && kind !== KIND.presence;
}

/** [SY4] What the next frame of the device names as `previous`. */
export function frameHash(ciphers: Ciphers, bytes: Uint8Array): Uint8Array {
  return ciphers.sha256(bytes);
}

function signedBytes(header: Uint8Array, body: Uint8Array): Uint8Array {
  return join(utf8('alegato-frame-2'), header, body);
}
