import { hex } from '../shared/crypto/bytes.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { LIMITS } from '../shared/sync/limits.ts';
import type { DeviceMessage, RelayMessage } from '../shared/sync/RelayMessage.ts';
import type { BlobStore, BlobUpload } from './BlobStore.ts';

type Put = Extract<DeviceMessage, { type: 'blob-put' }>;
type Get = Extract<DeviceMessage, { type: 'blob-get' }>;

/** The blob messages of one connection: one upload at a time, chunks in order. [SY27] */
export class BlobDesk {
  readonly #store: BlobStore;
  readonly #room: RoomId;
  readonly #maxRoomBytes: number;
  #upload: { blobId: string; size: number; upload: BlobUpload } | null = null;

  constructor(store: BlobStore, room: RoomId, maxRoomBytes: number) {
    this.#store = store;
    this.#room = room;
    this.#maxRoomBytes = maxRoomBytes;
  }

  async put(message: Put): Promise<RelayMessage> {
    const { size, offset, chunk } = message;
    const id = message.blobId.slice();
    const blobId = hex(id);
    const refused = (code: string): RelayMessage => ({ type: 'blob-refused', blobId: id, code });
    if (offset === 0) {
      await this.abort();
      const present = await this.#store.sizeOf(this.#room, blobId);
      if (present !== null) return { type: 'blob-taken', blobId: id, received: present, stored: true };
      const used = await this.#store.roomBytes(this.#room);
      if (size === 0 || size > LIMITS.blob || used + size > this.#maxRoomBytes) return refused('relay-quota');
      this.#upload = { blobId, size, upload: await this.#store.begin(this.#room, blobId, size) };
    }
    const current = this.#upload;
    const inOrder = current?.blobId === blobId && current.size === size && current.upload.receivedBytes === offset;
    if (!current || !inOrder || chunk.length === 0 || offset + chunk.length > size) {
      await this.abort();
      return refused('blob-damaged');
    }
    await current.upload.write(chunk);
    const received = current.upload.receivedBytes;
    if (received < size) return { type: 'blob-taken', blobId: id, received, stored: false };
    this.#upload = null;
    const stored = await current.upload.finish();
    return stored ? { type: 'blob-taken', blobId: id, received, stored } : refused('blob-damaged');
  }

  async get(message: Get): Promise<RelayMessage> {
    const id = message.blobId.slice();
    const blobId = hex(id);
    const size = await this.#store.sizeOf(this.#room, blobId);
    const chunk =
      size === null || message.offset >= size
        ? null
        : await this.#store.read(this.#room, blobId, message.offset, Math.min(LIMITS.blobChunk, size - message.offset));
    if (size === null || !chunk) return { type: 'blob-refused', blobId: id, code: 'blob-not-here' };
    return { type: 'blob-chunk', blobId: id, size, offset: message.offset, chunk };
  }

  async abort(): Promise<void> {
    const current = this.#upload;
    this.#upload = null;
    await current?.upload.abort();
  }
}
