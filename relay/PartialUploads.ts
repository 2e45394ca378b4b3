import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RoomId } from '../shared/domain/ids.ts';
import { LIMITS } from '../shared/sync/limits.ts';
import type { UploadKey } from './BlobStore.ts';

/** Bounds of what unfinished uploads may leave on a relay. */
export interface PartialLimits {
  perDevice: number;
  total: number;
  /** Without a chunk for so long an upload is forgotten. */
  ageMs: number;
  /** With less than `stepBytes` in so long it gives way to an upload that has no room otherwise. */
  idleMs: number;
  /** What a line must bring to count as going on: a byte now and then does not keep a place. */
  stepBytes: number;
}

export const PARTIAL_LIMITS: PartialLimits = {
  perDevice: 4,
  total: 4_096,
  ageMs: 7 * 24 * 3_600_000,
  idleMs: 600_000,
  stepBytes: LIMITS.blobChunk,
};

export interface PartialUpload {
  readonly key: UploadKey;
  readonly file: string;
  receivedBytes: number;
  lastMs: number;
  /** When it had last gone on by a whole step, and its length then. */
  step: { atMs: number; bytes: number };
}

const CLEAN_EVERY_MS = 3_600_000;
const NAME = /^([a-z2-7]{26})\.([0-9a-f]{64})\.(\d{1,5})\.(\d{1,10})$/;

/** Temporary files of unfinished uploads. A file's name says whose it is, so that a restart needs no other record. */
export class PartialUploads {
  readonly #folder: string;
  readonly #limits: PartialLimits;
  readonly #nowMs: () => number;
  readonly #uploads = new Map<string, PartialUpload>();
  #cleanedMs: number;

  private constructor(folder: string, limits: PartialLimits, nowMs: () => number) {
    this.#folder = folder;
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#cleanedMs = nowMs();
  }

  /** Takes up what an earlier run left; whatever is too old, too long or of another name is removed. */
  static async open(folder: string, limits: PartialLimits, nowMs: () => number): Promise<PartialUploads> {
    const uploads = new PartialUploads(folder, limits, nowMs);
    await mkdir(folder, { recursive: true });
    const found: PartialUpload[] = [];
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name);
      const key = parseName(name);
      const entry = await stat(file).catch(() => null);
      if (!entry) continue; // gone since it was listed
      const { size, mtimeMs } = entry;
      if (key && size <= key.sizeBytes) {
        const step = { atMs: mtimeMs, bytes: size };
        found.push({ key, file, receivedBytes: size, lastMs: mtimeMs, step });
      } else await rm(file, { recursive: true, force: true });
    }
    for (const upload of found.sort((a, b) => a.lastMs - b.lastMs)) uploads.#uploads.set(nameOf(upload.key), upload);
    await uploads.#removeOld();
    return uploads;
  }

  find(key: UploadKey): PartialUpload | null {
    return this.#uploads.get(nameOf(key)) ?? null;
  }

  /** Bytes that the unfinished uploads of a room will take. */
  reservedBytes(room: RoomId): number {
    let sum = 0;
    for (const { key } of this.#uploads.values()) if (key.room === room) sum += key.sizeBytes;
    return sum;
  }

  /**
   * Makes room for `wantedBytes` in a room by forgetting uploads that nobody goes on with, those first that waited longest:
   * else one device could keep the others' files away with sizes that it never sends. True when that was enough.
   */
  async makeRoom(room: RoomId, wantedBytes: number): Promise<boolean> {
    const nowMs = this.#nowMs();
    const idle = [...this.#uploads.values()]
      .filter(({ key, step }) => key.room === room && nowMs - step.atMs > this.#limits.idleMs)
      .sort((a, b) => a.step.atMs - b.step.atMs);
    let freedBytes = idle.reduce((sum, { key }) => sum + key.sizeBytes, 0);
    if (freedBytes < wantedBytes) return false;
    freedBytes = 0;
    for (const { key } of idle) {
      if (freedBytes >= wantedBytes) break;
      await this.remove(key);
      freedBytes += key.sizeBytes;
    }
    return true;
  }

  /** A new, empty upload. Whoever has too many loses the one that waited longest. */
  async add(key: UploadKey): Promise<PartialUpload> {
    if (this.#nowMs() - this.#cleanedMs > CLEAN_EVERY_MS) await this.#removeOld();
    const own = [...this.#uploads.values()].filter((u) => u.key.room === key.room && u.key.device === key.device);
    if (own.length >= this.#limits.perDevice) await this.remove(oldest(own).key);
    if (this.#uploads.size >= this.#limits.total) await this.remove(oldest([...this.#uploads.values()]).key);
    const name = nameOf(key);
    const nowMs = this.#nowMs();
    const step = { atMs: nowMs, bytes: 0 };
    const upload = { key, file: path.join(this.#folder, name), receivedBytes: 0, lastMs: nowMs, step };
    this.#uploads.set(name, upload);
    return upload;
  }

  noteReceived(upload: PartialUpload, bytes: number): void {
    upload.receivedBytes += bytes;
    upload.lastMs = this.#nowMs();
    if (upload.receivedBytes - upload.step.bytes >= this.#limits.stepBytes)
      upload.step = { atMs: upload.lastMs, bytes: upload.receivedBytes };
  }

  /** The file got its final name, or is to go. */
  async remove(key: UploadKey): Promise<void> {
    const upload = this.find(key);
    this.#uploads.delete(nameOf(key));
    if (upload) await rm(upload.file, { force: true });
  }

  async #removeOld(): Promise<void> {
    this.#cleanedMs = this.#nowMs();
    for (const { key, lastMs } of [...this.#uploads.values()])
      if (this.#cleanedMs - lastMs > this.#limits.ageMs) await this.remove(key);
  }
}

function nameOf({ room, blobId, device, sizeBytes }: UploadKey): string {
  return `${room}.${blobId}.${device}.${sizeBytes}`;
}

function parseName(name: string): UploadKey | null {
  const [, room, blobId, device, size] = NAME.exec(name) ?? [];
  if (!room || !blobId) return null;
  return { room: room as RoomId, blobId, device: Number(device), sizeBytes: Number(size) };
}

function oldest(uploads: PartialUpload[]): PartialUpload {
  return uploads.reduce((a, b) => (b.lastMs < a.lastMs ? b : a));
}
