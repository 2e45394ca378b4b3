const KB = 1024;
const MB = 1024 * KB;

/** What an operator may set; every number has a row in `settings.ts`. */
export interface RelayLimits {
  connections: number;
  connectionsPerRoom: number;
  /** An address is one IPv4 address or one IPv6 /64. */
  connectionsPerAddress: number;
  /** New connections a second from one address, after a first burst of `connectionsPerAddress`. */
  newConnectionsPerSecond: number;
  /** Connections that have not said a valid hello yet. */
  pendingConnections: number;
  rooms: number;
  /** Frames of one room. */
  roomBytes: number;
  /** Blobs of one room. */
  roomBlobBytes: number;
  /** Frames and blobs of all rooms. */
  totalBytes: number;
  /** With less free on the disk nothing more is taken. */
  freeBytes: number;
  devicesPerRoom: number;
  /** Presence beyond it is dropped. */
  presencePerSecond: number;
  /** Beyond these four a connection is read more slowly; nothing is dropped. */
  deviceMessagesPerSecond: number;
  deviceBytesPerSecond: number;
  roomMessagesPerSecond: number;
  roomBytesPerSecond: number;
  /** Frames a second that a connection may have rejected; far beyond it is cut off. */
  rejectionsPerSecond: number;
  /** Bytes held for all connections, on their way in and out. */
  bufferBytes: number;
  /** [SY77] Of them, bytes of messages half received or not dealt with yet; one of the largest always fits beside. */
  intakeBytes: number;
  /** [SY77] A connection whose unfinished message stands still is cut off after this. */
  halfMessageMs: number;
  /** A connection without a valid hello is cut off after this. */
  helloMs: number;
  /** A connection that says nothing is cut off after this; devices ping every few seconds. */
  silenceMs: number;
  /** A connection that takes nothing of what waits for it is cut off after this. */
  stallMs: number;
}

export const DEFAULT_LIMITS: RelayLimits = {
  connections: 2_000,
  connectionsPerRoom: 64,
  connectionsPerAddress: 400,
  newConnectionsPerSecond: 20,
  pendingConnections: 1_000,
  rooms: 10_000,
  roomBytes: 512 * MB,
  roomBlobBytes: 2_048 * MB,
  totalBytes: 102_400 * MB,
  freeBytes: 64 * MB,
  devicesPerRoom: 256,
  presencePerSecond: 60,
  deviceMessagesPerSecond: 5_000,
  deviceBytesPerSecond: 8 * MB,
  roomMessagesPerSecond: 10_000,
  roomBytesPerSecond: 32 * MB,
  rejectionsPerSecond: 100,
  bufferBytes: 256 * MB,
  intakeBytes: 4 * MB,
  halfMessageMs: 10_000,
  helloMs: 10_000,
  silenceMs: 60_000,
  stallMs: 30_000,
};

/** A rate may be exceeded for this long after a rest. */
export const BURST_SECONDS = 4;
/** Rejections come in bursts: whatever a device had on its way when the first one reached it. */
export const REJECTION_BURST = 50_000;
/** [SY78] Of them frames that are forged or none at all; damage on a device's disk makes a few. */
export const FORGERY_BURST = 200;
export const FORGERIES_PER_SECOND = 10;
/** Bytes waiting in a socket's buffer beyond which nothing more is pushed to it. */
export const PUSH_BUFFER_BYTES = 1 * MB;
/** The same when `bufferBytes` is used up. */
export const TIGHT_PUSH_BUFFER_BYTES = 64 * KB;
/** Bytes posted and not yet on disk beyond which a connection is not read. */
export const APPEND_BUFFER_BYTES = 4 * MB;
/** Messages and bytes read and not yet handled beyond which a connection is not read. */
export const WAITING_MESSAGES = 32;
export const WAITING_BYTES = 1 * MB;
