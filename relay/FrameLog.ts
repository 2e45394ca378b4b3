import type { RoomId } from '../shared/domain/ids.ts';
import type { LogEntry } from '../shared/sync/RelayMessage.ts';

/** A frame to append, with what the log must answer about it later. */
export interface NewFrame {
  bytes: Uint8Array;
  device: number;
  counter: number;
  hash: Uint8Array;
  /** The device's key: given with its admission, else null. */
  publicKey: Uint8Array | null;
}

export interface DeviceEnd {
  counter: number;
  hash: Uint8Array;
  publicKey: Uint8Array;
}

export interface RoomState {
  /** 0 for an empty room. */
  lastSequence: number;
  sizeBytes: number;
  devices: Map<number, DeviceEnd>;
}

/**
 * The append-only log of sealed frames, one sequence a room. One process writes. The acceptance suite is
 * `frameLogContract.ts`; every implementation passes it.
 */
export interface FrameLog {
  /** 16 bytes made with the data, so that a log restored or started anew is told apart. */
  readonly logId: Uint8Array;
  /** State on disk; an unknown room is empty. */
  readRoom(room: RoomId): Promise<RoomState>;
  /** How many rooms hold a frame. */
  roomCount(): Promise<number>;
  /** Frames of all rooms together. */
  totalBytes(): Promise<number>;
  /**
   * Appends at `sequence`, which the caller keeps rising by one. Resolves once the frame survives a power cut; appends
   * resolve in the order of the calls. Rejects when it could not be written, and so do all after it until `recover`.
   */
  append(room: RoomId, sequence: number, sizeBytes: number, frame: NewFrame): Promise<void>;
  /** Entries after `after`, in order, at least one if there is one, together at most about `maxBytes`. */
  read(room: RoomId, after: number, maxBytes: number): Promise<LogEntry[]>;
  /** Hash of the entry at a sequence, or null. */
  hashAt(room: RoomId, sequence: number): Promise<Uint8Array | null>;
  /** Where a device's frame is, or null. */
  find(room: RoomId, device: number, counter: number): Promise<{ sequence: number; hash: Uint8Array } | null>;
  /**
   * After a rejected append: makes the log writable again, or rejects. A rejected frame may turn out to be on disk, so
   * every room is read anew afterwards.
   */
  recover(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
