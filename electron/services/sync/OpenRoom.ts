// Over 400 lines: the one place where the parts of a session meet; each part has its own file.
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { equalBytes } from '../../../shared/crypto/bytes.ts';
import type { SignPair } from '../../../shared/crypto/Ciphers.ts';
import { createAdmission } from '../../../shared/sync/admission.ts';
import { deviceOfClient, mayWrite } from '../../../shared/sync/clientIds.ts';
import type { LogEntry, RelayMessage } from '../../../shared/sync/RelayMessage.ts';
import type { CountedFrame } from '../../../shared/sync/RoomLedger.ts';
import { BlobTransfers } from './BlobTransfers.ts';
import { type Clock, DEFAULT_TIMING, SYSTEM_CLOCK, type SyncTiming } from './Clock.ts';
import { FrameOutbox } from './FrameOutbox.ts';
import { FramePoster } from './FramePoster.ts';
import { PresenceChannel } from './PresenceChannel.ts';
import {
  emptyStep2,
  encodeAwarenessMessage,
  encodeStep1,
  encodeUpdate,
  heartbeat,
  parseProviderMessage,
  queryAwareness,
} from './providerMessage.ts';
import { type LinkFailure, RelayLink } from './RelayLink.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomNotice, RoomSession, RoomSessionOptions, RoomStatus } from './RoomSession.ts';
import type { RelayCursor, RoomStore } from './RoomStore.ts';
import { createSealedSocketClass, type SocketEnd, type SocketHost } from './SealedSocket.ts';

/** One connection from its attachment on. */
interface Attached {
  socket: SocketEnd;
  link: RelayLink;
  poster: FramePoster | null;
  /** The replay is over; the provider's updates are taken. */
  live: boolean;
}

const PERMANENT: ReadonlySet<LinkFailure> = new Set(['link-used', 'relay-refused']);
const CLOSE_CODE_FOR_GOOD = 4403;
const CLOSE_CODE_TRY_AGAIN = 4500;

/** See `RoomSession`. Here the parts meet: provider, socket, link, ledger, outbox, presence, blobs, store. */
export class OpenRoom implements RoomSession, SocketHost {
  readonly provider: WebsocketProvider;
  readonly #options: RoomSessionOptions;
  readonly #clock: Clock;
  readonly #timing: SyncTiming;
  readonly #pair: SignPair;
  readonly #admission: Uint8Array;
  readonly #record: RoomRecord;
  readonly #store: RoomStore;
  readonly #outbox: FrameOutbox;
  readonly #presence: PresenceChannel;
  readonly blobs: BlobTransfers;
  readonly #listeners = new Set<(status: RoomStatus) => void>();
  #attached: Attached | null = null;
  #cursor: RelayCursor | null;
  /** A log id seen in this connection, not yet tied to a cursor. */
  #logId: Uint8Array | null = null;
  #acknowledged: number;
  #ownStored: number;
  /** The shared doc holds own work that no frame holds. */
  #unsealed: boolean;
  #relay: RoomStatus['relay'] = 'connecting';
  #reason: RoomStatus['relayReason'] = '';
  #cancelMarks: (() => void) | null = null;
  #statusText = '';
  #closed = false;
  readonly #onUpdate: (update: Uint8Array, origin: unknown) => void;

