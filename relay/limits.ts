const MB = 1024 * 1024;

/** What an operator may set; every number has a flag in `index.ts`. */
export interface RelayLimits {
  connections: number;
  connectionsPerRoom: number;
  rooms: number;
  /** Frames of one room. */
  roomBytes: number;
  /** Blobs of one room. */
  roomBlobBytes: number;
  devicesPerRoom: number;
  /** Presence beyond it is dropped. */
  presencePerSecond: number;
  /** A connection without a valid hello is cut off after this. */
  helloMs: number;
  /** A connection that says nothing is cut off after this; devices ping every few seconds. */
  silenceMs: number;
}

export const DEFAULT_LIMITS: RelayLimits = {
  connections: 2_000,
  connectionsPerRoom: 64,
  rooms: 10_000,
  roomBytes: 512 * MB,
  roomBlobBytes: 2_048 * MB,
  devicesPerRoom: 256,
  presencePerSecond: 60,
  helloMs: 10_000,
  silenceMs: 60_000,
};

/** Bytes waiting in a socket's buffer beyond which nothing more is pushed to it. */
export const PUSH_BUFFER_BYTES = 1 * MB;
/** Bytes posted and not yet on disk beyond which a connection is not read. */
export const APPEND_BUFFER_BYTES = 4 * MB;
