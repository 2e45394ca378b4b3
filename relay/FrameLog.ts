import type { RoomId } from '../shared/domain/ids.ts';
import type { LogEntry } from '../shared/sync/RelayMessage.ts';

/** A frame to append, with what the log must answer about it later. */
export interface NewFrame {
  bytes: Uint8Array;
  device: number;
  counter: number;
  hash: Uint8Array;
  /** It is a record: `readRecords` gives it back. */
  isRecord: boolean;
  /** Where the device's chain ends with it; null for a record ahead of its chain. */
  end: DeviceEnd | null;
}

export interface DeviceEnd {
  counter: number;
  hash: Uint8Array;
}

export interface DroppedFrame {
  sequence: number;
  device: number;
  counter: number;
}

export interface RoomState {
  /** 0 for an empty room. */
  lastSequence: number;
  sizeBytes: number;
  ends: Map<number, DeviceEnd>;
}

/** A frame that is what was appended, as its own bytes tell. */
export interface SurveyedFrame {
  sequence: number;
  device: number;
  counter: number;
  hash: Uint8Array;
  previous: Uint8Array;
}

/** What is whole of a room, found from its frames alone. */
export interface RoomSurvey {
  lastSequence: number;
  sizeBytes: number;
  /** What `totalBytes` counted for the room before. */
  countedBytes: number;
  frames: SurveyedFrame[];
  records: LogEntry[];
  /** Ends as they were kept; they may say more than the frames do, and less. */
  ends: Map<number, DeviceEnd>;
  /** How many frames were not what was appended. They are forgotten. */
  damaged: number;
}

/**
 * The append-only log of sealed frames, one sequence a room. One process writes. The acceptance suite is
 * `frameLogContract.ts`; every implementation passes it.
 */
export interface FrameLog {
  /** 16 bytes made with the data, so that a log restored or started anew is told apart. */
  readonly logId: Uint8Array;
  /** [SY76] The log id is a new one whenever frames handed to `append` may have been lost. */
  readonly renewsLogId?: boolean;
  /** [SY75] How often it had to be repaired to be opened. */
  readonly repairs?: number;
  /** [SY75] Called when a frame that is read is not the one that was appended; it is left out. */
  onDamage?: ((room: RoomId) => void) | null;
  /** [SY75] Looks through a whole room, forgets what is damaged, and mends what is kept beside the frames. */
  survey?(room: RoomId): Promise<RoomSurvey>;
  /** State on disk; an unknown room is empty. */
  readRoom(room: RoomId): Promise<RoomState>;
  /** How many rooms hold a frame. */
  roomCount(): Promise<number>;
  /** Every record of the room, in order, but for those at sequences that the caller knows. */
  readRecords(room: RoomId, known?: ReadonlySet<number>): Promise<LogEntry[]>;
  /** Frames of all rooms together. */
  totalBytes(): Promise<number>;
  /**
   * Appends at `sequence`, which the caller keeps rising by one. Resolves once the frame survives a power cut; appends
   * resolve in the order of the calls. Rejects when it could not be written, and so do all after it until `recover`.
   */
  append(room: RoomId, sequence: number, sizeBytes: number, frame: NewFrame): Promise<void>;
  /** [SY75] The ends of all chains; nothing is left of those before. */
  replaceEnds?(room: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void>;
  /** [SY56] Sets ends of chains without a frame. Durable when it resolves. */
  moveEnds(room: RoomId, ends: ReadonlyMap<number, DeviceEnd>): Promise<void>;
  /** [SY57] Forgets these frames and what was kept about them; The last two are the room's from then on. All or nothing. */
  drop(room: RoomId, frames: readonly DroppedFrame[], lastSequence: number, sizeBytes: number): Promise<void>;
  /**
   * Entries after `after`, in order, at least one if there is one; the one that takes them to `maxBytes` is the last, unless
   * all of them would be more than `LIMITS.frame`. Of those before `allFrom` records only.
   */
  read(room: RoomId, after: number, maxBytes: number, allFrom?: number): Promise<LogEntry[]>;
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
