import { deriveRoot, roomOf } from '../../../shared/crypto/room.ts';
import { ORIGIN } from '../replica/documents.ts';
import { foundRoom } from '../sync/foundRoom.ts';
import { openLevelRoomStore } from '../sync/LevelRoomStore.ts';
import { loadSharedDoc } from '../sync/loadSharedDoc.ts';
import { openRoomSession } from '../sync/RoomSession.ts';
import type { OpenRoomLink } from './RoomLink.ts';

/** Joins a complaint to its room through the sealed sync; frames lie in the complaint's own store under `room/`. */
export const openRoomLink: OpenRoomLink = async (options) => {
  const { ciphers, shared, stored } = options;
  const room = roomOf(ciphers, stored.roomPublicKey);
  const store = openLevelRoomStore({ db: options.store.db, prefix: 'room/', ciphers, storageKey: options.storageKey });
  const root = stored.rootSeed && deriveRoot(ciphers, stored.rootSeed);
  if (options.founding && root) {
    const device = { seed: stored.deviceSeed, organizationNumber: options.organizationNumber };
    await store.write({ frames: [foundRoom(ciphers, root, device)] }).done;
  }
  const device = { number: options.deviceNumber, seed: stored.deviceSeed };
  const loaded = await loadSharedDoc({ store, ciphers, room, device, doc: shared, origin: ORIGIN.disk });
  if (loaded.marks.damagedFrames > 0)
    options.onNotice({ code: 'complaint-parts-missing', params: { count: loaded.marks.damagedFrames } });
  return openRoomSession({
    ciphers,
    store,
    room,
    root,
    loaded,
    sharedDoc: shared,
    awareness: options.awareness,
    relayUrl: stored.relayUrl,
    roomToken: stored.roomTokens?.[stored.relayUrl],
    onStatus: options.onStatus,
    onNotice: options.onNotice,
    onMembers: options.onMembers,
    onRebuild: options.onRebuild,
    onFirstState: options.onFirstState,
  });
};
