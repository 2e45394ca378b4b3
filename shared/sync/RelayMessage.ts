import { fail, ok, type Result } from '../domain/result.ts';
import { type ByteReader, MalformedBytes, readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { LIMITS } from './limits.ts';

/** Messages of SPEC.md, "Relay". Byte fields of parsed messages are views into the input. */
export type DeviceMessage =
  | {
      type: 'hello';
      roomPublicKey: Uint8Array;
      device: number;
      /** [SY57] Fetches from 0 may leave out what the newest confirmed snapshot covers. */
      compact: boolean;
      cursor: number;
      signature: Uint8Array;
      /** [SY21] Record frames from the root to the device. */
      records: Uint8Array[];
    }
  | ({ type: 'ask'; roomPublicKey: Uint8Array } & JoinRequest)
  | { type: 'fetch'; after: number }
  | { type: 'post'; frame: Uint8Array }
  | { type: 'presence'; frame: Uint8Array }
  | { type: 'ping'; token: number }
  | { type: 'blob-put'; blobId: Uint8Array; size: number; offset: number; chunk: Uint8Array }
  | { type: 'blob-get'; blobId: Uint8Array; offset: number; length: number };

/** [SY58] A device that asks to be let in, under an invitation's key. */
export interface JoinRequest {
  invitationKey: Uint8Array;
  deviceKey: Uint8Array;
  boxKey: Uint8Array;
  /** By the invitation's key over `requestStatement`. */
  signature: Uint8Array;
}

export interface ChainEnd {
  device: number;
  counter: number;
  hash: Uint8Array;
}
export interface LogEntry {
  sequence: number;
  frame: Uint8Array;
}
export interface Acknowledged {
  device: number;
  counter: number;
  sequence: number;
}

export type RelayMessage =
  | { type: 'challenge'; nonce: Uint8Array }
  | { type: 'welcome'; logId: Uint8Array; lastSequence: number; hashAtCursor: Uint8Array; ends: ChainEnd[] }
  | { type: 'page'; end: boolean; upTo: number; entries: LogEntry[] }
  | { type: 'ack'; frames: Acknowledged[] }
  | { type: 'rejected'; device: number; counter: number; code: string }
  | { type: 'presence'; frame: Uint8Array }
  | { type: 'entry'; sequence: number; frame: Uint8Array }
  | { type: 'lagging' }
  | { type: 'pong'; token: number }
  | { type: 'refused'; code: string }
  | { type: 'asked'; code: string }
  | { type: 'admitted'; frame: Uint8Array }
  | ({ type: 'request' } & JoinRequest)
  | { type: 'blob-taken'; blobId: Uint8Array; received: number; stored: boolean }
  | { type: 'blob-chunk'; blobId: Uint8Array; size: number; offset: number; chunk: Uint8Array }
  | { type: 'blob-refused'; blobId: Uint8Array; code: string };

export type MessageError = { code: 'bad-message' };

export const PROTOCOL = 2;
export const LOG_ID_BYTES = 16;
export const HELLO_NONCE_BYTES = 32;

/** Close codes of SPEC.md; 4400 to 4499 are for good, the others are worth another try. */
export const CLOSE = {
  refused: 4403,
  linkUsed: 4409,
  quota: 4413,
  badMessage: 4500,
  shuttingDown: 4503,
  tooSlow: 4508,
} as const;

const TYPE = {
  challenge: 1,
  hello: 2,
  welcome: 3,
  fetch: 4,
  page: 5,
  post: 6,
  ack: 7,
  rejected: 8,
  presence: 9,
  entry: 10,
  lagging: 11,
  ping: 12,
  pong: 13,
  refused: 14,
  ask: 15,
  asked: 16,
  admitted: 17,
  request: 18,
  'blob-put': 20,
  'blob-taken': 21,
  'blob-get': 22,
  'blob-chunk': 23,
  'blob-refused': 24,
} as const;
const HASH = 32;
const MAX_CODE = 64;

export function encodeDeviceMessage(message: DeviceMessage): Uint8Array {
  const w = new ByteWriter().u8(TYPE[message.type]);
  switch (message.type) {
    case 'hello':
      w.u8(PROTOCOL)
        .raw(message.roomPublicKey)
        .u16(message.device)
        .u8(message.compact ? 1 : 0)
        .u64(message.cursor)
        .raw(message.signature)
        .u16(message.records.length);
      for (const record of message.records) w.sized(record);
      break;
    case 'ask':
      writeRequest(w.u8(PROTOCOL).raw(message.roomPublicKey), message);
      break;
    case 'fetch':
      w.u64(message.after);
      break;
    case 'post':
    case 'presence':
      w.sized(message.frame);
      break;
    case 'ping':
      w.u32(message.token);
      break;
    case 'blob-put':
      w.raw(message.blobId).u32(message.size).u32(message.offset).sized(message.chunk);
      break;
    case 'blob-get':
      w.raw(message.blobId).u32(message.offset).u32(message.length);
      break;
  }
  return w.done();
}

export function encodeRelayMessage(message: RelayMessage): Uint8Array {
  const w = new ByteWriter().u8(TYPE[message.type]);
  switch (message.type) {
    case 'challenge':
      w.u8(PROTOCOL).raw(message.nonce);
      break;
    case 'welcome':
      w.raw(message.logId).u64(message.lastSequence).raw(message.hashAtCursor).u16(message.ends.length);
      for (const end of message.ends) w.u16(end.device).u64(end.counter).raw(end.hash);
      break;
    case 'page':
      w.u8(message.end ? 1 : 0)
        .u64(message.upTo)
        .u16(message.entries.length);
      for (const entry of message.entries) w.u64(entry.sequence).sized(entry.frame);
      break;
    case 'ack':
      w.u16(message.frames.length);
      for (const frame of message.frames) w.u16(frame.device).u64(frame.counter).u64(frame.sequence);
      break;
    case 'rejected':
      w.u16(message.device).u64(message.counter).text(message.code);
      break;
    case 'presence':
      w.sized(message.frame);
      break;
    case 'entry':
      w.u64(message.sequence).sized(message.frame);
      break;
    case 'lagging':
      break;
    case 'pong':
      w.u32(message.token);
      break;
    case 'refused':
    case 'asked':
      w.text(message.code);
      break;
    case 'admitted':
      w.sized(message.frame);
      break;
    case 'request':
      writeRequest(w, message);
      break;
    case 'blob-taken':
      w.raw(message.blobId)
        .u32(message.received)
        .u8(message.stored ? 1 : 0);
      break;
    case 'blob-chunk':
      w.raw(message.blobId).u32(message.size).u32(message.offset).sized(message.chunk);
      break;
    case 'blob-refused':
      w.raw(message.blobId).text(message.code);
      break;
  }
  return w.done();
}

/** What the relay reads from a device. */
export function parseDeviceMessage(bytes: Uint8Array): Result<DeviceMessage, MessageError> {
  return parse(bytes, (type, r): DeviceMessage => {
    switch (type) {
      case TYPE.hello:
        checkProtocol(r);
        return {
          type: 'hello',
          roomPublicKey: r.raw(32),
          device: r.u16(),
          compact: flag(r),
          cursor: r.u64(),
          signature: r.raw(64),
          records: list(r, () => r.sized(LIMITS.beforeHello)),
        };
      case TYPE.ask:
        checkProtocol(r);
        return { type: 'ask', roomPublicKey: r.raw(32), ...readRequest(r) };
      case TYPE.fetch:
        return { type: 'fetch', after: r.u64() };
      case TYPE.post:
        return { type: 'post', frame: r.sized(LIMITS.frame) };
      case TYPE.presence:
        return { type: 'presence', frame: r.sized(2 * LIMITS.presence) };
      case TYPE.ping:
        return { type: 'ping', token: r.u32() };
      case TYPE['blob-put']:
        return {
          type: 'blob-put',
          blobId: r.raw(HASH),
          size: r.u32(),
          offset: r.u32(),
          chunk: r.sized(LIMITS.blobChunk),
        };
      case TYPE['blob-get']:
        return { type: 'blob-get', blobId: r.raw(HASH), offset: r.u32(), length: r.u32() };
      default:
        throw new MalformedBytes();
    }
  });
}

/** What a device reads from the relay. */
export function parseRelayMessage(bytes: Uint8Array): Result<RelayMessage, MessageError> {
  return parse(bytes, (type, r): RelayMessage => {
    switch (type) {
      case TYPE.challenge:
        checkProtocol(r);
        return { type: 'challenge', nonce: r.raw(HELLO_NONCE_BYTES) };
      case TYPE.welcome:
        return {
          type: 'welcome',
          logId: r.raw(LOG_ID_BYTES),
          lastSequence: r.u64(),
          hashAtCursor: r.raw(HASH),
          ends: list(r, () => ({ device: r.u16(), counter: r.u64(), hash: r.raw(HASH) })),
        };
      case TYPE.page:
        return {
          type: 'page',
          end: flag(r),
          upTo: r.u64(),
          entries: list(r, () => ({ sequence: r.u64(), frame: r.sized(LIMITS.frame) })),
        };
      case TYPE.ack:
        return { type: 'ack', frames: list(r, () => ({ device: r.u16(), counter: r.u64(), sequence: r.u64() })) };
      case TYPE.rejected:
        return { type: 'rejected', device: r.u16(), counter: r.u64(), code: r.text(MAX_CODE) };
      case TYPE.presence:
        return { type: 'presence', frame: r.sized(2 * LIMITS.presence) };
      case TYPE.entry:
        return { type: 'entry', sequence: r.u64(), frame: r.sized(LIMITS.frame) };
      case TYPE.lagging:
        return { type: 'lagging' };
      case TYPE.pong:
        return { type: 'pong', token: r.u32() };
      case TYPE.refused:
        return { type: 'refused', code: r.text(MAX_CODE) };
      case TYPE.asked:
        return { type: 'asked', code: r.text(MAX_CODE) };
      case TYPE.admitted:
        return { type: 'admitted', frame: r.sized(LIMITS.frame) };
      case TYPE.request:
        return { type: 'request', ...readRequest(r) };
      case TYPE['blob-taken']:
        return { type: 'blob-taken', blobId: r.raw(HASH), received: r.u32(), stored: flag(r) };
      case TYPE['blob-chunk']:
        return {
          type: 'blob-chunk',
          blobId: r.raw(HASH),
          size: r.u32(),
          offset: r.u32(),
          chunk: r.sized(LIMITS.blobChunk),
        };
      case TYPE['blob-refused']:
        return { type: 'blob-refused', blobId: r.raw(HASH), code: r.text(MAX_CODE) };
      default:
        throw new MalformedBytes();
    }
  });
}

function parse<T>(bytes: Uint8Array, read: (type: number, reader: ByteReader) => T): Result<T, MessageError> {
  const message =
    bytes.length > LIMITS.message
      ? null
      : readWith(bytes, (reader) => {
          const parsed = read(reader.u8(), reader);
          reader.end();
          return parsed;
        });
  return message ? ok(message) : fail({ code: 'bad-message' });
}

function writeRequest(w: ByteWriter, request: JoinRequest): void {
  w.raw(request.invitationKey).raw(request.deviceKey).raw(request.boxKey).raw(request.signature);
}

function readRequest(r: ByteReader): JoinRequest {
  return {
    invitationKey: r.raw(32).slice(),
    deviceKey: r.raw(32).slice(),
    boxKey: r.raw(32).slice(),
    signature: r.raw(64).slice(),
  };
}

function checkProtocol(reader: ByteReader): void {
  if (reader.u8() !== PROTOCOL) throw new MalformedBytes();
}

function flag(reader: ByteReader): boolean {
  const value = reader.u8();
  if (value > 1) throw new MalformedBytes();
  return value === 1;
}

function list<T>(reader: ByteReader, item: () => T): T[] {
  const count = reader.u16();
  if (count > reader.left) throw new MalformedBytes();
  return Array.from({ length: count }, item);
}
