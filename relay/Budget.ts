import { PUSH_BUFFER_BYTES, TIGHT_PUSH_BUFFER_BYTES } from './limits.ts';

/** Bytes held in memory for all connections together: half read, waiting, being written, being sent. */
export class Budget {
  readonly #limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Used up: from now on connections wait for the disk and for slow readers. */
  get isTight(): boolean {
    return this.#heldBytes > this.#limitBytes;
  }

  /** How much may wait in one socket before pushes stop. */
  get pushBytes(): number {
    return this.isTight ? TIGHT_PUSH_BUFFER_BYTES : PUSH_BUFFER_BYTES;
  }

  hold(sizeBytes: number): void {
    this.#heldBytes += sizeBytes;
  }

  release(sizeBytes: number): void {
    this.#heldBytes -= sizeBytes;
  }
}
