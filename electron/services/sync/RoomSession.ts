import type { Awareness } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { RoomKeys } from '../../../shared/crypto/room.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { NoticeCode } from '../../../shared/ipc/notices.ts';
import type { BlobTransfers, Progress } from './BlobTransfers.ts';
import type { Clock, SyncTiming } from './Clock.ts';
import type { LoadedRoom } from './loadSharedDoc.ts';
import { OpenRoom } from './OpenRoom.ts';
import type { RoomStore } from './RoomStore.ts';

/** Joins `ComplaintStatus` of the ipc contract as it is. */
export interface RoomStatus {
  relay: 'connecting' | 'online' | 'away' | 'refused';
  /** Why it is away or refused; empty for no reason to tell. */
  relayReason: NoticeCode | '';
  /** Sealed frames no relay has acknowledged, and one more for work not sealed yet. */
  unsentFrames: number;
  /** Other admitted devices, and how many of them said that they have everything from here. */
  partners: number;
  partnersUpToDate: number;
}

export interface RoomNotice {
  code: NoticeCode;
  params?: Record<string, string | number>;
}

export interface RoomSessionOptions {
  ciphers: Ciphers;
  store: RoomStore;
  room: RoomKeys;
  /** From `loadSharedDoc` on the same store and doc. */
  loaded: LoadedRoom;
  /** `seed`: 32 bytes of this device's own Ed25519 pair. */
  device: { number: number; seed: Uint8Array; organizationNumber: number };
  sharedDoc: Y.Doc;
  /** Of `sharedDoc`. */
  awareness: Awareness;
  relayUrl: string;
  onStatus?: (status: RoomStatus) => void;
  onNotice?: (notice: RoomNotice) => void;
  clock?: Clock;
  timing?: Partial<SyncTiming>;
}

/** One complaint's connection to its room: it exists while the complaint is open, whether or not a relay is there. */
export interface RoomSession {
  /** Tries until `disconnect`, with growing pauses. */
  connect(): void;
  disconnect(): void;
  /** Seals and stores what is pending, says goodbye, lets go of the store. Does not close the database. */
  close(): Promise<void>;
  /** Everything handed over so far is sealed and on disk. Rejects when the disk refuses. */
  flush(): Promise<void>;
  readonly status: RoomStatus;
  onStatus(listener: (status: RoomStatus) => void): () => void;
  /** Origin of everything that arrives in the shared doc. */
  readonly provider: WebsocketProvider;
  /** Sealed blobs in parts, from a file and into one, with a signal to stop. */
  readonly blobs: BlobTransfers;
  /** Sealed bytes of `sealBlob`. Waits for a relay until `close`; a blob already there ends at once. */
  uploadBlob(sealed: Uint8Array, onProgress?: Progress): Promise<Result<{ blobId: string }, { code: NoticeCode }>>;
  /** Sealed bytes whose SHA-256 is `blobId`. Without a relay for 10 s: `relay-away`. */
  fetchBlob(blobId: string, onProgress?: Progress): Promise<Result<Uint8Array, { code: NoticeCode }>>;
  /** Device number to its last counter in the shared doc. */
  heads(): ReadonlyMap<number, number>;
  /** Admitted device numbers, the own one included. */
  devices(): ReadonlySet<number>;
}

/** Opens a room on a loaded shared doc. Nothing touches the network before `connect`. */
export function openRoomSession(options: RoomSessionOptions): RoomSession {
  return new OpenRoom(options);
}
