import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { RoomKeys } from '../../../shared/crypto/room.ts';
import { mayWrite } from '../../../shared/sync/clientIds.ts';
import { encodeUpdateContent } from '../../../shared/sync/content.ts';
import { cutScan, writePieces } from '../../../shared/sync/cutUpdate.ts';
import { createFrame, KIND } from '../../../shared/sync/Frame.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import { scanUpdate } from '../../../shared/sync/scanUpdate.ts';
import type { Clock } from './Clock.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomStore } from './RoomStore.ts';

export interface FrameOutboxOptions {
  ciphers: Ciphers;
  room: RoomKeys;
  device: { number: number; secretKey: Uint8Array };
  record: RoomRecord;
  store: RoomStore;
  clock: Clock;
  /** How long followers of a sealed update wait now. */
  windowMs(): number;
  /** The frame is on disk and may be sent. Called in the order of counters. */
  onStored(counter: number, frame: Uint8Array): void;
  onFailure(code: 'disk-full' | 'payload-refused'): void;
}

const AT_ONCE_BYTES = 64 * 1024;

/** Turns the shared doc's outgoing updates into sealed frames on disk. [SY30] [SY31] [SY32] */
export class FrameOutbox {
  readonly #options: FrameOutboxOptions;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #lastSealMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;
  #lastWrite: Promise<void> = Promise.resolve();
  #broken = false;

  constructor(options: FrameOutboxOptions) {
    this.#options = options;
  }

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Takes an update of the shared doc; updates of one client must come without gaps. */
  take(update: Uint8Array): void {
    this.#pending.push(update);
    this.#pendingBytes += update.length;
    const { clock, windowMs } = this.#options;
    const waitMs = this.#lastSealMs + windowMs() - clock.now();
    if (this.#pendingBytes >= AT_ONCE_BYTES || waitMs <= 0) return this.seal();
    this.#cancelTimer ??= clock.setTimer(() => {
      this.#cancelTimer = null;
      this.seal();
    }, waitMs);
  }

  /** Seals what is pending now. */
  seal(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const updates = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    if (updates.length === 0 || this.#broken) return;
    this.#lastSealMs = this.#options.clock.now();
    const update = updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates);
    const scan = scanUpdate(update);
    if (!scan.ok) return this.#options.onFailure('payload-refused');
    const { device, record } = this.#options;
    const left = cutScan(scan.value, {
      keeps: (client) => mayWrite(device.number, client),
      sealedUntil: (client) => record.sealedUntil(client),
      sealedDeletions: record.deletions,
    });
    for (const piece of writePieces(update, left, LIMITS.framePiece)) this.#sealPiece(piece);
  }

  /** Resolves when everything taken so far is sealed and on disk; rejects when the disk refuses. */
  async settle(): Promise<void> {
    this.seal();
    await this.#lastWrite;
  }

  #sealPiece(update: Uint8Array): void {
    const { ciphers, room, device, record, store, onStored, onFailure } = this.#options;
    const { counter: last, hash: previous } = record.ledger.chainEnd(device.number);
    const counter = last + 1;
    const heads = record.ledger.heads();
    heads.delete(device.number);
    const content = encodeUpdateContent({ heads, update });
    if (content.length > LIMITS.frameContent || this.#broken) return onFailure('payload-refused');
    const frame = createFrame(ciphers, room, device.secretKey, {
      kind: KIND.update,
      device: device.number,
      counter,
      previous,
      content,
    });
    const answer = record.ledger.accept(frame, { trusted: true });
    if (answer.outcome !== 'kept' || answer.counted[0]?.refusal !== null)
      throw new Error('own frame refused by the own ledger');
    answer.counted.forEach((counted) => record.noteCounted(counted));
    const { indexes, done } = store.write({ frames: [frame] });
    record.noteStored(device.number, counter, indexes[0] as number);
    this.#lastWrite = done;
    done.then(
      () => onStored(counter, frame),
      () => {
        if (this.#broken) return;
        this.#broken = true; // the chain in memory is ahead of the disk: nothing of it may leave
        onFailure('disk-full');
      },
    );
  }
}
