import { hex } from '../shared/crypto/bytes.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { LIMITS } from '../shared/sync/limits.ts';
import type { DeviceMessage, RelayMessage } from '../shared/sync/RelayMessage.ts';
import type { BlobStore, UploadKey } from './BlobStore.ts';

type Put = Extract<DeviceMessage, { type: 'blob-put' }>;
type Get = Extract<DeviceMessage, { type: 'blob-get' }>;

/** Messages that may wait for the disk before the connection is made to wait too. */
const MAX_WAITING = 4;

export interface BlobDeskOptions {
  store: BlobStore;
  room: RoomId;
  /** The admitted device at the other end: it goes on with its own uploads only. [SY27a] */
  device: number;
  maxRoomBytes: number;
  send(message: RelayMessage): void;
  /** Resolves when little is on its way to the device: frames are not to wait behind a blob. */
  drained(): Promise<void>;
  /** The disk failed in a way that is not a full one. */
  onFailure(): void;
}

/** The blob messages of one connection, answered in their order beside its frames. Between them nothing is kept. */
export class BlobDesk {
  readonly #options: BlobDeskOptions;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #closed = false;

  constructor(options: BlobDeskOptions) {
    this.#options = options;
  }

  /** Resolves at once unless too many messages wait already. */
  async handle(message: Put | Get): Promise<void> {
    this.#waiting += 1;
    this.#turn = this.#turn
      .then(() => this.#answer(message))
      .catch(() => this.#options.onFailure())
      .finally(() => {
        this.#waiting -= 1;
      });
    if (this.#waiting >= MAX_WAITING) await this.#turn;
  }

  /** The socket is gone: what waits is not answered; what came of an upload stays. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#turn;
  }

  async #answer(message: Put | Get): Promise<void> {
    if (this.#closed) return;
    if (message.type === 'blob-put') return this.#options.send(await this.put(message));
    await this.#options.drained();
    this.#options.send(await this.get(message));
  }

  async put(message: Put): Promise<RelayMessage> {
    const { store, room, device, maxRoomBytes } = this.#options;
    const { size, offset, chunk } = message;
    const id = message.blobId.slice();
    const key: UploadKey = { room, blobId: hex(id), device, sizeBytes: size };
    const taken = (received: number, stored: boolean): RelayMessage => ({
      type: 'blob-taken',
      blobId: id,
      received,
      stored,
    });
    const refused = (code: string): RelayMessage => ({ type: 'blob-refused', blobId: id, code });
    if (size === 0 || size > LIMITS.blob) return refused('relay-quota');
    const present = await store.sizeOf(room, key.blobId);
    if (present !== null) {
      await store.discard(key);
      return taken(present, true);
    }
    if (offset + chunk.length > size) {
      await store.discard(key);
      return refused('blob-damaged');
    }
    try {
      if (!(await store.begin(key, maxRoomBytes))) return refused('relay-quota');
      const received = (await store.receivedBytes(key)) ?? 0;
      // all bytes came and the relay ended before it looked at them: an empty chunk at the end has it look
      if (chunk.length === 0 && received < size) return taken(received, false);
      const answer = await store.append(key, chunk.length === 0 ? received : offset, chunk);
      if (answer.outcome === 'damaged') return refused('blob-damaged');
      return answer.outcome === 'stored' ? taken(size, true) : taken(answer.receivedBytes, false);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (code === 'ENOSPC' || code === 'EDQUOT') return refused('relay-quota');
      throw error;
    }
  }

  /** No more than asked for and than one chunk; a length of 0 tells the size alone. */
  async get(message: Get): Promise<RelayMessage> {
    const { store, room } = this.#options;
    const id = message.blobId.slice();
    const blobId = hex(id);
    const size = await store.sizeOf(room, blobId);
    const { offset } = message;
    const notHere: RelayMessage = { type: 'blob-refused', blobId: id, code: 'blob-not-here' };
    if (size === null) return notHere;
    if (message.length === 0) return { type: 'blob-chunk', blobId: id, size, offset, chunk: new Uint8Array() };
    if (offset >= size) return notHere;
    const length = Math.min(message.length, LIMITS.blobChunk, size - offset);
    const chunk = await store.read(room, blobId, offset, length);
    return chunk ? { type: 'blob-chunk', blobId: id, size, offset, chunk } : notHere;
  }
}
