import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RoomId } from '../shared/domain/ids.ts';
import type { AppendAnswer, BlobStore, UploadKey } from './BlobStore.ts';
import { PARTIAL_LIMITS, type PartialLimits, type PartialUpload, PartialUploads } from './PartialUploads.ts';

const HASH_STEP_BYTES = 256 * 1024;
/** After so many bytes of an upload the disk is made to keep them. */
const SYNC_BYTES = 1024 * 1024;

/** One file a blob: `<folder>/<room>/<id>`; unfinished uploads lie in `<folder>/incoming`. */
export async function openFileBlobStore(
  folder: string,
  options: { partials?: Partial<PartialLimits>; nowMs?: () => number } = {},
): Promise<BlobStore> {
  const limits = { ...PARTIAL_LIMITS, ...options.partials };
  const partials = await PartialUploads.open(path.join(folder, 'incoming'), limits, options.nowMs ?? Date.now);
  return new FileBlobStore(folder, partials);
}

class FileBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #partials: PartialUploads;
  /** What is done to one room's uploads is done one after the other. */
  readonly #turns = new Map<RoomId, Promise<unknown>>();

  constructor(folder: string, partials: PartialUploads) {
    this.#folder = folder;
    this.#partials = partials;
  }

  async sizeOf(room: RoomId, blobId: string): Promise<number | null> {
    return orNull(async () => (await stat(this.#fileOf(room, blobId))).size);
  }

  async roomBytes(room: RoomId): Promise<number> {
    const names = (await orNull(() => readdir(this.#roomFolder(room)))) ?? [];
    let sum = this.#partials.reservedBytes(room);
    for (const name of names) sum += (await this.sizeOf(room, name)) ?? 0;
    return sum;
  }

  async receivedBytes(key: UploadKey): Promise<number | null> {
    this.#fileOf(key.room, key.blobId);
    return this.#partials.find(key)?.receivedBytes ?? null;
  }

  begin(key: UploadKey, maxRoomBytes: number): Promise<boolean> {
    return this.#inTurn(key.room, async () => {
      if (this.#partials.find(key)) return true;
      const missing = (await this.roomBytes(key.room)) + key.sizeBytes - maxRoomBytes;
      if (missing > 0 && !(await this.#partials.makeRoom(key.room, missing))) return false;
      this.#fileOf(key.room, key.blobId);
      const upload = await this.#partials.add(key);
      try {
        await (await open(upload.file, 'w', 0o600)).close();
      } catch (error) {
        await this.#partials.remove(key);
        throw error;
      }
      return true;
    });
  }

  append(key: UploadKey, offset: number, chunk: Uint8Array): Promise<AppendAnswer> {
    return this.#inTurn(key.room, async () => {
      const upload = this.#partials.find(key);
      if (!upload) return { outcome: 'more', receivedBytes: 0 };
      const { receivedBytes } = upload;
      if (offset !== receivedBytes) return { outcome: 'more', receivedBytes };
      const end = offset + chunk.length;
      if (end > key.sizeBytes) {
        await this.#partials.remove(key);
        return { outcome: 'damaged' };
      }
      const whole = end === key.sizeBytes;
      if (!(await writeAt(upload, offset, chunk, whole || passes(offset, end, SYNC_BYTES)))) {
        await this.#partials.remove(key); // the file vanished under us
        return { outcome: 'more', receivedBytes: 0 };
      }
      this.#partials.noteReceived(upload, chunk.length);
      return whole ? this.#finish(upload) : { outcome: 'more', receivedBytes: upload.receivedBytes };
    });
  }

  async discard(key: UploadKey): Promise<void> {
    if (this.#partials.find(key)) await this.#inTurn(key.room, () => this.#partials.remove(key));
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

  /** The file as it lies on disk is judged, not what was sent: it may be older than this run. */
  async #finish({ key, file }: PartialUpload): Promise<AppendAnswer> {
    if ((await hashOf(file)) !== key.blobId) {
      await this.#partials.remove(key);
      return { outcome: 'damaged' };
    }
    const roomFolder = this.#roomFolder(key.room);
    if (await mkdir(roomFolder, { recursive: true })) await syncFolder(this.#folder);
    await rename(file, this.#fileOf(key.room, key.blobId));
    await syncFolder(roomFolder);
    await this.#partials.remove(key);
    return { outcome: 'stored' };
  }

  async #inTurn<T>(room: RoomId, run: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(room) ?? Promise.resolve();
    const result = before.then(run);
    const turn = result.catch(() => {}); // told to whoever asked
    this.#turns.set(room, turn);
    try {
      return await result;
    } finally {
      if (this.#turns.get(room) === turn) this.#turns.delete(room);
    }
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

/** False when the file is gone. */
async function writeAt(upload: PartialUpload, offset: number, chunk: Uint8Array, sync: boolean): Promise<boolean> {
  const handle = await orNull(() => open(upload.file, 'r+'));
  if (!handle) return false;
  try {
    let done = 0;
    while (done < chunk.length) {
      done += (await handle.write(chunk, done, chunk.length - done, offset + done)).bytesWritten;
    }
    if (sync) await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'r');
  try {
    const step = new Uint8Array(HASH_STEP_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(step, 0, step.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(step.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

function passes(from: number, to: number, step: number): boolean {
  return Math.floor(from / step) !== Math.floor(to / step);
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
