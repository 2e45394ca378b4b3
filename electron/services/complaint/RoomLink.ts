import type { Awareness } from 'y-protocols/awareness';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { RoomKeys } from '../../../shared/crypto/room.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { ComplaintStatus, Notice } from '../../../shared/ipc/contract.ts';
import type { BlobRoom } from '../exhibits/BlobTransfers.ts';
import type { SharedDoc } from '../replica/documents.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import type { StoredRoom } from './ComplaintIdentity.ts';

export type RoomLinkStatus = Pick<ComplaintStatus, 'relayReason' | 'unsentFrames' | 'partners' | 'partnersUpToDate'> & {
  relay: 'connecting' | 'online' | 'away' | 'refused';
};

/** What a complaint needs of its room; it takes the shared doc, never the replica. */
export interface RoomLink extends BlobRoom {
  connect(): void;
  close(): Promise<void>;
  flush(): Promise<void>;
  readonly status: RoomLinkStatus;
  devices(): ReadonlySet<number>;
}

export interface RoomLinkOptions {
  ciphers: Ciphers;
  store: ComplaintStore;
  storageKey: Uint8Array;
  keys: RoomKeys;
  stored: StoredRoom;
  deviceNumber: number;
  organizationNumber: number;
  shared: SharedDoc;
  awareness: Awareness;
  onStatus: (status: RoomLinkStatus) => void;
  onNotice: (notice: Notice) => void;
}

/** Fills the shared doc from the frames on disk and gives the room, not yet connected. */
export type OpenRoomLink = (options: RoomLinkOptions) => Promise<Result<RoomLink, { code: 'complaint-damaged' }>>;
