import type { Awareness } from 'y-protocols/awareness';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { SharedDoc } from '../replica/documents.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import type { RoomSession, RoomStatus } from '../sync/RoomSession.ts';
import type { StoredRoom } from './ComplaintIdentity.ts';

export interface RoomLinkOptions {
  ciphers: Ciphers;
  store: ComplaintStore;
  storageKey: Uint8Array;
  stored: StoredRoom;
  /** The room is made now: its first frame is written. */
  founding: boolean;
  deviceNumber: number;
  organizationNumber: number;
  shared: SharedDoc;
  awareness: Awareness;
  onStatus: (status: RoomStatus) => void;
  onNotice: (notice: Notice) => void;
  onMembers: () => void;
  onRebuild: () => void;
  /** See `RoomSessionOptions`. */
  onFirstState: (state: Uint8Array) => void;
}

/** Fills the shared doc from the frames on disk and gives the room, not yet connected. It never takes the replica. */
export type OpenRoomLink = (options: RoomLinkOptions) => Promise<RoomSession>;
