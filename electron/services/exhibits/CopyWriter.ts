import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobSealer } from '../../../shared/crypto/BlobSealer.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { SealedFile } from '../../../shared/ipc/contract.ts';
import { syncFolder } from '../storage/atomicWrite.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { CopyFile } from './CopyFile.ts';

/** Where an anonymized copy lies and how it opens, as its record in the shared document says. */
export type SealedCopy = Pick<SealedFile, 'sha256' | 'blobId' | 'blobKey'>;

/**
 * Seals an anonymized copy into a temporary file, from its beginning to its end, with one chunk in memory. It gets the
 * name under which it is read only by `keep`, after it was read back whole. What is not kept must be discarded.
 */
export class CopyWriter {
  readonly sizeBytes: number;
  readonly #folder: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #ciphers: Ciphers;
  readonly #sealer: BlobSealer;
  readonly #plainHash: Hash = createHash('sha256');
  readonly #chunkBytes: number | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #receivedBytes = 0;
  #copy: SealedCopy | null = null;

  private constructor(
    folder: string,
    temporary: string,
    handle: FileHandle,
    ciphers: Ciphers,
    sizeBytes: number,
    chunkBytes: number | undefined,
  ) {
    this.#folder = folder;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#ciphers = ciphers;
    this.sizeBytes = sizeBytes;
    this.#chunkBytes = chunkBytes;
    this.#sealer = new BlobSealer(ciphers, sizeBytes, createHash('sha256'), chunkBytes);
  }

  /** For a file of `sizeBytes`, which is not above the limit. `chunkBytes` for tests only. */
  static async create(folder: string, ciphers: Ciphers, sizeBytes: number, chunkBytes?: number): Promise<CopyWriter> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `${Buffer.from(randomBytes(12)).toString('hex')}.part`);
    const handle = await open(temporary, 'wx', 0o600);
    const writer = new CopyWriter(folder, temporary, handle, ciphers, sizeBytes, chunkBytes);
    try {
      await handle.writeFile(writer.#sealer.head);
    } catch (error) {
      await writer.discard();
      throw error;
    }
    return writer;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Of the file, once it was checked. */
  get sha256(): string | null {
    return this.#copy?.sha256 ?? null;
  }

  /** The next bytes of the file, any number of them, kept for a while. More than it has are the caller's mistake. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#receivedBytes + bytes.length > this.sizeBytes) throw new RangeError('size');
    this.#receivedBytes += bytes.length;
    this.#plainHash.update(bytes);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    await this.#sealWaiting();
  }

  /** All bytes came: makes them durable and opens them again. Throws when what was read back is not what was written. */
  async check(): Promise<CopyFile> {
    await this.#sealWaiting(); // chunks that hold nothing but filler
    const blobId = this.#sealer.finish();
    await this.#handle.sync();
    await this.#handle.close();
    const { blobKey } = this.#sealer;
    this.#copy = { sha256: this.#plainHash.digest('hex'), blobId, blobKey };
    const opened = await CopyFile.open(this.#temporary, this.#ciphers, blobId, blobKey, {
      chunkBytes: this.#chunkBytes,
    });
    if (opened?.ok && (await opened.value.isWhole(this.#copy.sha256))) return opened.value;
    if (opened?.ok) await opened.value.close();
    throw new Error('sealed copy does not read back');
  }

  /** After `check`. `remember` is told the blob's id before it gets its name. */
  async keep(remember: (blobId: string) => Promise<void>): Promise<SealedCopy> {
    if (!this.#copy) throw new Error('unchecked');
    await remember(this.#copy.blobId);
    await rename(this.#temporary, join(this.#folder, this.#copy.blobId));
    await syncFolder(this.#folder);
    return this.#copy;
  }

  /** Nothing of it stays, unless it was kept. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(this.#temporary, { force: true });
  }

  async #sealWaiting(): Promise<void> {
    for (;;) {
      const wanted = this.#sealer.wantedBytes;
      if (wanted === null || wanted > this.#waitingBytes) return;
      await this.#handle.writeFile(this.#sealer.next(this.#take(wanted)));
    }
  }

  #take(length: number): Uint8Array {
    const part = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const first = this.#waiting.shift() as Uint8Array;
      const used = first.subarray(0, length - filled);
      part.set(used, filled);
      filled += used.length;
      if (used.length < first.length) this.#waiting.unshift(first.subarray(used.length));
    }
    this.#waitingBytes -= length;
    return part;
  }
}
