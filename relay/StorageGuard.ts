import type { RelayLimits } from './limits.ts';

export interface StorageGuardOptions {
  limits: RelayLimits;
  /** Frames and blobs on disk at the start. */
  usedBytes: number;
  /** Free on the disk under the data folder. Rejects when that cannot be known. */
  freeBytes(): Promise<number>;
  /** After a failed write: makes the log writable again or rejects. */
  recover(): Promise<void>;
  /** Taking stopped or began again. */
  onChange(state: StorageState): void;
}

export type StorageState = 'accepting' | 'disk-full' | 'write-failed';

/**
 * Decides whether there is room for more: the operator's total, what the disk has left above a reserve, and whether the
 * last write worked. Below the reserve posts are refused and everything stays readable; it goes on by itself.
 */
export class StorageGuard {
  readonly #options: StorageGuardOptions;
  #used: number;
  #freeBytes = Number.POSITIVE_INFINITY;
  #failed = false;
  #state: StorageState = 'accepting';
  #checking: Promise<void> | null = null;

  constructor(options: StorageGuardOptions) {
    this.#options = options;
    this.#used = options.usedBytes;
  }

  get state(): StorageState {
    return this.#state;
  }

  get usedBytes(): number {
    return this.#used;
  }

  /** As of the last check, less what was stored since; infinite before the first. */
  get freeBytes(): number {
    return this.#freeBytes;
  }

  hasRoomFor(sizeBytes: number): boolean {
    const { totalBytes, freeBytes } = this.#options.limits;
    if (this.#state === 'accepting' && this.#freeBytes - sizeBytes < freeBytes) this.#judge(sizeBytes);
    return this.#state === 'accepting' && this.#used + sizeBytes <= totalBytes;
  }

  noteStored(sizeBytes: number): void {
    this.#used += sizeBytes;
    this.#freeBytes -= sizeBytes;
  }

  /** A write was refused by the disk. */
  noteFailure(): void {
    this.#failed = true;
    this.#judge(0);
  }

  /** Looks at the disk, and tries again after a failure. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  }

  async #check(): Promise<void> {
    try {
      this.#freeBytes = await this.#options.freeBytes();
    } catch {
      return; // not knowable at the moment: what was known stands, and a failing write will say so
    }
    if (this.#failed && this.#freeBytes >= this.#options.limits.freeBytes) {
      try {
        await this.#options.recover();
        this.#failed = false;
      } catch {
        // still refused by the disk; the state goes on saying so until the next check
      }
    }
    this.#judge(0);
  }

  #judge(neededBytes: number): void {
    const full = this.#freeBytes - neededBytes < this.#options.limits.freeBytes;
    const state: StorageState = this.#failed ? 'write-failed' : full ? 'disk-full' : 'accepting';
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onChange(state);
  }
}
