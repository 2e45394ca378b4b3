import { ok } from '../../../shared/domain/result.ts';
import { ORIGIN } from '../replica/documents.ts';
import { openLevelRoomStore } from '../sync/LevelRoomStore.ts';
import { loadSharedDoc } from '../sync/loadSharedDoc.ts';
import { openRoomSession } from '../sync/RoomSession.ts';
import type { OpenRoomLink } from './RoomLink.ts';

/** Joins a complaint to its room through the sealed sync; frames lie in the complaint's own store under `room/`. */
export const openRoomLink: OpenRoomLink = async (options) => {
  const { ciphers, keys, shared, stored } = options;
  const store = openLevelRoomStore({ db: options.store.db, prefix: 'room/', ciphers, storageKey: options.storageKey });
  const loaded = await loadSharedDoc({ store, ciphers, room: keys, doc: shared, origin: ORIGIN.disk });
  if (!loaded.ok) return loaded;
  return ok(
    openRoomSession({
      ciphers,
      store,
      room: keys,
      loaded: loaded.value,
      device: { number: options.deviceNumber, seed: stored.deviceSeed, organizationNumber: options.organizationNumber },
      sharedDoc: shared,
      awareness: options.awareness,
      relayUrl: stored.relayUrl,
      onStatus: options.onStatus,
      onNotice: options.onNotice,
    }),
  );
};
