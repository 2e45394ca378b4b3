import { join } from 'node:path';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { type CopyContent, CopyFile } from './CopyFile.ts';
import type { SealedCopy } from './CopyWriter.ts';

type Damaged = { code: 'blob-damaged' };

/**
 * Anonymized copies on this disk. A copy is looked through whole once, both hashes, before any part of it is given; as
 * long as its file stays the same, parts of it are then read from their own chunks alone. [CR17]
 */
export class CopyReader {
  readonly #blobsPath: string;
  readonly #ciphers: Ciphers;
  /** What was looked through since the complaint was opened, by record of the copy and stamp of its file. */
  readonly #whole = new Map<string, { mark: string; content: CopyContent }>();

  constructor(blobsPath: string, ciphers: Ciphers) {
    this.#blobsPath = blobsPath;
    this.#ciphers = ciphers;
  }

  /** The size of the file, after it was looked through; null when it is not here. */
  async open(copy: SealedCopy): Promise<Result<number, Damaged> | null> {
    const opened = await this.#open(copy);
    if (!opened?.ok) return opened;
    const { sizeBytes } = opened.value;
    await opened.value.close();
    return ok(sizeBytes);
  }

  /** A part of it; null when it is not here. */
  async read(copy: SealedCopy, offset: number, length: number): Promise<Result<Uint8Array, Damaged> | null> {
    const opened = await this.#open(copy);
    if (!opened?.ok) return opened;
    try {
      const bytes = await opened.value.read(offset, length);
      if (bytes) return ok(bytes);
      this.#whole.delete(copy.blobId);
      return fail({ code: 'blob-damaged' });
    } finally {
      await opened.value.close();
    }
  }

  async #open({ blobId, blobKey, sha256 }: SealedCopy): Promise<Result<CopyFile, Damaged> | null> {
    const markOf = (stamp: string): string => `${blobKey}/${sha256}/${stamp}`;
    const known = (stamp: string): CopyContent | null => {
      const found = this.#whole.get(blobId);
      return found?.mark === markOf(stamp) ? found.content : null;
    };
    const opened = await CopyFile.open(join(this.#blobsPath, blobId), this.#ciphers, blobId, blobKey, { known });
    if (!opened?.ok) return opened;
    const file = opened.value;
    if (known(file.stamp)) return opened;
    let whole = false;
    try {
      whole = await file.isWhole(sha256);
    } finally {
      if (!whole) await file.close();
    }
    if (!whole) return fail({ code: 'blob-damaged' });
    this.#remember(blobId, { mark: markOf(file.stamp), content: file.content });
    return opened;
  }

  /** Of copies that have to be in memory whole, only the one opened last is. [CR12] */
  #remember(blobId: string, found: { mark: string; content: CopyContent }): void {
    if (found.content.heldBytes > 0)
      for (const [id, { content }] of this.#whole) if (content.heldBytes > 0) this.#whole.delete(id);
    this.#whole.set(blobId, found);
  }
}
