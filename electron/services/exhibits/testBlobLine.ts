import { BlobDesk } from '../../../relay/BlobDesk.ts';
import type { BlobStore } from '../../../relay/BlobStore.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { RoomId } from '../../../shared/domain/ids.ts';
import {
  type DeviceMessage,
  encodeDeviceMessage,
  encodeRelayMessage,
  parseDeviceMessage,
  parseRelayMessage,
  type RelayMessage,
} from '../../../shared/sync/RelayMessage.ts';
import { BlobTransfers as RoomBlobs } from '../sync/BlobTransfers.ts';
import type { RelayLink } from '../sync/RelayLink.ts';
import type { BlobRoom } from './BlobTransfers.ts';

export const TEST_ROOM = 'a'.repeat(26) as RoomId;

/** What a message meets on the line: it passes, or the line is cut before or after it arrived. */
export type Fate = 'pass' | 'cut-before' | 'cut-after';

/**
 * For tests: one device's blob messages to a relay's desk over a line that can be cut at any message. Bytes are encoded
 * and parsed as on a socket.
 */
export class BlobLine implements BlobRoom {
  readonly blobs: RoomBlobs;
  /** Bytes of blobs that crossed, both ways. */
  movedBytes = 0;
  /** Decides over each message; the line comes back by itself after a cut. */
  fate: (message: DeviceMessage | RelayMessage) => Fate = () => 'pass';
  /** Changes a message that arrives here. */
  change: (message: RelayMessage) => RelayMessage = (message) => message;
  readonly #options: { store: () => BlobStore; device: number; maxRoomBytes: () => number };
  #connection = 0;

  constructor(
    ciphers: Ciphers,
    options: { store: () => BlobStore; device?: number; maxRoomBytes?: () => number; answerMs?: number },
  ) {
    this.blobs = new RoomBlobs(ciphers, { answerMs: options.answerMs ?? 5_000 });
    this.#options = { device: 1, maxRoomBytes: () => 1_000_000_000, ...options };
    this.connect();
  }

  connect(): void {
    const connection = ++this.#connection;
    const { store, device, maxRoomBytes } = this.#options;
    const alive = (): boolean => connection === this.#connection;
    const desk = new BlobDesk({
      store: store(),
      room: TEST_ROOM,
      device,
      maxRoomBytes: maxRoomBytes(),
      send: (message) => alive() && this.#toDevice(message),
      drained: async () => {},
      // as the relay does when its disk fails: the connection ends, and the device comes back with another
      onFailure: () => alive() && this.#cutSoon(),
    });
    const link = {
      bufferedBytes: 0,
      send: (message: DeviceMessage) => {
        if (!alive()) return;
        const parsed = parseDeviceMessage(encodeDeviceMessage(message));
        if (!parsed.ok || (parsed.value.type !== 'blob-put' && parsed.value.type !== 'blob-get'))
          throw new Error('line');
        const fate = this.fate(message);
        if (message.type === 'blob-put') this.movedBytes += message.chunk.length;
        if (fate !== 'cut-before') void desk.handle(parsed.value);
        if (fate !== 'pass') this.#cutSoon();
      },
    };
    this.blobs.setLink(link as unknown as RelayLink);
  }

  /** The connection is gone; `connect` brings another. */
  cut(): void {
    this.#connection += 1;
    this.blobs.setLink(null);
  }

  close(): void {
    this.#connection += 1;
    this.blobs.close();
  }

  #toDevice(message: RelayMessage): void {
    const parsed = parseRelayMessage(encodeRelayMessage(this.change(message)));
    if (!parsed.ok) throw new Error('line');
    const { value } = parsed;
    if (value.type !== 'blob-taken' && value.type !== 'blob-chunk' && value.type !== 'blob-refused') return;
    const fate = this.fate(message);
    if (value.type === 'blob-chunk') this.movedBytes += value.chunk.length;
    if (fate !== 'cut-before') this.blobs.receive(value);
    if (fate !== 'pass') this.#cutSoon();
  }

  #cutSoon(): void {
    const connection = this.#connection;
    queueMicrotask(() => {
      if (connection !== this.#connection) return;
      this.cut();
      setImmediate(() => {
        if (this.#connection === connection + 1) this.connect();
      });
    });
  }
}
