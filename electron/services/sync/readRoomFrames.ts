import { hex } from '../../../shared/crypto/bytes.ts';
import { KIND } from '../../../shared/sync/Frame.ts';
import type { SignedRecord } from '../../../shared/sync/Roster.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomStore } from './RoomStore.ts';

/**
 * [SY60] Every frame that a partner may have: records in the order they became known here, then each chain. Own frames
 * that are still on their way to disk are none of them. [SY30]
 */
export async function* readRoomFrames(record: RoomRecord, store: RoomStore, own: number): AsyncIterable<Uint8Array> {
  const isRecordAt = new Set([...record.ledger.records.values()].map(({ device, counter }) => `${device}/${counter}`));
  const records: number[] = [];
  const updates: number[] = [];
  for (const [device, counters] of record.stored())
    for (const [counter, index] of [...counters].sort((a, b) => a[0] - b[0])) {
      if (device === own && counter > record.ownStored) break;
      (isRecordAt.has(`${device}/${counter}`) ? records : updates).push(index);
    }
  for (const index of [...records.sort((a, b) => a - b), ...updates]) {
    const frame = await store.readFrame(index);
    if (frame) yield frame;
  }
}

/** [SY21] The records that lead from the root to this device, in the order they became known here. */
export async function readRecordPath(record: RoomRecord, store: RoomStore, own: number): Promise<Uint8Array[]> {
  const indexes = pathTo(record, own)
    .map(({ device, counter }) => record.storeIndex(device, counter))
    .filter((index) => index !== undefined)
    .sort((a, b) => a - b);
  const path: Uint8Array[] = [];
  for (const index of indexes) {
    const frame = await store.readFrame(index);
    if (frame) path.push(frame);
  }
  return path;
}

/** Admissions and invitations of the device, of whoever admitted and invited it, and so on. */
function pathTo({ ledger }: RoomRecord, own: number): SignedRecord[] {
  const wanted = new Map<string, SignedRecord>();
  const open = [own];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    for (const name of ledger.view.devices.get(number)?.admissions ?? []) {
      const admission = ledger.records.get(name);
      if (admission?.body.kind !== KIND.admission || wanted.has(name)) continue;
      wanted.set(name, admission);
      open.push(admission.device);
      const invitation = ledger.records.get(hex(admission.body.admission.invitation ?? new Uint8Array()));
      if (!invitation) continue;
      wanted.set(invitation.name, invitation);
      open.push(invitation.device);
    }
  }
  return [...wanted.values()];
}
