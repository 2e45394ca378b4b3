import { join, utf8 } from '../crypto/bytes.ts';
import { ByteWriter } from './ByteWriter.ts';

/** [SY20] What a device signs to show the relay that it holds the admitted key now. */
export function helloStatement(nonce: Uint8Array, roomId: Uint8Array, device: number): Uint8Array {
  return join(utf8('alegato-hello-1'), nonce, roomId, new ByteWriter().u16(device).done());
}
