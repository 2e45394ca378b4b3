import { foundRoom } from '../../electron/services/sync/foundRoom.ts';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import { createEpoch, createRoot, deriveDevice } from '../../shared/crypto/room.ts';
import { createRecordFrame, KIND, type Kind } from '../../shared/sync/Frame.ts';
import { requestStatement } from '../../shared/sync/hello.ts';
import { boxEpochs, encodeAdmission, encodeInvitation } from '../../shared/sync/records.ts';

/** What a device of the bench has before it connects. */
export interface SealedRoom {
  publicKey: Uint8Array;
  /** The founding, then an invitation and an admission for every further device. */
  records: Uint8Array[];
}

const EXPIRES_SECONDS = 4_000_000_000;

/** The seed of a device of the bench. */
export function seedOfDevice(device: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => (i < 2 ? (device >> (8 * i)) & 255 : 7));
}

/** A room with so many devices already let in, each an editor of an organization of its own; device 1 is the owner. */
export async function createSealedRoom(people: number): Promise<SealedRoom> {
  const ciphers = await loadCiphers();
  const root = createRoot(ciphers);
  const epoch = createEpoch(ciphers);
  const records = [foundRoom(ciphers, root, { seed: seedOfDevice(1), organizationNumber: 1 }, epoch)];
  const write = (kind: Kind, body: Uint8Array): Uint8Array => {
    const previous = ciphers.sha256(records.at(-1) as Uint8Array);
    const frame = { kind, device: 0, counter: records.length + 1, previous, body };
    const bytes = createRecordFrame(ciphers, root.room, epoch.id, root.pair.secretKey, frame);
    records.push(bytes);
    return bytes;
  };
  for (let device = 2; device <= people; device += 1) {
    const { sign, box } = deriveDevice(ciphers, seedOfDevice(device));
    const key = ciphers.signPair(ciphers.randomBytes(32));
    const member = { role: 'editor', organization: device, device } as const;
    const invited = write(
      KIND.invitation,
      encodeInvitation({ ...member, key: key.publicKey, expires: EXPIRES_SECONDS }),
    );
    const statement = requestStatement(root.room.roomIdBytes, sign.publicKey, box.publicKey);
    write(
      KIND.admission,
      encodeAdmission({
        ...member,
        deviceKey: sign.publicKey,
        boxKey: box.publicKey,
        invitation: ciphers.sha256(invited),
        signature: ciphers.sign(key.secretKey, statement),
        epochs: boxEpochs(ciphers, box.publicKey, [epoch]),
      }),
    );
  }
  return { publicKey: root.room.publicKey, records };
}
