import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Events, Notice } from '../../../shared/ipc/contract.ts';
import { atomicWrite } from '../storage/atomicWrite.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';

const UPLOAD = 'upload/';

/** What is needed of a room here; null while the complaint is not shared. */
export interface BlobRoom {
  uploadBlob(
    sealed: Uint8Array,
    onProgress?: (sentBytes: number, totalBytes: number) => void,
  ): Promise<Result<{ blobId: string }, Notice>>;
  fetchBlob(
    blobId: string,
    onProgress?: (receivedBytes: number, totalBytes: number) => void,
  ): Promise<Result<Uint8Array, Notice>>;
}
export interface BlobTransferOptions {
  blobsPath: string;
  store: ComplaintStore;
  /** Null when nothing may cross now: not shared, relay away, or the gate holds. */
  room: () => BlobRoom | null;
  /** Ids of the blobs that the shared document names. */
  wanted: () => Iterable<string>;
  onTransfer: (event: Omit<Events['exhibits/transfer'], 'complaintId'>) => void;
  retryMs?: number;
}

/**
 * Brings sealed blobs to the relay and from it, one at a time each way. What has still to go up is remembered on disk,
 * also before the complaint is shared; what has to come down follows from the shared document.
 */
export class BlobTransfers {
  readonly #options: BlobTransferOptions;
  readonly #fetching = new Map<string, Promise<Result<null, Notice>>>();
  /** Blobs that came damaged; asked for again only when a person does. */
  readonly #damaged = new Set<string>();
  #uploading = false;
  #fetchingAll = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(options: BlobTransferOptions) {
    this.#options = options;
  }

  async rememberUpload(blobId: string): Promise<void> {
    await this.#options.store.put(UPLOAD + blobId, new Uint8Array([1]));
  }

  /** Looks again at what has to go up or come down: call it when the relay, the gate or the shared document changed. */
  poke(): void {
    if (this.#closed || !this.#options.room()) return;
    this.#uploadAll().catch(() => this.#retryLater());
    this.#fetchAll().catch(() => this.#retryLater());
  }

  /** One blob at once, for a person who waits for it. */
  fetchNow(blobId: string): Promise<Result<null, Notice>> {
    this.#damaged.delete(blobId);
    return this.#fetch(blobId);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #uploadAll(): Promise<void> {
    if (this.#uploading) return;
    this.#uploading = true;
    try {
      const waiting: string[] = [];
      for await (const { name } of this.#options.store.entries(UPLOAD)) waiting.push(name.slice(UPLOAD.length));
      for (const blobId of waiting) {
        const room = this.#options.room();
        if (!room || this.#closed) return;
        const path = join(this.#options.blobsPath, blobId);
        if (!(await exists(path))) continue;
        const sealed = new Uint8Array(await readFile(path));
        const sent = await room.uploadBlob(sealed, (received, total) =>
          this.#options.onTransfer({ blobId, direction: 'up', received, total, done: false }),
        );
        if (this.#closed) return;
        if (!sent.ok) {
          this.#retryLater();
          continue;
        }
        await this.#options.store.delete(UPLOAD + blobId);
        this.#options.onTransfer({
          blobId,
          direction: 'up',
          received: sealed.length,
          total: sealed.length,
          done: true,
        });
      }
    } finally {
      this.#uploading = false;
    }
  }

  async #fetchAll(): Promise<void> {
    if (this.#fetchingAll) return;
    this.#fetchingAll = true;
    try {
      for (const blobId of new Set(this.#options.wanted())) {
        if (this.#closed || !this.#options.room()) return;
        if (this.#damaged.has(blobId) || (await exists(join(this.#options.blobsPath, blobId)))) continue;
        const fetched = await this.#fetch(blobId);
        if (fetched.ok) continue;
        if (fetched.error.code === 'blob-damaged') this.#damaged.add(blobId);
        else this.#retryLater();
      }
    } finally {
      this.#fetchingAll = false;
    }
  }

  #fetch(blobId: string): Promise<Result<null, Notice>> {
    const running = this.#fetching.get(blobId);
    if (running) return running;
    const work = this.#fetchOne(blobId).finally(() => this.#fetching.delete(blobId));
    this.#fetching.set(blobId, work);
    return work;
  }

  async #fetchOne(blobId: string): Promise<Result<null, Notice>> {
    const room = this.#options.room();
    if (!room || this.#closed) return fail({ code: 'blob-not-here' });
    const sealed = await room.fetchBlob(blobId, (received, total) =>
      this.#options.onTransfer({ blobId, direction: 'down', received, total, done: false }),
    );
    if (!sealed.ok) return sealed;
    await mkdir(this.#options.blobsPath, { recursive: true, mode: 0o700 });
    await atomicWrite(join(this.#options.blobsPath, blobId), sealed.value);
    this.#options.onTransfer({
      blobId,
      direction: 'down',
      received: sealed.value.length,
      total: sealed.value.length,
      done: true,
    });
    return ok(null);
  }

  #retryLater(): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.poke();
    }, this.#options.retryMs ?? 3_000);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
