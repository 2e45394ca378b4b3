import type { Awareness } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { Room, RoomRoot } from '../../../shared/crypto/room.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { NoticeCode } from '../../../shared/ipc/notices.ts';
import type { Heads } from '../../../shared/sync/content.ts';
import type { RosterView } from '../../../shared/sync/Roster.ts';
import type { RoleName } from '../../../shared/sync/records.ts';
import type { BlobTransfers, Progress } from './BlobTransfers.ts';
import type { Clock, SyncTiming } from './Clock.ts';
import type { Gatekeeper } from './Gatekeeper.ts';
import type { LoadedRoom } from './loadSharedDoc.ts';
import { OpenRoom } from './OpenRoom.ts';
import type { RelayLinkOptions } from './RelayLink.ts';
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
  /** Own role; null before the own admission is here. */
  role: RoleName | null;
  /** This device was removed. */
  removed: boolean;
  /** Changes known to exist that are not here, for longer than a moment. `sinceMs`: milliseconds since 1970, of this computer. */
  missing: { device: number; count: number; sinceMs: number }[];
}

export interface RoomNotice {
  code: NoticeCode;
  params?: Record<string, string | number>;
}

export interface RoomSessionOptions {
  ciphers: Ciphers;
  store: RoomStore;
  room: Room;
  /** The room's root, where it is kept. */
  root?: RoomRoot | null;
  /** From `loadSharedDoc` on the same store and doc. */
  loaded: LoadedRoom;
  sharedDoc: Y.Doc;
  /** Of `sharedDoc`. */
  awareness: Awareness;
  relayUrl: string;
  /** See `RelayLinkOptions`. */
  roomToken?: string | undefined;
  onStatus?: (status: RoomStatus) => void;
  onNotice?: (notice: RoomNotice) => void;
  /** Who is in the room, or until when, may have changed. */
  onMembers?: () => void;
  /** [SY55] The shared doc holds what counts no longer: close the session and load everything anew. */
  onRebuild?: () => void;
  /** A snapshot's state for a shared doc that holds nothing of others yet; 'update' of the shared doc does not tell of it. */
  onFirstState?: (state: Uint8Array) => void;
  /** Makes sockets; tests put faults into them. */
  createSocket?: RelayLinkOptions['createSocket'];
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
  /** Last frame of every author in the shared doc. */
  heads(): Heads;
  /** Counting device numbers, the own and removed ones included. */
  devices(): ReadonlySet<number>;
  /** Who is in the room, by the records here. */
  readonly view: RosterView;
  /** Milliseconds since 1970 when a sign of that device last arrived here in this session; null for none. */
  lastSeenMs(device: number): number | null;
  /** Has everything this device sealed. */
  isUpToDate(device: number): boolean;
  isPresent(device: number): boolean;
  /** Writes the records of an owner's or editor's device. */
  readonly gatekeeper: Gatekeeper;
  /** Removes a device and writes a fresh snapshot under the new keys. */
  remove(device: number): Promise<Result<null, { code: 'member-not-removable' }>>;
  /** Writes a snapshot now. False when this device may not or cannot. */
  compact(): Promise<boolean>;
  /** Every frame that a partner may have, records first, each chain in order. [SY60] */
  readFrames(): AsyncIterable<Uint8Array>;
  /** Takes frames that came another way than over the relay, in any order. [SY61] */
  takeFrames(frames: readonly Uint8Array[]): Promise<{ added: number; known: number; refused: number }>;
}

/** Opens a room on a loaded shared doc. Nothing touches the network before `connect`. */
export function openRoomSession(options: RoomSessionOptions): RoomSession {
  return new OpenRoom(options);
}
