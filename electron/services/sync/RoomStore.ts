/** What was last seen of a relay's log. */
export interface RelayCursor {
  logId: Uint8Array;
  /** Everything up to here is stored. */
  sequence: number;
  /** Hash of the frame at `sequence`. */
  hash: Uint8Array;
}

/** One atomic write. */
export interface RoomWrite {
  /** Sealed frames as they travel, own and received; kept in this order. */
  frames?: Uint8Array[];
  cursor?: RelayCursor | null;
  /** Last own counter that a relay acknowledged. */
  acknowledged?: number;
  /** Last own counter that was ever sealed here. */
  ownLast?: number;
  /** Indexes of frames that are forgotten. */
  drop?: number[];
  /**
   * Somebody else has it too: it may wait a moment for other writes to go along with, and survives a power cut only a
   * second later.
   */
  mayWait?: boolean;
  /** What stood there before would do as well: it need not survive a power cut. */
  isHint?: boolean;
}

export interface RoomMarks {
  cursor: RelayCursor | null;
  acknowledged: number;
  /** 0 for none. */
  ownLast: number;
  /** Frames that could not be opened and were cut out; they are missing until somebody sends them again. */
  damagedFrames: number;
}

/**
 * Durable local store of one room: every frame known here and the marks above. Writes take effect in the order of the
 * calls; a later write on disk means that all earlier ones are.
 */
export interface RoomStore {
  /**
   * Hands every frame over in the order written, then the marks. Frames that are damaged are cut out and counted, and the
   * cursor is then null, so that everything is fetched again.
   */
  load(onFrame: (index: number, frame: Uint8Array) => void): Promise<RoomMarks>;
  /**
   * Takes the write in order at once; `indexes` are those of its frames. `done` resolves once it survives a power cut, for
   * one that may wait once it survives the end of the program; it rejects when the disk refuses, after which no later write
   * succeeds either.
   */
  write(write: RoomWrite): { indexes: number[]; done: Promise<void> };
  /** A frame by index, also one whose write is under way; null for an unknown index. */
  readFrame(index: number): Promise<Uint8Array | null>;
  /** Resolves when all writes are done. */
  close(): Promise<void>;
}
