const SMALLEST_BYTES = 8 * 1024;
const LARGEST_BYTES = 256 * 1024;
const FIRST_BYTES = 64 * 1024;
/** A chunk is to hold up a keystroke behind it for no longer than about this. */
const TARGET_MS = 100;

/** How large chunks are to be, so that one chunk is on its way for a tenth of a second, whatever the line. */
export class Pace {
  #chunkBytes = FIRST_BYTES;
  /** The shortest answer seen: what the way there and back takes by itself. */
  #roundTripMs = Number.POSITIVE_INFINITY;

  get chunkBytes(): number {
    return this.#chunkBytes;
  }

  /** An exchange with a chunk of so many bytes took so long; 0 bytes measure the way alone. */
  note(bytes: number, elapsedMs: number): void {
    this.#roundTripMs = Math.min(this.#roundTripMs, elapsedMs);
    if (bytes === 0) return;
    const movingMs = elapsedMs - this.#roundTripMs;
    if (movingMs > 1.5 * TARGET_MS) this.#chunkBytes = Math.max(SMALLEST_BYTES, this.#chunkBytes / 2);
    else if (movingMs < TARGET_MS / 2) this.#chunkBytes = Math.min(LARGEST_BYTES, this.#chunkBytes * 2);
  }
}
