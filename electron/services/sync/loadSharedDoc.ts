import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { RoomKeys } from '../../../shared/crypto/room.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { RoomLedger } from '../../../shared/sync/RoomLedger.ts';
import { RoomRecord } from './RoomRecord.ts';
import type { RoomMarks, RoomStore } from './RoomStore.ts';

/** What was on disk, handed on to `openRoomSession`. */
export interface LoadedRoom {
  record: RoomRecord;
  marks: RoomMarks;
}

const MERGE_EVERY = 500;

/**
 * Builds the shared doc from every frame in the store: exactly what has left or arrived, nothing else. `origin` is the
 * origin of these transactions. Call it before the session and before the gate.
 */
export async function loadSharedDoc(options: {
  store: RoomStore;
  ciphers: Ciphers;
  room: RoomKeys;
  doc: Y.Doc;
  origin: unknown;
}): Promise<Result<LoadedRoom, { code: 'complaint-damaged' }>> {
  const { store, ciphers, room, doc, origin } = options;
  const ledger = new RoomLedger(ciphers, room);
  const record = new RoomRecord(ledger);
  let updates: Uint8Array[] = [];
  const apply = (): void => {
    if (updates.length > 0) Y.applyUpdate(doc, Y.mergeUpdates(updates), origin);
    updates = [];
  };
  let foreign = false;
  const marks = await store.load((index, frame) => {
    const answer = ledger.accept(frame, { trusted: true });
    if (answer.outcome === 'refused') foreign ||= answer.code === 'frame-room' || answer.code === 'frame-epoch';
    if (answer.outcome !== 'kept') return;
    record.noteStored(answer.device, answer.counter, index);
    for (const counted of answer.counted) {
      record.noteCounted(counted);
      if (counted.update) updates.push(counted.update.bytes);
    }
    if (updates.length >= MERGE_EVERY) apply();
  });
  if (!marks.ok) return marks;
  if (foreign) return fail({ code: 'complaint-damaged' });
  apply();
  return ok({ record, marks: marks.value });
}
