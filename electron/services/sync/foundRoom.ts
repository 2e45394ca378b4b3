import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { createEpoch, deriveDevice, type Epoch, type RoomRoot } from '../../../shared/crypto/room.ts';
import { createRecordFrame, KIND, NO_HASH } from '../../../shared/sync/Frame.ts';
import { boxEpochs, encodeAdmission } from '../../../shared/sync/records.ts';

/** [SY40] The first frame of a room: the root admits device 1 as its owner and gives it a new epoch's key. */
export function foundRoom(
  ciphers: Ciphers,
  root: RoomRoot,
  device: { seed: Uint8Array; organizationNumber: number },
  epoch: Epoch = createEpoch(ciphers),
): Uint8Array {
  const keys = deriveDevice(ciphers, device.seed);
  return createRecordFrame(ciphers, root.room, epoch.id, root.pair.secretKey, {
    kind: KIND.admission,
    device: 0,
    counter: 1,
    previous: NO_HASH,
    body: encodeAdmission({
      device: 1,
      deviceKey: keys.sign.publicKey,
      boxKey: keys.box.publicKey,
      organization: device.organizationNumber,
      role: 'owner',
      invitation: null,
      signature: new Uint8Array(64),
      epochs: boxEpochs(ciphers, keys.box.publicKey, [epoch]),
    }),
  });
}
