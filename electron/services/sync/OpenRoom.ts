// Over 400 lines: the one place where the parts of a session meet; each part has its own file.
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { equalBytes } from '../../../shared/crypto/bytes.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { deviceOfClient, mayWrite } from '../../../shared/sync/clientIds.ts';
import type { Heads } from '../../../shared/sync/content.ts';
import type { LogEntry, RelayMessage } from '../../../shared/sync/RelayMessage.ts';
import type { CountedFrame, LedgerAnswer } from '../../../shared/sync/RoomLedger.ts';
import type { RosterView } from '../../../shared/sync/Roster.ts';
import { BlobTransfers } from './BlobTransfers.ts';
import { type Clock, DEFAULT_TIMING, SYSTEM_CLOCK, type SyncTiming } from './Clock.ts';
import { deliverCounted } from './deliverCounted.ts';
import { FrameOutbox } from './FrameOutbox.ts';
import { FramePoster } from './FramePoster.ts';
import { DAMAGED, GARBAGE } from './frameFaults.ts';
import type { Gatekeeper } from './Gatekeeper.ts';
import { MissingWatch } from './MissingWatch.ts';
import { PresenceChannel } from './PresenceChannel.ts';
import {
  emptyStep2,
  encodeAwarenessMessage,
  encodeStep1,
  heartbeat,
  parseProviderMessage,
  queryAwareness,
} from './providerMessage.ts';
import { type LinkFailure, RelayLink } from './RelayLink.ts';
import { RelayMarks } from './RelayMarks.ts';
import { RoomDuties } from './RoomDuties.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomNotice, RoomSession, RoomSessionOptions, RoomStatus } from './RoomSession.ts';
import type { RoomStore } from './RoomStore.ts';
import { readRecordPath, readRoomFrames } from './readRoomFrames.ts';
import { createSealedSocketClass, type SocketEnd, type SocketHost } from './SealedSocket.ts';

/** One connection from its attachment on. */
interface Attached {
  socket: SocketEnd;
  link: RelayLink;
  poster: FramePoster | null;
  /** Where the relay's chains ended at welcome, of those that agree with what is here. */
  relayEnds: Map<number, number>;
  /** The replay is over; the provider's updates are taken. */
  live: boolean;
}

/** The relay's word alone: shown as a refusal, and tried again. */
const REFUSALS: ReadonlySet<LinkFailure> = new Set(['device-removed', 'relay-refused', 'relay-quota', 'room-token']);
const CLOSE_CODE_FOR_GOOD = 4403;
const CLOSE_CODE_TRY_AGAIN = 4500;
const TELLING_MS = 20;
/** Whoever was heard of so lately is expected to do its duties, with a window on the complaint or without. */
const AROUND_MS = 60_000;

/** See `RoomSession`. Here the parts meet: provider, socket, link, ledger, outbox, presence, blobs, store. */
export class OpenRoom implements RoomSession, SocketHost {
  readonly provider: WebsocketProvider;
  readonly #options: RoomSessionOptions;
  readonly #clock: Clock;
  readonly #timing: SyncTiming;
  readonly #own: number;
  readonly #record: RoomRecord;
  readonly #store: RoomStore;
  readonly #outbox: FrameOutbox;
  readonly #presence: PresenceChannel;
  readonly blobs: BlobTransfers;
  readonly #listeners = new Set<(status: RoomStatus) => void>();
  #attached: Attached | null = null;
  readonly #marks: RelayMarks;
  /** Own frames up to here were sealed once; while the chain here is shorter, they are being fetched again. */
  #ownLast: number;
  readonly gatekeeper: Gatekeeper;
  readonly #duties: RoomDuties;
  readonly #missing: MissingWatch;
  readonly #lastSeenMs = new Map<number, number>();
  /** The shared doc holds own work that no frame holds. */
  #unsealed: boolean;
  /** The shared doc was empty before this first connection: unless `#unsealed`, all it holds came in frames. */
  #beganEmpty: boolean;
  #relay: RoomStatus['relay'] = 'connecting';
  #reason: RoomStatus['relayReason'] = '';
  #lastTaken: Promise<void> = Promise.resolve();
  #statusText = '';
  #cancelTelling: (() => void) | null = null;
  #closed = false;
  readonly #onUpdate: (update: Uint8Array, origin: unknown) => void;

