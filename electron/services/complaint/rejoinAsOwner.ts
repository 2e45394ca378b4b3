import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { assignDeviceNumber, deriveDevice, deriveRoot, EpochKeys } from '../../../shared/crypto/room.ts';
import { createRecordFrame, KIND } from '../../../shared/sync/Frame.ts';
import { RoomLedger } from '../../../shared/sync/RoomLedger.ts';
import { boxEpochs, encodeAdmission } from '../../../shared/sync/records.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { openLevelRoomStore } from '../sync/LevelRoomStore.ts';
import {
  type ComplaintIdentity,
  type StoredRoom,
  writeIdentity,
  writeRebuildMark,
  writeRoom,
} from './ComplaintIdentity.ts';

/**
 * [SY42] A library that came back from a backup holds the root of the rooms made on it: the root lets it in again, as a new
 * device, and the counters of the old one are never used again. The old device stays a member until it is removed.
 */
export async function rejoinAsOwner(options: {
  ciphers: Ciphers;
  store: ComplaintStore;
  storageKey: Uint8Array;
  identity: ComplaintIdentity;
  stored: StoredRoom & { rootSeed: Uint8Array };
}): Promise<{ identity: ComplaintIdentity; stored: StoredRoom }> {
  const { ciphers, store, storageKey, stored } = options;
  const root = deriveRoot(ciphers, stored.rootSeed);
  const frames = openLevelRoomStore({ db: store.db, prefix: 'room/', ciphers, storageKey });
  const epochs = new EpochKeys(ciphers);
  const { box } = deriveDevice(ciphers, stored.deviceSeed);
  const own = { number: options.identity.deviceNumber, box };
  const ledger = new RoomLedger({ ciphers, room: root.room, epochs, own });
  const held: Uint8Array[] = [];
  await frames.load((_, frame) => held.push(frame));
  ledger.load(held, () => {});
  const deviceSeed = randomBytes(32);
  const keys = deriveDevice(ciphers, deviceSeed);
  const number = assignDeviceNumber(ciphers, new Set(ledger.devices()));
  const end = ledger.chainEnd(0);
  const current = ledger.sealingEpoch() ?? epochs.all()[0];
  if (!current) throw new Error('no epoch key in a restored room');
  const admission = createRecordFrame(ciphers, root.room, current.id, root.pair.secretKey, {
    kind: KIND.admission,
    device: 0,
    counter: end.counter + 1,
    previous: end.hash,
    body: encodeAdmission({
      device: number,
      deviceKey: keys.sign.publicKey,
      boxKey: keys.box.publicKey,
      organization: options.identity.organizationNumber,
      role: 'owner',
      invitation: null,
      signature: new Uint8Array(64),
      epochs: boxEpochs(ciphers, keys.box.publicKey, epochs.all()),
    }),
  });
  await frames.write({ frames: [admission], cursor: null, acknowledged: 0, ownLast: 0 }).done;
  await writeRebuildMark(store, true);
  const identity = { ...options.identity, deviceNumber: number };
  await writeIdentity(store, identity);
  const { restored: _restored, ...kept } = stored;
  const next = { ...kept, deviceSeed };
  await writeRoom(store, next);
  return { identity, stored: next };
}
