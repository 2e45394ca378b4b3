import type * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { EpochKeys, Room, RoomRoot } from '../../../shared/crypto/room.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { JoinRequest } from '../../../shared/sync/RelayMessage.ts';
import type { Clock, SyncTiming } from './Clock.ts';
import { Compactor } from './Compactor.ts';
import type { FrameOutbox } from './FrameOutbox.ts';
import { Gatekeeper } from './Gatekeeper.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomNotice } from './RoomSession.ts';
import type { RoomStore } from './RoomStore.ts';

export interface RoomDutiesOptions {
  ciphers: Ciphers;
  room: Room;
  record: RoomRecord;
  store: RoomStore;
  outbox: FrameOutbox;
  epochs: EpochKeys;
  sharedDoc: Y.Doc;
  own: number;
  clock: Clock;
  timing: SyncTiming;
  /** Puts work of this device that no frame holds into frames, as far as it may. */
  sealWork(): void;
  /** See `GatekeeperOptions`. */
  root: RoomRoot | null;
  keepRootRecord(frame: Uint8Array): Promise<void>;
  /** It is there, as far as one knows: a hint for who goes first. */
  isAround(device: number): boolean;
  /** Everything the relay had is here. */
  isLive(): boolean;
  onNotice(notice: RoomNotice): void;
  /** A write failed. */
  onFailure(): void;
}

/** What a device does for its room without being asked: countersigning, granting keys, compacting, letting in. */
export class RoomDuties {
  readonly gatekeeper: Gatekeeper;
  readonly #options: RoomDutiesOptions;
  readonly #compactor: Compactor;
  #toldTwice = false;
  #toldForged = false;
  /** Devices known to be removed. */
  readonly #removed = new Set<number>();
  #cancel: (() => void) | null = null;
  #cancelFollowing: (() => void) | null = null;

  constructor(options: RoomDutiesOptions) {
    const { ciphers, room, record, store, outbox, epochs, sharedDoc, own, onNotice, sealWork } = options;
    this.#options = options;
    const { root, keepRootRecord } = options;
    const nowSeconds = (): number => Math.floor(Date.now() / 1_000);
    const { roomIdBytes } = room;
    const members = { ciphers, roomIdBytes, record, outbox, epochs, own };
    this.#noteRemoved();
    this.gatekeeper = new Gatekeeper({ ...members, root, keepRootRecord, nowSeconds });
    this.#compactor = new Compactor({
      ciphers,
      record,
      store,
      outbox,
      sharedDoc,
      own,
      sealWork,
      onDifference: (other) => onNotice({ code: 'snapshot-differs', params: { device: other } }),
    });
  }

  /** Removes a device, and writes a fresh snapshot under the new keys. */
  async remove(device: number): Promise<Result<null, { code: 'member-not-removable' }>> {
    if (this.gatekeeper.mayRemove(device)) this.#removed.add(device); // whoever removes is told by the answer
    const removed = await this.gatekeeper.remove(device);
    if (removed.ok) await this.#compactor.write();
    return removed;
  }

  compact(): Promise<boolean> {
    return this.#compactor.write();
  }

  /** Records came: who is in, or under which keys, may have changed. */
  followRecords(): void {
    const { record, outbox, isLive, onNotice } = this.#options;
    if (this.#noteRemoved()) onNotice({ code: 'member-removed' });
    for (const { usedBy } of record.ledger.view.invitations.values())
      if (usedBy.size > 1 && !this.#toldTwice) {
        this.#toldTwice = true;
        onNotice({ code: 'link-used-twice' });
      }
    if (!isLive()) return;
    outbox.seal(); // a key may have come
    this.#followSoon();
    this.#tidySoon();
  }

  /** True when somebody else was removed since the last look. */
  #noteRemoved(): boolean {
    let found = false;
    for (const { number, limit } of this.#options.record.ledger.view.devices.values()) {
      if (!limit || this.#removed.has(number)) continue;
      this.#removed.add(number);
      found ||= number !== this.#options.own;
    }
    return found;
  }

  /** Updates came or went. */
  followUpdates(): void {
    if (!this.#options.isLive()) return;
    if (this.#compactor.isWaiting) this.#run(this.#compactor.follow());
    else if (this.#compactor.isDue) this.#tidySoon();
  }

  /** [SY58] The relay passes a request on; whether it is granted is for this device to say. */
  admit(request: JoinRequest): void {
    this.#run(
      this.gatekeeper.admit(request).then((admitted) => {
        if (admitted.ok) return;
        const { code } = admitted.error;
        if (code === 'link-used-twice' || code === 'link-expired') this.#options.onNotice({ code });
        // no relay that keeps [SY58] passes that on
        if (code === 'payload-refused' && !this.#toldForged) {
          this.#toldForged = true;
          this.#options.onNotice({ code: 'request-forged' });
        }
      }),
    );
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#cancelFollowing?.();
    this.#cancelFollowing = null;
  }

  /**
   * Countersigning: by owners at once, since each of them must; one of the others is enough, so they go one after the other
   * and stop when it is done. Nobody waits for devices of the organization that wrote the snapshot. [SY50]
   */
  #followSoon(): void {
    const { record, own, clock, timing, isLive } = this.#options;
    const { devices, snapshots } = record.ledger.view;
    if (devices.get(own)?.role === 'owner') return this.#run(this.#compactor.follow());
    const authors = [...snapshots.values()]
      .filter(({ confirmed }) => !confirmed)
      .map((snapshot) => devices.get(snapshot.record.device)?.organization);
    const before = [...devices.values()].filter(
      ({ number, organization }) =>
        number < own && authors.some((author) => author !== organization) && this.#isHere(number),
    );
    if (before.length === 0) {
      // a turn that was waited for an older snapshot is none for the next one
      this.#cancelFollowing?.();
      this.#cancelFollowing = null;
      return this.#run(this.#compactor.follow());
    }
    this.#cancelFollowing ??= clock.setTimer(() => {
      this.#cancelFollowing = null;
      if (isLive()) this.#run(this.#compactor.follow());
    }, timing.tidyMs * before.length);
  }

  #isHere(device: number): boolean {
    const { record, isAround } = this.#options;
    return !record.ledger.view.devices.get(device)?.limit && isAround(device);
  }

  /** Grants, another rotation, a snapshot: by the first of those who may and are here, by the others a little later. */
  #tidySoon(): void {
    const { record, own, clock, timing, isLive } = this.#options;
    const role = record.ledger.view.devices.get(own)?.role;
    if (this.#cancel || (role !== 'owner' && role !== 'editor')) return;
    const before = [...record.ledger.view.devices.values()].filter(
      ({ number, role: other }) => number < own && (other === 'owner' || other === 'editor') && this.#isHere(number),
    );
    this.#cancel = clock.setTimer(
      () => {
        this.#cancel = null;
        if (!isLive()) return;
        this.#run(this.gatekeeper.tidy());
        if (this.#compactor.isDue) this.#run(this.#compactor.write());
      },
      timing.tidyMs * (1 + 3 * before.length),
    );
  }

  #run(work: Promise<unknown>): void {
    work.catch(() => this.#options.onFailure());
  }
}
