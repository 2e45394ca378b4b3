import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { EPOCH_ID_BYTES, type Epoch, type Room } from '../../../shared/crypto/room.ts';
import { mayWrite } from '../../../shared/sync/clientIds.ts';
import { encodeUpdateContent } from '../../../shared/sync/content.ts';
import { cutScan, writePieces } from '../../../shared/sync/cutUpdate.ts';
import { createFrame, createRecordFrame, createSnapshotFrame, KIND, type Kind } from '../../../shared/sync/Frame.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import type { LedgerAnswer } from '../../../shared/sync/RoomLedger.ts';
import { scanUpdate } from '../../../shared/sync/scanUpdate.ts';
import type { Clock } from './Clock.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomStore } from './RoomStore.ts';

export interface FrameOutboxOptions {
  ciphers: Ciphers;
  room: Room;
  device: { number: number; secretKey: Uint8Array };
  record: RoomRecord;
  store: RoomStore;
  clock: Clock;
  /** What to seal under; null: nothing is sealed now and everything taken is kept. */
  epoch(): Epoch | null;
  /** How long followers of a sealed update wait now. */
  windowMs(): number;
  /** The own ledger took a frame of this device. */
  onAccepted(answer: Extract<LedgerAnswer, { outcome: 'kept' }>): void;
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
    if (updates.length === 0 || this.#broken) return;
    const epoch = this.#options.epoch();
    if (!epoch) return;
    this.#pending = [];
    this.#pendingBytes = 0;
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
    for (const piece of writePieces(update, left, LIMITS.framePiece)) this.#sealPiece(piece, epoch);
  }

  /** Resolves when everything taken so far is sealed and on disk; rejects when the disk refuses. */
  async settle(): Promise<void> {
    this.seal();
    await this.#lastWrite;
  }

  /** Writes a record of this device: signed, kept, on its way. Resolves when it is on disk; rejects when the disk refuses. */
  async writeRecord(kind: Kind, body: Uint8Array): Promise<void> {
    const { ciphers, room, device, record } = this.#options;
    this.seal();
    const epochId = record.ledger.sealingEpoch()?.id ?? new Uint8Array(EPOCH_ID_BYTES);
    const frame = { kind, device: device.number, ...this.#next(), body };
    await this.#keep(createRecordFrame(ciphers, room, epochId, device.secretKey, frame));
  }

  /** Writes a snapshot of what counts now. `coverage` must be that of this moment. */
  async writeSnapshot(coverage: Uint8Array, content: Uint8Array): Promise<void> {
    const { ciphers, room, device, epoch } = this.#options;
    const key = epoch();
    if (!key || this.#broken) return;
    const frame = { device: device.number, ...this.#next(), coverage, content };
    await this.#keep(createSnapshotFrame(ciphers, room, key, device.secretKey, frame));
  }

  #sealPiece(update: Uint8Array, epoch: Epoch): void {
    const { ciphers, room, device, record, onFailure } = this.#options;
    const { counter, previous } = this.#next();
    const content = encodeUpdateContent({ heads: record.movedHeads(device.number), update });
    if (content.length > LIMITS.frameContent || this.#broken) return onFailure('payload-refused');
    this.#keep(
      createFrame(ciphers, room, epoch, device.secretKey, {
        kind: KIND.update,
        device: device.number,
        counter,
        previous,
        content,
      }),
    );
  }

  #next(): { counter: number; previous: Uint8Array } {
    const { counter, hash } = this.#options.record.ledger.chainEnd(this.#options.device.number);
    return { counter: counter + 1, previous: hash };
  }

  /** Into the own ledger, then to disk, then out: in this order, and never two under one counter. */
  #keep(frame: Uint8Array): Promise<void> {
    const { record, store, onAccepted, onStored, onFailure } = this.#options;
    const answer = record.ledger.accept(frame, { trusted: true });
    const own =
      answer.outcome === 'kept' &&
      answer.counted.find((one) => one.counter === answer.counter && one.device === answer.device);
    if (answer.outcome !== 'kept' || (own && own.refusal !== null))
      throw new Error('own frame refused by the own ledger');
    const { device, counter } = answer;
    const { indexes, done } = store.write({ frames: [frame], ownLast: counter });
    record.noteStored(device, counter, indexes[0] as number);
    onAccepted(answer);
    this.#lastWrite = done;
    done.then(
      () => onStored(counter, frame),
      () => {
        if (this.#broken) return;
        this.#broken = true; // the chain in memory is ahead of the disk: nothing of it may leave
        onFailure('disk-full');
      },
    );
    return done;
  }
}
