const KB = 1024;
const MB = 1024 * KB;

/** Sizes in bytes that every side keeps to; SPEC.md names them. */
export const LIMITS = {
  /** [SY6] Content of one sealed frame. */
  frameContent: 8 * MB,
  /** [SY6] A whole frame. */
  frame: 8 * MB + 64 * KB,
  /** A larger change is split into pieces of about this size. */
  framePiece: 1 * MB,
  presence: 64 * KB,
  /** [SY25] */
  page: 256 * KB,
  /** [SY27] */
  blobChunk: 256 * KB,
  /** [SY27] A sealed blob: a file of at most 512 MB [CR18], its padding, header and tags. */
  blob: 512 * MB + 64 * KB,
  /** A sealed blob of which a whole is held in memory: of format 1 [CR12]. */
  blobInMemory: 16 * MB + 64 * KB,
  /** One WebSocket message: a frame and its envelope. */
  message: 8 * MB + 128 * KB,
  /** [SY20] Before a valid hello. */
  beforeHello: 64 * KB,
} as const;
