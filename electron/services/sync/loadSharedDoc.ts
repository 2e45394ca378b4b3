import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { type DeviceKeys, deriveDevice, EpochKeys, type Room } from '../../../shared/crypto/room.ts';
import { applyExactly } from '../../../shared/sync/applyExactly.ts';
import { RoomLedger } from '../../../shared/sync/RoomLedger.ts';
import { RoomRecord } from './RoomRecord.ts';
import type { RoomMarks, RoomStore } from './RoomStore.ts';

/** What was on disk, handed on to `openRoomSession`. */
export interface LoadedRoom {
  record: RoomRecord;
  marks: RoomMarks;
  device: { number: number; keys: DeviceKeys };
  /** Grows by what arrives for this device. */
  epochs: EpochKeys;
}

const MERGE_EVERY = 500;

/**
 * Builds the shared doc from every frame in the store that counts: exactly what has left or arrived, nothing else. `origin`
 * is the origin of these transactions. Call it before the session and before the gate. Damaged frames are left out;
 * `marks.damagedFrames` says how many.
 */
export async function loadSharedDoc(options: {
  store: RoomStore;
  ciphers: Ciphers;
  room: Room;
  /** `seed`: 32 bytes; everything this device signs and opens with follows from it. */
  device: { number: number; seed: Uint8Array };
  doc: Y.Doc;
  origin: unknown;
}): Promise<LoadedRoom> {
  const { store, ciphers, room, doc, origin } = options;
  const keys = deriveDevice(ciphers, options.device.seed);
  const { number } = options.device;
  const epochs = new EpochKeys(ciphers);
  const ledger = new RoomLedger({ ciphers, room, epochs, own: { number, box: keys.box } });
  const record = new RoomRecord(ledger);
  const frames: Uint8Array[] = [];
  const indexes: number[] = [];
  const marks = await store.load((index, frame) => {
    frames.push(frame);
    indexes.push(index);
  });
  const counted = ledger.load(frames, (at, device, counter) =>
    record.noteStored(device, counter, indexes[at] as number),
  );
  for (const frame of counted) record.noteCounted(frame);
  const updates = counted.flatMap(({ update }) => (update ? [update.bytes] : []));
  for (let at = 0; at < updates.length; at += MERGE_EVERY)
    applyExactly(doc, Y.mergeUpdates(updates.slice(at, at + MERGE_EVERY)), origin);
  return { record, marks, device: { number, keys }, epochs };
}
