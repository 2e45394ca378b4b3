import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { Awareness } from 'y-protocols/awareness';
import { newReplicaDoc, newSharedDoc, ORIGIN } from '../../electron/services/replica/documents.ts';
import { OutboundGate } from '../../electron/services/replica/OutboundGate.ts';
import { openLevelRoomStore } from '../../electron/services/sync/LevelRoomStore.ts';
import { loadSharedDoc } from '../../electron/services/sync/loadSharedDoc.ts';
import { openRoomSession } from '../../electron/services/sync/RoomSession.ts';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import { roomOf } from '../../shared/crypto/room.ts';
import { applyExactly, applyUntold } from '../../shared/sync/applyExactly.ts';
import { clientIdOf } from '../../shared/sync/clientIds.ts';
import type { OpenClient } from './SyncClient.ts';
import { type SealedRoom, seedOfDevice } from './sealedRoom.ts';

const AT_ONCE = { followersMs: 0, aloneMs: 0 };
/** A session writes a snapshot by itself a moment after one is due; this moment never comes. */
const NO_SNAPSHOTS = { tidyMs: 20_000_000 };

/** One database a load process, as a library is one database; each client has a prefix of its own. */
const databases = new Map<string, Promise<ClassicLevel<string, Uint8Array>>>();

function openDatabase(folder: string): Promise<ClassicLevel<string, Uint8Array>> {
  let opened = databases.get(folder);
  if (!opened) {
    const db = new ClassicLevel<string, Uint8Array>(join(folder, 'library'));
    databases.set(folder, (opened = db.open().then(() => db)));
  }
  return opened;
}

/**
 * A sealed session as the program holds one: replica, open gate, shared doc, durable outbox, `fdatasync` before
 * sending. Whatever the bench knows of Alegato's sync services is in this file.
 */
export const openSealedClient: OpenClient = async (spec, onDoc) => {
  const { id, url, room, device, coalesce, compacts, isNew, folder } = spec;
  const ciphers = await loadCiphers();
  const { publicKey, records } = room as SealedRoom;
  const ownRoom = roomOf(ciphers, publicKey);
  const store = openLevelRoomStore({
    db: await openDatabase(folder),
    prefix: `${id}/`,
    ciphers,
    storageKey: new Uint8Array(32).fill(7),
  });
  const shared = newSharedDoc();
  if (!isNew) await store.write({ frames: records }).done;
  const loaded = await loadSharedDoc({
    store,
    ciphers,
    room: ownRoom,
    device: { number: device, seed: seedOfDevice(device) },
    doc: shared,
    origin: ORIGIN.disk,
  });
  const doc = newReplicaDoc();
  onDoc?.(doc);
  doc.clientID = clientIdOf(device, 1);
  const gate = new OutboundGate(doc, shared, {
    nowMs: () => performance.now(),
    ...(coalesce ? {} : { coalesceMs: 0 }),
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== ORIGIN.shared) gate.noticeLocalChange(update);
  });
  shared.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== ORIGIN.gate) applyExactly(doc, update, ORIGIN.shared);
  });
  const awareness = new Awareness(shared);
  awareness.setLocalState(null);
  const session = openRoomSession({
    ciphers,
    store,
    room: ownRoom,
    loaded,
    sharedDoc: shared,
    awareness,
    relayUrl: url,
    onStatus: () => {},
    onRebuild: () => {
      throw new Error('nothing in a bench ends the counting of a frame');
    },
    onFirstState: (state) => applyUntold(doc, state, ORIGIN.shared),
    timing: { ...(coalesce ? {} : AT_ONCE), ...(compacts ? {} : NO_SNAPSHOTS) },
  });
  await new Promise<void>((resolve, reject) => {
    const stop = session.onStatus(({ relay, relayReason }) => {
      if (relay !== 'online' && relay !== 'refused') return;
      stop();
      if (relay === 'online') resolve();
      else reject(new Error(`refused: ${relayReason}`));
    });
    session.connect();
  });
  return {
    doc,
    text: doc.getText('t'),
    show(state) {
      awareness.clientID = doc.clientID;
      if (!awareness.getLocalState()) awareness.setLocalState({}); // a client's clock 0 counts as nothing new
      awareness.setLocalState(state);
    },
    unacknowledged() {
      gate.flush();
      return session.status.unsentFrames || null;
    },
    async compact() {
      const confirmed = (): number => [...session.view.snapshots.values()].filter((each) => each.confirmed).length;
      const before = confirmed();
      if (!(await session.compact())) return false;
      while (confirmed() === before) await new Promise((resolve) => setTimeout(resolve, 5));
      return true;
    },
    async close() {
      gate.flush();
      gate.destroy();
      await session.close();
      awareness.destroy();
      doc.destroy();
      shared.destroy();
    },
  };
};
