import { equalBytes } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import type { RoomKeys } from '../crypto/room.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { encodeHeader, type Frame, KIND, NO_HASH, signFrame, verifyFrame } from './Frame.ts';

/** What an admission says, in clear, under the room's signature. */
export interface Admission {
  publicKey: Uint8Array;
  organizationNumber: number;
}

const ROLE_EDITOR = 1;
const BOX_KEY_BYTES = 32;
const BODY_BYTES = 32 + 2 + 1 + BOX_KEY_BYTES + 2;
const NO_BOX_KEY = new Uint8Array(BOX_KEY_BYTES);

/** [SY9] The frame that binds a device number to a device key: always the device's counter 1. Same input, same bytes. */
export function createAdmission(
  ciphers: Ciphers,
  room: RoomKeys,
  device: { number: number; publicKey: Uint8Array; organizationNumber: number },
): Uint8Array {
  const header = encodeHeader({
    kind: KIND.admission,
    roomId: room.roomIdBytes,
    epochId: room.epochId,
    device: device.number,
    counter: 1,
    previous: NO_HASH,
  });
  const body = new ByteWriter()
    .raw(device.publicKey)
    .u16(device.organizationNumber)
    .u8(ROLE_EDITOR)
    .raw(NO_BOX_KEY)
    .u16(0)
    .done();
  return signFrame(ciphers, room.roomSecretKey, header, body);
}

/** Reads an admission signed by the room's key; the relay calls it too, so it needs nothing secret. */
export function verifyAdmission(
  ciphers: Ciphers,
  roomPublicKey: Uint8Array,
  frame: Frame,
): Result<Admission, { code: 'bad-signature' | 'bad-content' }> {
  if (!verifyFrame(ciphers, roomPublicKey, frame)) return fail({ code: 'bad-signature' });
  const admission =
    frame.body.length !== BODY_BYTES
      ? null
      : readWith(frame.body, (r) => {
          const publicKey = r.raw(32).slice();
          const organizationNumber = r.u16();
          const fits = r.u8() === ROLE_EDITOR && equalBytes(r.raw(BOX_KEY_BYTES), NO_BOX_KEY) && r.u16() === 0;
          return fits ? { publicKey, organizationNumber } : null;
        });
  return admission ? ok(admission) : fail({ code: 'bad-content' });
}
