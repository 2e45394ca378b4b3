import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RoomId } from '../shared/domain/ids.ts';
import type { BlobStore, BlobUpload } from './BlobStore.ts';

/** One file a blob: `<folder>/<room>/<id>`. Left-over temporary files are removed at the start. */
export async function openFileBlobStore(folder: string): Promise<BlobStore> {
  const incoming = path.join(folder, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  return new FileBlobStore(folder, incoming);
}

class FileBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string, incoming: string) {
    this.#folder = folder;
    this.#incoming = incoming;
  }

  async sizeOf(room: RoomId, blobId: string): Promise<number | null> {
    return orNull(async () => (await stat(this.#fileOf(room, blobId))).size);
  }

  async roomBytes(room: RoomId): Promise<number> {
    const names = (await orNull(() => readdir(this.#roomFolder(room)))) ?? [];
    let sum = 0;
    for (const name of names) sum += (await this.sizeOf(room, name)) ?? 0;
    return sum;
  }

  async begin(room: RoomId, blobId: string, sizeBytes: number): Promise<BlobUpload> {
    const temporary = path.join(this.#incoming, randomBytes(16).toString('hex'));
    const roomFolder = this.#roomFolder(room);
    const target = this.#fileOf(room, blobId);
    const handle = await open(temporary, 'wx', 0o600);
    return new FileBlobUpload(handle, temporary, target, sizeBytes, blobId, async () => {
      const made = await mkdir(roomFolder, { recursive: true });
      if (made) await syncFolder(this.#folder);
    });
  }

  async read(room: RoomId, blobId: string, offset: number, length: number): Promise<Uint8Array | null> {
    return orNull(async () => {
      const handle = await open(this.#fileOf(room, blobId), 'r');
      try {
        const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    });
  }

  #roomFolder(room: RoomId): string {
    if (!/^[a-z2-7]{26}$/.test(room)) throw new TypeError('room id');
    return path.join(this.#folder, room);
  }

  #fileOf(room: RoomId, blobId: string): string {
    if (!/^[0-9a-f]{64}$/.test(blobId)) throw new TypeError('blob id');
    return path.join(this.#roomFolder(room), blobId);
  }
}

class FileBlobUpload implements BlobUpload {
  receivedBytes = 0;
  readonly #handle: FileHandle;
  readonly #temporary: string;
  readonly #target: string;
  readonly #sizeBytes: number;
  readonly #blobId: string;
  readonly #makeFolder: () => Promise<void>;
  readonly #hash = createHash('sha256');

  constructor(
    handle: FileHandle,
    temporary: string,
    target: string,
    sizeBytes: number,
    blobId: string,
    makeFolder: () => Promise<void>,
  ) {
    this.#handle = handle;
    this.#temporary = temporary;
    this.#target = target;
    this.#sizeBytes = sizeBytes;
    this.#blobId = blobId;
    this.#makeFolder = makeFolder;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.receivedBytes += chunk.length;
    let done = 0;
    while (done < chunk.length) done += (await this.#handle.write(chunk, done)).bytesWritten;
  }

  async finish(): Promise<boolean> {
    if (this.receivedBytes !== this.#sizeBytes || this.#hash.digest('hex') !== this.#blobId) {
      await this.abort();
      return false;
    }
    await this.#handle.sync();
    await this.#handle.close();
    await this.#makeFolder();
    await rename(this.#temporary, this.#target);
    await syncFolder(path.dirname(this.#target));
    return true;
  }

  async abort(): Promise<void> {
    await this.#handle.close();
    await rm(this.#temporary, { force: true });
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