  constructor(options: RoomSessionOptions) {
    const { ciphers, room, loaded, sharedDoc, awareness, relayUrl, store } = options;
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#own = loaded.device.number;
    this.#record = loaded.record;
    this.#store = store;
    this.#ownLast = loaded.marks.ownLast;
    const device = { number: this.#own, secretKey: loaded.device.keys.sign.secretKey };
    const parts = {
      ciphers,
      room,
      store,
      record: this.#record,
      clock: this.#clock,
      timing: this.#timing,
      device,
    };
    this.#marks = new RelayMarks({
      ...parts,
      ...loaded.marks,
      marksMs: this.#timing.marksMs,
      own: this.#own,
      sha256: (bytes) => ciphers.sha256(bytes),
      onFailure: () => this.#stopOnFailure('disk-full'),
    });
    this.#outbox = new FrameOutbox({
      ...parts,
      epoch: () => (this.#mayWrite() ? this.#record.ledger.sealingEpoch() : null),
      onAccepted: (answer) => this.#accepted(answer),
      windowMs: () => (this.#hasPartnersPresent() ? this.#timing.followersMs : this.#timing.aloneMs),
      onStored: (counter, frame) => {
        this.#record.ownStored = Math.max(this.#record.ownStored, counter);
        this.#attached?.poster?.ownStored(counter, frame);
        if (this.#attached?.live) this.#presence.tellHeads(); // else nobody would miss what a relay withholds
        this.#tellStatus();
      },
      onFailure: (code) => this.#stopOnFailure(code),
    });
    this.#presence = new PresenceChannel({
      ...parts,
      present: () => options.awareness.getStates().size,
      send: (frame) => this.#attached?.poster && this.#attached.link.send({ type: 'presence', frame }),
    });
    this.blobs = new BlobTransfers(ciphers);
    this.#duties = new RoomDuties({
      ...parts,
      epochs: loaded.epochs,
      outbox: this.#outbox,
      sharedDoc,
      own: this.#own,
      sealWork: () => this.#sealUnsealed(),
      root: options.root ?? null,
      keepRootRecord: async (frame) => {
        this.#takeIn([frame], null);
        await this.#lastTaken; // before it leaves [SY30]
        this.#attached?.link.send({ type: 'post', frame });
      },
      isAround: (other) => this.isPresent(other) || this.#wasHeardOf(other),
      isLive: () => this.#attached?.live === true && !this.#closed,
      onNotice: (notice) => this.#notice(notice),
      onFailure: () => this.#stopOnFailure('disk-full'),
    });
    this.gatekeeper = this.#duties.gatekeeper;
    this.#missing = new MissingWatch(this.#record.ledger, this.#clock, () => this.#lookForMissing());
    this.#record.ownStored = this.#record.ledger.chainEnd(this.#own).counter;
    this.#unsealed = this.#holdsUnsealedStructs();
    this.#beganEmpty = sharedDoc.store.clients.size === 0;
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
    const own = this.#own;
    const { ledger } = this.#record;
    const end = ledger.chainEnd(own).counter;
    const me = ledger.view.devices.get(own);
    const mayWrite = me?.role !== 'reader';
    const unsealed = mayWrite && (this.#unsealed || this.#outbox.hasPending);
    const partners = [...ledger.view.devices.values()].filter(({ number, limit }) => number !== own && !limit);
    const offsetMs = Date.now() - this.#clock.now();
    return {
      relay: this.#relay,
      relayReason: this.#reason,
      unsentFrames: Math.max(0, end - this.#marks.acknowledged) + (unsealed ? 1 : 0),
      partners: partners.length,
      partnersUpToDate: unsealed ? 0 : partners.filter(({ number }) => this.isUpToDate(number)).length,
      role: me?.role ?? null,
      removed: (me?.limit ?? null) !== null,
      missing: this.#missing.read().map(({ device, count, sinceMs }) => ({
        device,
        count,
        sinceMs: Math.round((sinceMs + offsetMs) / 1_000) * 1_000,
      })),
    };
  }

  get view(): RosterView {
    return this.#record.ledger.view;
  }

  lastSeenMs(device: number): number | null {
    return this.#lastSeenMs.get(device) ?? null;
  }

  isUpToDate(device: number): boolean {
    return this.#record.seenBy(device, this.#own) >= this.#record.ledger.chainEnd(this.#own).counter;
  }

  isPresent(device: number): boolean {
    return [...this.#options.awareness.getStates().keys()].some((client) => deviceOfClient(client) === device);
  }

  #wasHeardOf(device: number): boolean {
    return Date.now() - (this.#lastSeenMs.get(device) ?? Number.NEGATIVE_INFINITY) < AROUND_MS;
  }

  remove(device: number): Promise<Result<null, { code: 'member-not-removable' }>> {
    return this.#duties.remove(device);
  }

  compact(): Promise<boolean> {
    return this.#duties.compact();
  }

  async *readFrames(): AsyncIterable<Uint8Array> {
    this.#sealUnsealed();
    await this.#outbox.settle();
    yield* readRoomFrames(this.#record, this.#store, this.#own);
  }

  async takeFrames(frames: readonly Uint8Array[]): Promise<{ added: number; known: number; refused: number }> {
    const sums = { added: 0, known: 0, refused: 0 };
    let left = [...frames];
    for (let moved = true; moved && left.length > 0; ) {
      moved = false;
      const later: Uint8Array[] = [];
      for (const frame of left) {
        const [answer] = this.#takeIn([frame], null);
        if (answer?.outcome === 'refused' && answer.code === 'not-admitted') later.push(frame);
        else {
          moved = true;
          sums[answer?.outcome === 'kept' ? 'added' : answer?.outcome === 'duplicate' ? 'known' : 'refused']++;
        }
      }
      left = later;
    }
    sums.refused += left.length;
    await this.#lastTaken;
    // what the relay lacks of it goes there with the next connection
    if (sums.added > 0 && this.#attached?.live) this.#attached.link.fail('relay-away');
    return sums;
  }

  onStatus(listener: (status: RoomStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    if (this.#closed) return;
    if (this.view.devices.get(this.#own)?.limit) return this.#setRelay('refused', 'device-removed');
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
      this.#missing.stop();
      this.#duties.stop();
      this.#marks.write(false);
      this.#tellStatusNow();
      await this.#store.close();
    }
  }

  uploadBlob: RoomSession['uploadBlob'] = (sealed, onProgress) => this.blobs.upload(sealed, onProgress);
  fetchBlob: RoomSession['fetchBlob'] = (blobId, onProgress) =>
    this.blobs.fetch(blobId, this.#timing.slowMs, onProgress);

  heads(): Heads {
    return this.#record.ledger.heads();
  }

  devices = (): ReadonlySet<number> => new Set(this.#record.ledger.devices());

  /** The provider made a socket: connect to the relay under it. */
  attach(socket: SocketEnd): void {
    const { relayUrl, roomToken, ciphers, room, loaded, createSocket } = this.#options;
    if (this.#closed) return;
    this.#outbox.seal();
    this.#dropAttached();
    const link = new RelayLink({
      relayUrl,
      roomToken,
      ciphers,
      room,
      records: () => readRecordPath(this.#record, this.#store, this.#own),
      createSocket,
      cursor: this.#marks.sequence,
      device: { number: this.#own, secretKey: loaded.device.keys.sign.secretKey },
      clock: this.#clock,
      timing: this.#timing,
      onMessage: (message) => this.#attached?.link === link && this.#receive(this.#attached, message),
      onBeat: () => socket.deliver(heartbeat()),
      onDown: (reason) => this.#down(link, reason),
    });
    this.#attached = { socket, link, poster: null, live: false, relayEnds: new Map() };
    this.#missing.begin();
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
        return this.#takeEntries(attached, [message]);
      case 'lagging':
        return attached.link.fetch(this.#marks.sequence);
      case 'ack':
        return this.#acknowledge(attached, message.frames);
      case 'rejected':
        return this.#rejected(attached, message);
      case 'presence':
        return this.#takePresence(attached, message.frame);
      case 'request':
        return this.#duties.admit(message);
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
    const own = this.#own;
    const relayEnds = new Map<number, number>();
    for (const { device, counter, hash } of welcome.ends) {
      const known = this.#record.ledger.hashAt(device, counter);
      if (known && !equalBytes(known, hash)) {
        this.#notice({ code: 'peer-fork', params: { device } });
        if (device === own) return link.fail('relay-refused');
      }
      const forked = known && !equalBytes(known, hash);
      relayEnds.set(device, forked ? Number.MAX_SAFE_INTEGER - 1 : counter);
      if (!forked) attached.relayEnds.set(device, counter);
    }
    this.#marks.begin(welcome.logId, welcome.hashAtCursor, relayEnds.get(own) ?? 0);
    attached.poster = new FramePoster({
      link,
      record: this.#record,
      store: this.#store,
      own,
      relayEnds,
    });
    this.blobs.setLink(link);
    link.fetch(this.#marks.sequence);
    socket.opened();
    this.#tellStatus();
  }

  #page(attached: Attached, page: Extract<RelayMessage, { type: 'page' }>): void {
    if (!page.end) {
      if (page.entries.length === 0) return attached.link.fail('relay-garbage');
      // the relay reads the next one while this one is taken in
      attached.link.fetch(page.upTo);
    }
    this.#takeEntries(attached, page.entries);
    if (this.#attached !== attached || !page.end) return;
    if (!attached.live) this.#goLive(attached);
    this.#compareEnds(attached);
  }

  /** The relay said where its chains end: what it has and did not send is fetched from the beginning. [SY26] */
  #compareEnds({ link, relayEnds }: Attached): void {
    const { ledger } = this.#record;
    const lacking = [...relayEnds].some(
      ([device, counter]) => ledger.chainEnd(device).counter < Math.min(counter, ledger.limitOf(device)),
    );
    if (!lacking || !this.#missing.takeTurn()) return;
    link.fetch(0);
  }

  /** The replay is over: whatever the shared doc holds and no frame does comes out now. [SY32] */
  #goLive(attached: Attached): void {
    attached.live = true;
    this.#ownLast = 0; // what no relay has by now was never sent
    this.#marks.raiseTo(attached.relayEnds.get(this.#own) ?? 0);
    if (this.#unsealed || !this.#beganEmpty) {
      attached.socket.deliver(encodeStep1(Y.encodeStateVector(this.#sealedClocks())));
      this.#outbox.seal();
    }
    this.#beganEmpty = false;
    this.#unsealed = false;
    attached.socket.deliver(emptyStep2());
    this.#setRelay('online', '');
    attached.socket.deliver(queryAwareness()); // what was said before may have met nobody
    this.#presence.ask();
    this.#followRecords();
    this.#lookForMissing();
  }

  /** Work done without a relay goes into frames now: somebody carries them by hand. */
  #sealUnsealed(): void {
    if (this.#unsealed && !this.#attached?.live && this.#mayWrite()) {
      const { sharedDoc } = this.#options;
      this.#outbox.take(Y.encodeStateAsUpdate(sharedDoc, Y.encodeStateVector(this.#sealedClocks())));
      this.#unsealed = false;
    }
    this.#outbox.seal();
  }

  /** The shared doc's state vector, own clients set back to what frames hold. [SY32] */
  #sealedClocks(): Map<number, number> {
    const clocks = Y.decodeStateVector(Y.encodeStateVector(this.#options.sharedDoc));
    for (const client of clocks.keys())
      if (mayWrite(this.#own, client)) clocks.set(client, this.#record.sealedUntil(client));
    return clocks;
  }

  #takeEntries(attached: Attached, entries: readonly LogEntry[]): void {
    const answers = this.#takeIn(
      entries.map(({ frame }) => frame.slice()),
      entries[entries.length - 1] ?? null,
    );
    const garbage = answers.find((answer) => answer.outcome === 'refused' && GARBAGE.has(answer.code));
    if (garbage) return attached.link.fail('relay-garbage');
    if (answers.some((answer) => answer.outcome === 'refused' && DAMAGED.has(answer.code)))
      this.#notice({ code: 'relay-garbage' });
  }

  /** Into the ledger, to disk with the cursor in the same write, and into the shared doc. `last`: where the relay's log is now. */
  #takeIn(frames: readonly Uint8Array[], last: LogEntry | null): LedgerAnswer[] {
    const { ledger } = this.#record;
    const kept: Extract<LedgerAnswer, { outcome: 'kept' }>[] = [];
    const stored: Uint8Array[] = [];
    const answers = ledger.acceptAll(frames);
    answers.forEach((answer, at) => {
      if (answer.outcome !== 'kept') return;
      kept.push(answer);
      stored.push(frames[at] as Uint8Array);
    });
    if (last) this.#marks.noteRead(last);
    if (stored.length > 0) {
      const { indexes, done } = this.#store.write({
        frames: stored,
        ...(last ? { cursor: this.#marks.cursor, mayWait: true } : {}),
      });
      kept.forEach(({ device, counter, fork }, i) => {
        // of two branches the store keeps both, the place noted is that of the first
        if (!fork) this.#record.noteStored(device, counter, indexes[i] as number);
      });
      // own frames come back to a device that was restored
      const ownTaken = Math.max(0, ...kept.map(({ device, counter }) => (device === this.#own ? counter : 0)));
      this.#lastTaken = done;
      done.then(
        () => {
          this.#record.ownStored = Math.max(this.#record.ownStored, ownTaken);
        },
        () => this.#stopOnFailure('disk-full'),
      );
    } else if (last) this.#marks.schedule();
    const nowMs = Date.now();
    for (const { device, fork, namedForks } of kept) {
      this.#lastSeenMs.set(device, nowMs);
      for (const forked of fork ? [device, ...namedForks] : namedForks)
        this.#notice({ code: 'peer-fork', params: { device: forked } });
    }
    this.#apply(kept.flatMap(({ counted }) => counted));
    this.#followAnswers(kept);
    return answers;
  }

  /** An own frame went into the ledger: what waited for it counts too. */
  #accepted(answer: Extract<LedgerAnswer, { outcome: 'kept' }>): void {
    const isThis = ({ device, counter }: CountedFrame): boolean =>
      device === answer.device && counter === answer.counter;
    for (const frame of answer.counted.filter(isThis)) this.#record.noteCounted(frame);
    this.#apply(answer.counted.filter((frame) => !isThis(frame)));
    this.#followAnswers([answer]);
  }

  #followAnswers(answers: readonly Extract<LedgerAnswer, { outcome: 'kept' }>[]): void {
    if (answers.some(({ rebuild }) => rebuild)) return this.#options.onRebuild?.();
    if (answers.some(({ isRecord }) => isRecord)) this.#followRecords();
    else this.#duties.followUpdates();
  }

  /** Who is in, or under which keys, may have changed. */
  #followRecords(): void {
    this.#options.onMembers?.();
    if (this.view.devices.get(this.#own)?.limit) {
      this.provider.disconnect();
      return this.#setRelay('refused', 'device-removed');
    }
    this.#duties.followRecords();
  }

  #mayWrite(): boolean {
    const { ledger } = this.#record;
    const me = ledger.view.devices.get(this.#own);
    return me !== undefined && !me.limit && me.role !== 'reader' && ledger.chainEnd(this.#own).counter >= this.#ownLast;
  }

  /** What is still missing is asked for again from the beginning: the line lost it, or the relay has it by now. */
  #lookForMissing(): void {
    this.#tellStatus();
    const attached = this.#attached;
    if (this.#missing.read().length === 0 || !attached?.live || !this.#missing.takeTurn()) return;
    attached.link.fetch(0);
  }

  #apply(counted: readonly CountedFrame[]): void {
    deliverCounted(counted, {
      record: this.#record,
      sharedDoc: this.#options.sharedDoc,
      own: this.#own,
      origin: this.provider,
      onFirstState: this.#options.onFirstState,
      onNotice: (notice) => this.#notice(notice),
    });
    if (counted.length === 0) return;
    if (this.#attached?.live) this.#presence.tellHeads();
    this.#tellStatus();
  }

  #acknowledge(attached: Attached, frames: readonly { device: number; counter: number; sequence: number }[]): void {
    const own = this.#own;
    for (const { device, counter, sequence } of frames) {
      if (device === own) this.#marks.noteAcknowledged(counter);
      const hash = this.#record.ledger.hashAt(device, counter);
      if (attached.live && hash) this.#marks.noteNext(sequence, hash);
    }
    attached.poster?.acknowledged(this.#marks.acknowledged);
    this.#marks.schedule();
    this.#tellStatus();
  }

  #rejected({ link, poster }: Attached, message: Extract<RelayMessage, { type: 'rejected' }>): void {
    const full = message.code === 'relay-quota';
    if (!full && message.device !== this.#own) return; // another device posts its own, and knows better
    poster?.stop();
    link.met('ack');
    if (full) return this.#setRelay('refused', 'relay-quota');
    if (message.code === 'removed' || message.code === 'not-admitted')
      return link.fail(message.code === 'removed' ? 'device-removed' : 'relay-refused');
    if (message.code === 'fork') {
      this.#notice({ code: 'peer-fork', params: { device: message.device } });
      return link.fail('relay-refused');
    }
    link.fail('relay-garbage'); // welcome shows anew what is missing
  }

  #takePresence(attached: Attached, frame: Uint8Array): void {
    const received = this.#presence.receive(frame);
    if (!received) return;
    this.#lastSeenMs.set(received.device, Date.now());
    if (received.forked !== null) this.#notice({ code: 'peer-fork', params: { device: received.forked } });
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
    // only the records prove a removal; a relay that lies, or a flipped bit in a hello, is tried again
    const removed = this.view.devices.get(this.#own)?.limit !== null && reason === 'device-removed';
    const before = this.#reason;
    this.#setRelay(REFUSALS.has(reason) ? 'refused' : 'away', reason);
    if (REFUSALS.has(reason) && reason !== 'relay-quota' && before !== reason) this.#notice({ code: reason });
    attached.socket.failed(removed ? CLOSE_CODE_FOR_GOOD : CLOSE_CODE_TRY_AGAIN);
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

  #holdsUnsealedStructs(): boolean {
    const clocks = Y.decodeStateVector(Y.encodeStateVector(this.#options.sharedDoc));
    return [...this.#sealedClocks()].some(([client, sealed]) => (clocks.get(client) ?? 0) > sealed);
  }

  #hasPartnersPresent(): boolean {
    return [...this.#options.awareness.getStates().keys()].some((client) => deviceOfClient(client) !== this.#own);
  }

  #sayGoodbye(): void {
    const { awareness } = this.#options;
    const own = [...awareness.getStates().keys()].filter((client) => deviceOfClient(client) === this.#own);
    if (own.length === 0 || !this.#attached?.live) return;
    this.#presence.leave(
      own.map((client) => ({ client, clock: awareness.meta.get(client)?.clock ?? 0, state: 'null' })),
    );
  }

  #notice(notice: RoomNotice): void {
    this.#options.onNotice?.(notice);
  }

  #setRelay(relay: RoomStatus['relay'], reason: RoomStatus['relayReason']): void {
    this.#relay = relay;
    this.#reason = reason;
    this.#tellStatusNow();
  }

  /** In a moment: what a keystroke sets off goes first. */
  #tellStatus(): void {
    this.#cancelTelling ??= this.#clock.setTimer(() => this.#tellStatusNow(), TELLING_MS);
  }

  #tellStatusNow(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = null;
    if (this.#listeners.size === 0) return;
    const status = this.status;
    const text = JSON.stringify(status);
    if (text === this.#statusText) return;
    this.#statusText = text;
    for (const listener of this.#listeners) listener(status);
  }
}
