import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../storage/atomicWrite.ts';
import type { BlobSink } from '../sync/BlobTransfers.ts';
import { hashOf } from './readFully.ts';

const NAME = /^([0-9a-f]{64})\.(\d{1,10})\.partial$/;

/**
 * A sealed blob that is still coming: `<id>.<size>.partial` beside the whole ones. It gets the name under which it is read
 * only after all of it lies on disk and its SHA-256 is its id.
 */
export class PartialBlobFile implements BlobSink {
  receivedBytes = 0;
  sizeBytes: number | null = null;
  readonly #folder: string;
  readonly #blobId: string;
  #handle: FileHandle | null = null;

  private constructor(folder: string, blobId: string) {
    this.#folder = folder;
    this.#blobId = blobId;
  }

  /** Takes up what came earlier. */
  static async open(folder: string, blobId: string): Promise<PartialBlobFile> {
    const file = new PartialBlobFile(folder, blobId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      const [, id, size] = NAME.exec(name) ?? [];
      if (id !== blobId) continue;
      const { size: receivedBytes } = await stat(join(folder, name));
      if (file.sizeBytes !== null || receivedBytes > Number(size)) {
        await rm(join(folder, name), { force: true });
        continue;
      }
      file.sizeBytes = Number(size);
      file.receivedBytes = receivedBytes;
    }
    return file;
  }

  get isComplete(): boolean {
    return this.sizeBytes !== null && this.receivedBytes === this.sizeBytes;
  }

  async begin(sizeBytes: number): Promise<void> {
    await this.discard();
    this.sizeBytes = sizeBytes;
    this.#handle = await open(this.#path, 'w', 0o600);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#handle ??= await open(this.#path, 'r+');
    let done = 0;
    while (done < chunk.length) {
      const at = this.receivedBytes + done;
      done += (await this.#handle.write(chunk, done, chunk.length - done, at)).bytesWritten;
    }
    this.receivedBytes += chunk.length;
  }

  /** True: the blob is whole, durable and visible. False: it was not what its id says, and nothing of it is kept. */
  async finish(): Promise<boolean> {
    await this.close();
    const handle = await open(this.#path, 'r+');
    let found: string | null;
    try {
      found = await hashOf(handle, (await handle.stat()).size);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (found !== this.#blobId) {
      await this.discard();
      return false;
    }
    await rename(this.#path, join(this.#folder, this.#blobId));
    await syncFolder(this.#folder);
    return true;
  }

  async discard(): Promise<void> {
    await this.close();
    if (this.sizeBytes !== null) await rm(this.#path, { force: true });
    this.sizeBytes = null;
    this.receivedBytes = 0;
  }

  /** Lets go of the file; what came stays. */
  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }

  get #path(): string {
    return join(this.#folder, `${this.#blobId}.${this.sizeBytes}.partial`);
  }
}

/** Removes parts of blobs that nothing wants any more, and temporary files of a write that a crash ended. */
export async function removeLeftOverParts(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return; // no folder, nothing left over
  }
  for (const name of names) {
    const [, id] = NAME.exec(name) ?? [];
    if (id ? !wanted.has(id) : name.endsWith('.part')) await rm(join(folder, name), { force: true });
  }
}

/** Keeps a whole file that is not what its id says under another name, so that nothing takes it for the blob. */
export async function setDamagedAside(folder: string, blobId: string): Promise<void> {
  try {
    await rename(join(folder, blobId), join(folder, `${blobId}.damaged`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
