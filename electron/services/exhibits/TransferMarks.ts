import type { ComplaintStore, StoreWrite } from '../storage/ComplaintStore.ts';

const UPLOAD = 'upload/';
const DOWNLOAD = 'download/';
const PAUSED = 'transfers-paused';
const BYTE = { waiting: 1, refused: 2, stopped: 3 } as const;

/** What has still to go up: it waits, the relay had no room for it, or a person stopped it. */
export type UploadMark = keyof typeof BYTE;

/** What has to be remembered of transfers when the program ends. Every change is on disk when it resolves. */
export class TransferMarks {
  readonly uploads = new Map<string, UploadMark>();
  /** Files that a person does not want here for now. */
  readonly stoppedDownloads = new Set<string>();
  paused = false;
  readonly #store: ComplaintStore;

  constructor(store: ComplaintStore) {
    this.#store = store;
  }

  async load(): Promise<void> {
    for await (const { name, value } of this.#store.entries(UPLOAD)) {
      const mark = (Object.keys(BYTE) as UploadMark[]).find((key) => BYTE[key] === value?.[0]) ?? 'waiting';
      const blobId = name.slice(UPLOAD.length);
      if (!this.uploads.has(blobId)) this.uploads.set(blobId, mark);
    }
    for await (const { name } of this.#store.entries(DOWNLOAD)) this.stoppedDownloads.add(name.slice(DOWNLOAD.length));
    this.paused = (await this.#store.get(PAUSED)) !== null;
  }

  async setUpload(blobId: string, mark: UploadMark | null): Promise<void> {
    if (mark) this.uploads.set(blobId, mark);
    else this.uploads.delete(blobId);
    await this.#write(UPLOAD + blobId, mark ? BYTE[mark] : null);
  }

  async setDownloadStopped(blobId: string, stopped: boolean): Promise<void> {
    if (this.stoppedDownloads.has(blobId) === stopped) return;
    if (stopped) this.stoppedDownloads.add(blobId);
    else this.stoppedDownloads.delete(blobId);
    await this.#write(DOWNLOAD + blobId, stopped ? BYTE.stopped : null);
  }

  async setPaused(paused: boolean): Promise<void> {
    this.paused = paused;
    await this.#write(PAUSED, paused ? 1 : null);
  }

  #write(name: string, value: number | null): Promise<void> {
    const write: StoreWrite =
      value === null ? { type: 'del', name } : { type: 'put', name, value: new Uint8Array([value]) };
    return this.#store.write([write]);
  }
}
