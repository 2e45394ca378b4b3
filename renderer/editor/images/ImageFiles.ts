import type { ImageId } from '../../../shared/domain/ids.ts';
import { isCleanImage } from '../../../shared/domain/images/cleanImage.ts';
import { IMAGE_LIMITS } from '../../../shared/domain/images/imageRules.ts';
import type { ImageFile } from '../../../shared/domain/records.ts';
import { MAX_PART_BYTES } from '../../../shared/ipc/partBytes.ts';
import { ask } from '../../ui/bridge.ts';
import type { ImageState } from '../ImageApi.ts';

export interface ShownImage {
  state: ImageState;
  /** Where the page has it; empty unless it is here. */
  url: string;
}

interface Entry extends ShownImage {
  blobId: string;
}

const GONE: ShownImage = { state: 'gone', url: '' };
const READ_AT_ONCE = 3;

/**
 * The files of a complaint's images in this window: read when they are first wanted, a few at a time, and again by
 * themselves when they arrive. What a partner sent is looked at before it is shown [DO83].
 */
export class ImageFiles {
  readonly #complaintId: string;
  readonly #getRecords: () => readonly ImageFile[];
  readonly #onChange: (imageId: ImageId) => void;
  readonly #entries = new Map<ImageId, Entry>();
  readonly #waiting: ImageId[] = [];
  readonly #stop: () => void;
  #reading = 0;
  #disposed = false;

  constructor(options: {
    complaintId: string;
    getRecords(): readonly ImageFile[];
    onChange(imageId: ImageId): void;
  }) {
    this.#complaintId = options.complaintId;
    this.#getRecords = options.getRecords;
    this.#onChange = options.onChange;
    this.#stop = window.alegato.on('exhibits/files', ({ complaintId, files }) => {
      if (complaintId !== this.#complaintId) return;
      const here = new Set(files.filter((file) => file.here).map((file) => file.blobId));
      for (const [imageId, entry] of this.#entries)
        if (entry.state === 'waiting' && here.has(entry.blobId)) this.#enqueue(imageId, entry);
    });
  }

  recordOf(imageId: ImageId | ''): ImageFile | null {
    return this.#getRecords().find((record) => record.id === imageId) ?? null;
  }

  /** What is known now; begins to read what was never wanted before. */
  want(imageId: ImageId | ''): ShownImage {
    const record = this.recordOf(imageId);
    if (!record?.blobId || imageId === '') return GONE;
    const known = this.#entries.get(imageId);
    if (known?.blobId === record.blobId) return known;
    if (known?.url) URL.revokeObjectURL(known.url);
    const entry: Entry = { state: 'loading', url: '', blobId: record.blobId };
    this.#entries.set(imageId, entry);
    this.#enqueue(imageId, entry);
    return entry;
  }

  /** Bytes that this window has just sealed need not be read back. */
  put(imageId: ImageId, blobId: string, blob: Blob): void {
    this.#entries.set(imageId, { state: 'here', url: URL.createObjectURL(blob), blobId });
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
    for (const { url } of this.#entries.values()) if (url) URL.revokeObjectURL(url);
    this.#entries.clear();
  }

  #enqueue(imageId: ImageId, entry: Entry): void {
    entry.state = 'loading';
    this.#waiting.push(imageId);
    this.#next();
  }

  #next(): void {
    while (this.#reading < READ_AT_ONCE) {
      const imageId = this.#waiting.shift();
      if (imageId === undefined || this.#disposed) return;
      const entry = this.#entries.get(imageId);
      const record = this.recordOf(imageId);
      if (!entry || !record) continue;
      this.#reading += 1;
      void this.#read(record).then((read) => {
        this.#reading -= 1;
        if (this.#disposed) return;
        if (this.#entries.get(imageId) === entry) {
          entry.state = read instanceof Blob ? 'here' : read;
          entry.url = read instanceof Blob ? URL.createObjectURL(read) : '';
          this.#onChange(imageId);
        }
        this.#next();
      });
    }
  }

  async #read(record: ImageFile): Promise<Blob | 'waiting' | 'damaged'> {
    const { blobId, blobKey, sha256 } = record;
    const source = { kind: 'copy', blobId, blobKey, sha256 } as const;
    const opened = await ask('exhibits/open-file', { complaintId: this.#complaintId, source });
    if (!opened.ok) return opened.error.code === 'blob-not-here' ? 'waiting' : 'damaged';
    const { sizeBytes } = opened.value;
    if (sizeBytes > IMAGE_LIMITS.fileBytes) return 'damaged';
    const bytes = new Uint8Array(sizeBytes);
    for (let offset = 0; offset < sizeBytes; ) {
      const length = Math.min(MAX_PART_BYTES, sizeBytes - offset);
      const part = await ask('exhibits/read-part', { complaintId: this.#complaintId, source, offset, length });
      if (!part.ok || part.value.bytes.length === 0) return 'damaged';
      bytes.set(part.value.bytes, offset);
      offset += part.value.bytes.length;
    }
    return isCleanImage(bytes, record) ? new Blob([bytes], { type: record.mime }) : 'damaged';
  }
}
