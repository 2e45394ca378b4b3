import { join, utf8 } from '../crypto/bytes.ts';
import { ByteWriter } from './ByteWriter.ts';

/** [SY20] What a device signs to show the relay that it holds the admitted key now. */
export function helloStatement(nonce: Uint8Array, roomId: Uint8Array, device: number): Uint8Array {
  return join(utf8('alegato-hello-2'), nonce, roomId, new ByteWriter().u16(device).done());
}

/** [SY42] What the one-time invitation key signs when a device asks to be let in. */
export function requestStatement(roomId: Uint8Array, deviceKey: Uint8Array, boxKey: Uint8Array): Uint8Array {
  return join(utf8('alegato-request-1'), roomId, deviceKey, boxKey);
}
