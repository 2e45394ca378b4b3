import { equalBytes, utf8 } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { crc32 } from '../crypto/crc32.ts';
import { ROOM_ID_BYTES } from '../crypto/room.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { ByteWriter } from './ByteWriter.ts';
import { LIMITS } from './limits.ts';

const MAGIC = utf8('ALEGATO-BUNDLE');
const VERSION = 1;
const HEAD_BYTES = MAGIC.length + 1 + ROOM_ID_BYTES + 4;
const ENTRY_BYTES = 8;
const HASH_BYTES = 32;

export interface ReadBundle {
  frames: Uint8Array[];
  /** Entries whose checksum is wrong. */
  damaged: number;
  /** The end is missing. */
  cutOff: boolean;
}
export type BundleError = { code: 'bundle-not-ours' | 'bundle-newer' | 'bundle-other-complaint' };

/** [SY60] The file that carries these frames. */
export function writeBundle(ciphers: Ciphers, roomIdBytes: Uint8Array, frames: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter().raw(MAGIC).u8(VERSION).raw(roomIdBytes).u32(frames.length);
  for (const frame of frames) writer.u32(frame.length).u32(crc32(frame)).raw(frame);
  const body = writer.done();
  const out = new Uint8Array(body.length + HASH_BYTES);
  out.set(body);
  out.set(ciphers.sha256(body), body.length);
  return out;
}

/** [SY61] [SY62] Everything in a file that can be read. Frames are views into it; nothing of them is verified. */
export function readBundle(bytes: Uint8Array, roomIdBytes: Uint8Array): Result<ReadBundle, BundleError> {
  if (bytes.length < MAGIC.length + 1 || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC))
    return fail({ code: 'bundle-not-ours' });
  if (bytes[MAGIC.length] !== VERSION) return fail({ code: 'bundle-newer' });
  if (bytes.length < HEAD_BYTES) return ok({ frames: [], damaged: 0, cutOff: true });
  if (!equalBytes(bytes.subarray(MAGIC.length + 1, MAGIC.length + 1 + ROOM_ID_BYTES), roomIdBytes))
    return fail({ code: 'bundle-other-complaint' });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(HEAD_BYTES - 4);
  const frames: Uint8Array[] = [];
  let damaged = 0;
  let at = HEAD_BYTES;
  let read = 0;
  for (; read < count; read++) {
    if (at + ENTRY_BYTES > bytes.length) break;
    const length = view.getUint32(at);
    if (length > LIMITS.frame || at + ENTRY_BYTES + length > bytes.length) break;
    const frame = bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + length);
    if (crc32(frame) === view.getUint32(at + 4)) frames.push(frame);
    else damaged++;
    at += ENTRY_BYTES + length;
  }
  return ok({ frames, damaged, cutOff: read < count || bytes.length < at + HASH_BYTES });
}