  constructor(options: RoomSessionOptions) {
    const { ciphers, room, device, loaded, sharedDoc, awareness, relayUrl, store } = options;
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#pair = ciphers.signPair(device.seed);
    this.#record = loaded.record;
    this.#store = store;
    this.#cursor = loaded.marks.cursor;
    this.#acknowledged = loaded.marks.acknowledged;
    const parts = {
      ciphers,
      room,
      store,
      record: this.#record,
      clock: this.#clock,
      timing: this.#timing,
      device: { number: device.number, secretKey: this.#pair.secretKey },
    };
    this.#outbox = new FrameOutbox({
      ...parts,
      windowMs: () => (this.#hasPartnersPresent() ? this.#timing.followersMs : this.#timing.aloneMs),
      onStored: (counter, frame) => {
        this.#ownStored = counter;
        this.#attached?.poster?.ownStored(counter, frame);
        this.#tellStatus();
      },
      onFailure: (code) => this.#stopOnFailure(code),
    });
    this.#presence = new PresenceChannel({
      ...parts,
      send: (frame) => this.#attached?.poster && this.#attached.link.send({ type: 'presence', frame }),
    });
    this.blobs = new BlobTransfers(ciphers);
    this.#admission = createAdmission(ciphers, room, { ...device, publicKey: this.#pair.publicKey });
    this.#ownStored = this.#record.ledger.chainEnd(device.number).counter;
    if (this.#ownStored === 0) this.#keepOwnAdmission();
    this.#unsealed = this.#holdsUnsealedStructs();
    this.provider = new WebsocketProvider(relayUrl, 'room', sharedDoc, {
      connect: false,
      disableBc: true,
      awareness,
      maxBackoffTime: this.#timing.retryMs,
      WebSocketPolyfill: createSealedSocketClass(this),
      shouldReconnect: (event: { code: number }) => event.code !== CLOSE_CODE_FOR_GOOD,
    });
    this.#onUpdate = (_update, origin) => {
      if (origin === this.provider) return;
      if (!this.#attached?.live) this.#unsealed = true;
      this.#tellStatus();
    };
    sharedDoc.on('update', this.#onUpdate);
    if (options.onStatus) this.#listeners.add(options.onStatus);
  }

  get status(): RoomStatus {
    const own = this.#options.device.number;
    const end = this.#record.ledger.chainEnd(own).counter;
    const unsealed = this.#unsealed || this.#outbox.hasPending;
    const partners = this.#record.ledger.devices().filter((device) => device !== own);
    return {
      relay: this.#relay,
      relayReason: this.#reason,
      unsentFrames: Math.max(0, end - this.#acknowledged) + (unsealed ? 1 : 0),
      partners: partners.length,
      partnersUpToDate: unsealed ? 0 : partners.filter((device) => this.#record.seenBy(device, own) >= end).length,
    };
  }

  onStatus(listener: (status: RoomStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    if (this.#closed) return;
    if (!this.#attached) this.#setRelay('connecting', '');
    this.provider.connect();
  }

  disconnect(): void {
    this.provider.disconnect();
    this.#setRelay('away', '');
  }

  async flush(): Promise<void> {
    await this.#outbox.settle();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#outbox.settle();
    } finally {
      this.#sayGoodbye();
      this.#options.sharedDoc.off('update', this.#onUpdate);
      this.provider.destroy();
      this.blobs.close();
      this.#presence.stop();
      this.#writeMarks();
      await this.#store.close();
    }
  }

  uploadBlob: RoomSession['uploadBlob'] = (sealed, onProgress) => this.blobs.upload(sealed, onProgress);
  fetchBlob: RoomSession['fetchBlob'] = (blobId, onProgress) =>
    this.blobs.fetch(blobId, this.#timing.slowMs, onProgress);

  heads(): ReadonlyMap<number, number> {
    return this.#record.ledger.heads();
  }

  devices(): ReadonlySet<number> {
    return new Set(this.#record.ledger.devices());
  }

  /** The provider made a socket: connect to the relay under it. */
  attach(socket: SocketEnd): void {
    const { relayUrl, ciphers, room, device } = this.#options;
    if (this.#closed) return;
    this.#outbox.seal();
    this.#dropAttached();
    const link = new RelayLink({
      relayUrl,
      ciphers,
      room,
      admission: this.#admission,
      cursor: this.#cursor?.sequence ?? 0,
      device: { number: device.number, secretKey: this.#pair.secretKey },
      clock: this.#clock,
      timing: this.#timing,
      onMessage: (message) => this.#attached?.link === link && this.#receive(this.#attached, message),
      onBeat: () => socket.deliver(heartbeat()),
      onDown: (reason) => this.#down(link, reason),
    });
    this.#attached = { socket, link, poster: null, live: false };
  }

  outgoing(socket: SocketEnd, bytes: Uint8Array): void {
    const attached = this.#attached;
    const message = parseProviderMessage(bytes);
    if (attached?.socket !== socket || !message) return;
    switch (message.type) {
      case 'step-1':
        if (attached.live) socket.deliver(emptyStep2());
        return;
      case 'update':
        // before the replay is over step 1 of `#goLive` brings it, without a gap in the own clocks [SY32]
        if (attached.live) this.#outbox.take(message.update.slice());
        return this.#tellStatus();
      case 'awareness':
        return this.#presence.take(message.update);
      case 'query-awareness':
        return this.#presence.ask();
    }
  }

  detach(socket: SocketEnd): void {
    if (this.#attached?.socket !== socket) return;
    this.#outbox.seal();
    this.#dropAttached();
    // the provider gave up by itself (its watchdog) or was told to; `disconnect` sets its own words after this
    if (!this.#closed) this.#setRelay('away', 'relay-away');
  }

  #receive(attached: Attached, message: RelayMessage): void {
    switch (message.type) {
      case 'welcome':
        return this.#welcome(attached, message);
      case 'page':
        return this.#page(attached, message);
      case 'entry':
        return this.#takeEntries(attached, [message], message.sequence);
      case 'lagging':
        attached.link.send({ type: 'fetch', after: this.#cursor?.sequence ?? 0 });
        return attached.link.expect('page');
      case 'ack':
        return this.#acknowledge(attached, message.frames);
      case 'rejected':
        return this.#rejected(attached, message);
      case 'presence':
        return this.#takePresence(attached, message.frame);
      case 'blob-taken':
      case 'blob-chunk':
      case 'blob-refused':
        return this.blobs.receive(message);
      default:
        return attached.link.fail('relay-garbage');
    }
  }

  #welcome(attached: Attached, welcome: Extract<RelayMessage, { type: 'welcome' }>): void {
    const { link, socket } = attached;
    const own = this.#options.device.number;
    this.#logId = welcome.logId.slice();
    const cursor = this.#cursor;
    const sameLog = cursor && equalBytes(cursor.logId, welcome.logId) && equalBytes(cursor.hash, welcome.hashAtCursor);
    if (cursor && !sameLog) this.#cursor = null; // a relay restored from backup or started anew [SY26]
    const relayEnds = new Map<number, number>();
    for (const { device, counter, hash } of welcome.ends) {
      const known = this.#record.ledger.hashAt(device, counter);
      if (known && !equalBytes(known, hash)) {
        this.#notice({ code: 'peer-fork', params: { device } });
        if (device === own) return link.fail('relay-refused');
      }
      relayEnds.set(device, known && !equalBytes(known, hash) ? Number.MAX_SAFE_INTEGER - 1 : counter);
    }
    const end = this.#record.ledger.chainEnd(own).counter;
    this.#acknowledged = Math.min(relayEnds.get(own) ?? 0, end);
    attached.poster = new FramePoster({
      link,
      record: this.#record,
      store: this.#store,
      own,
      ownStored: this.#ownStored,
      relayEnds,
    });
    this.blobs.setLink(link);
    link.send({ type: 'fetch', after: this.#cursor?.sequence ?? 0 });
    link.expect('page');
    socket.opened();
    this.#tellStatus();
  }

  #page(attached: Attached, page: Extract<RelayMessage, { type: 'page' }>): void {
    this.#takeEntries(attached, page.entries, page.upTo);
    if (this.#attached !== attached) return;
    if (!page.end) {
      if (page.entries.length === 0) return attached.link.fail('relay-garbage');
      attached.link.send({ type: 'fetch', after: page.upTo });
      return attached.link.expect('page');
    }
    if (!attached.live) this.#goLive(attached);
  }

  /** The replay is over: whatever the shared doc holds and no frame does comes out now. [SY32] */
  #goLive(attached: Attached): void {
    const { sharedDoc, device } = this.#options;
    attached.live = true;
    const clocks = Y.decodeStateVector(Y.encodeStateVector(sharedDoc));
    for (const client of clocks.keys()) {
      if (mayWrite(device.number, client)) clocks.set(client, this.#record.sealedUntil(client));
    }
    attached.socket.deliver(encodeStep1(Y.encodeStateVector(clocks)));
    this.#outbox.seal();
    this.#unsealed = false;
    attached.socket.deliver(emptyStep2());
    this.#setRelay('online', '');
    this.#presence.ask();
  }

  #takeEntries(attached: Attached, entries: readonly LogEntry[], upTo: number): void {
    const frames: Uint8Array[] = [];
    const kept: { device: number; counter: number }[] = [];
    const counted: CountedFrame[] = [];
    for (const { frame } of entries) {
      const bytes = frame.slice();
      const answer = this.#record.ledger.accept(bytes);
      if (answer.outcome === 'kept') {
        frames.push(bytes);
        kept.push(answer);
        counted.push(...answer.counted);
      } else if (answer.outcome === 'refused') {
        if (answer.code === 'fork' || answer.code === 'link-used')
          this.#notice({ code: 'peer-fork', params: { device: answer.device ?? 0 } });
        else if (answer.code !== 'frame-version' && answer.code !== 'frame-kind')
          return attached.link.fail('relay-garbage');
      }
    }
    const last = entries[entries.length - 1];
    if (last && this.#logId && last.sequence === upTo) {
      this.#cursor = { logId: this.#logId, sequence: upTo, hash: this.#options.ciphers.sha256(last.frame) };
    }
    if (frames.length > 0) {
      const { indexes, done } = this.#store.write({ frames, cursor: this.#cursor });
      kept.forEach(({ device, counter }, i) => this.#record.noteStored(device, counter, indexes[i] as number));
      done.catch(() => this.#stopOnFailure('disk-full'));
      this.#ownStored = Math.max(this.#ownStored, this.#record.ledger.chainEnd(this.#options.device.number).counter);
    } else if (last) this.#scheduleMarks();
    this.#apply(attached, counted);
  }

  #apply(attached: Attached, counted: readonly CountedFrame[]): void {
    const updates: Uint8Array[] = [];
    for (const frame of counted) {
      this.#record.noteCounted(frame);
      if (frame.update) updates.push(frame.update.bytes);
      if (frame.refusal)
        this.#notice({ code: 'peer-frame-refused', params: { device: frame.device, reason: frame.refusal } });
    }
    if (updates.length > 0)
      attached.socket.deliver(
        encodeUpdate(updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates)),
      );
    if (counted.length === 0) return;
    if (attached.live) this.#presence.tellHeads();
    this.#tellStatus();
  }

  #acknowledge(attached: Attached, frames: readonly { device: number; counter: number; sequence: number }[]): void {
    const own = this.#options.device.number;
    for (const { device, counter, sequence } of frames) {
      if (device === own && counter > this.#acknowledged) this.#acknowledged = counter;
      const hash = this.#record.ledger.hashAt(device, counter);
      // only the very next sequence: before it lie frames that a page has yet to bring
      if (attached.live && hash && this.#logId && sequence === (this.#cursor?.sequence ?? 0) + 1) {
        this.#cursor = { logId: this.#logId, sequence, hash };
      }
    }
    attached.poster?.acknowledged(this.#acknowledged);
    this.#scheduleMarks();
    this.#tellStatus();
  }

  #rejected({ link, poster }: Attached, message: Extract<RelayMessage, { type: 'rejected' }>): void {
    if (message.device !== this.#options.device.number && message.device !== 0) return; // another device posts its own
    poster?.stop();
    link.met('ack');
    if (message.code === 'relay-quota') return this.#setRelay('refused', 'relay-quota');
    if (message.code === 'fork') {
      this.#notice({ code: 'peer-fork', params: { device: message.device } });
      return link.fail('relay-refused');
    }
    link.fail('relay-garbage'); // welcome shows anew what is missing
  }

  #takePresence(attached: Attached, frame: Uint8Array): void {
    const received = this.#presence.receive(frame);
    if (!received) return;
    if (received.awareness) attached.socket.deliver(encodeAwarenessMessage(received.awareness));
    if (received.asks) {
      attached.socket.deliver(queryAwareness());
      this.#presence.tellHeads();
    }
    if (received.headsMoved) this.#tellStatus();
  }

  #down(link: RelayLink, reason: LinkFailure): void {
    const attached = this.#attached;
    if (attached?.link !== link) return;
    this.#outbox.seal();
    this.#dropAttached();
    const forGood = PERMANENT.has(reason);
    this.#setRelay(forGood || reason === 'relay-quota' ? 'refused' : 'away', reason);
    if (forGood) this.#notice({ code: reason });
    attached.socket.failed(forGood ? CLOSE_CODE_FOR_GOOD : CLOSE_CODE_TRY_AGAIN);
  }

  #dropAttached(): void {
    const attached = this.#attached;
    this.#attached = null;
    attached?.poster?.stop();
    attached?.link.close();
    this.#presence.stop();
    this.blobs.setLink(null);
  }

  #stopOnFailure(code: 'disk-full' | 'payload-refused'): void {
    this.#notice({ code });
    this.#unsealed = true;
    if (code === 'payload-refused') return this.#tellStatus();
    this.provider.disconnect();
    this.#setRelay('away', 'disk-full');
  }

  #keepOwnAdmission(): void {
    const answer = this.#record.ledger.accept(this.#admission);
    if (answer.outcome !== 'kept') throw new Error('own admission refused');
    answer.counted.forEach((counted) => this.#record.noteCounted(counted));
    const { indexes, done } = this.#store.write({ frames: [this.#admission] });
    this.#record.noteStored(this.#options.device.number, 1, indexes[0] as number);
    this.#ownStored = 1;
    done.catch(() => this.#stopOnFailure('disk-full'));
  }

  #holdsUnsealedStructs(): boolean {
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(this.#options.sharedDoc))) {
      if (mayWrite(this.#options.device.number, client) && clock > this.#record.sealedUntil(client)) return true;
    }
    return false;
  }

  #hasPartnersPresent(): boolean {
    const own = this.#options.device.number;
    for (const client of this.#options.awareness.getStates().keys()) if (deviceOfClient(client) !== own) return true;
    return false;
  }

  #sayGoodbye(): void {
    const { awareness, device } = this.#options;
    const own = [...awareness.getStates().keys()].filter((client) => deviceOfClient(client) === device.number);
    if (own.length === 0 || !this.#attached?.live) return;
    this.#presence.leave(
      own.map((client) => ({ client, clock: awareness.meta.get(client)?.clock ?? 0, state: 'null' })),
    );
  }

  #scheduleMarks(): void {
    this.#cancelMarks ??= this.#clock.setTimer(() => this.#writeMarks(), this.#timing.marksMs);
  }

  #writeMarks(): void {
    this.#cancelMarks?.();
    this.#cancelMarks = null;
    this.#store
      .write({ cursor: this.#cursor, acknowledged: this.#acknowledged })
      .done.catch(() => this.#stopOnFailure('disk-full'));
  }

  #notice(notice: RoomNotice): void {
    this.#options.onNotice?.(notice);
  }

  #setRelay(relay: RoomStatus['relay'], reason: RoomStatus['relayReason']): void {
    this.#relay = relay;
    this.#reason = reason;
    this.#tellStatus();
  }

  #tellStatus(): void {
    if (this.#listeners.size === 0) return;
    const status = this.status;
    const text = JSON.stringify(status);
    if (text === this.#statusText) return;
    this.#statusText = text;
    for (const listener of this.#listeners) listener(status);
  }
}
