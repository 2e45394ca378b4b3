import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { NO_HASH } from '../shared/sync/Frame.ts';
import { helloStatement } from '../shared/sync/hello.ts';
import { LIMITS } from '../shared/sync/limits.ts';
import {
  type Acknowledged,
  CLOSE,
  type DeviceMessage,
  encodeRelayMessage,
  HELLO_NONCE_BYTES,
  type JoinRequest,
  type LogEntry,
  type RelayMessage,
} from '../shared/sync/RelayMessage.ts';
import type { Asker } from './AskDesk.ts';
import { BlobDesk } from './BlobDesk.ts';
import type { BlobStore } from './BlobStore.ts';
import type { Budget } from './Budget.ts';
import type { FrameLog } from './FrameLog.ts';
import {
  APPEND_BUFFER_BYTES,
  FORGERIES_PER_SECOND,
  FORGERY_BURST,
  REJECTION_BURST,
  type RelayLimits,
} from './limits.ts';
import type { RelayLogger } from './RelayLogger.ts';
import type { LeaveOut, Member, Room } from './Room.ts';
import type { Rooms } from './Rooms.ts';
import { type Pace, TokenBucket } from './TokenBucket.ts';

/** The socket under a connection. */
export interface Wire {
  /** Bytes: a message that was encoded once for many. */
  send(message: RelayMessage | Uint8Array): void;
  /** Bytes not yet taken by the system. */
  bufferedBytes(): number;
  /** Resolves when little is buffered or the socket is gone. */
  drained(): Promise<void>;
  close(code: number): void;
}

export interface ConnectionServices {
  ciphers: Ciphers;
  rooms: Rooms;
  log: FrameLog;
  blobs: BlobStore;
  limits: RelayLimits;
  logger: RelayLogger;
  budget: Budget;
}

/** What is known of a connection from the way it came in. */
export interface Entrance {
  /** False: only rooms that exist already. */
  mayCreateRooms: boolean;
  /** A valid hello was said. */
  onAdmitted(): void;
}

/** Share of presence whose signature is looked at: everybody it goes to looks at all of it, and waits less. [SY5] */
const PRESENCE_CHECKED = 0.25;
/** Rejections that no program of ours brings about by the hundred: each costs a signature to be checked, or is no frame at all. */
const FORGED = /^(bad-signature|bad-record|frame-)/;

/** One device's connection, from challenge to close. Messages are handled one after the other. */
export class Connection implements Member {
  readonly #wire: Wire;
  readonly #services: ConnectionServices;
  readonly #nonce: Uint8Array;
  #state: { room: Room; device: number; blobs: BlobDesk } | null = null;
  #asking: { room: Room; asker: Asker } | null = null;
  #compact = false;
  /** [SY57] What it covers is left out of the replay under way. */
  #leaveOut: LeaveOut | null = null;
  #closed = false;
  /** Set after a page with end = 1: entries beyond `#sentSequence` are pushed. */
  #live = false;
  #sentSequence = 0;
  #appendingBytes = 0;
  #acknowledged: Acknowledged[] = [];
  /** [SY5] */
  #hasShownItself = false;
  #presenceWindow = { second: 0, count: 0 };
  readonly #entrance: Entrance;
  readonly #rejections: TokenBucket;
  readonly #forgeries = new TokenBucket(FORGERIES_PER_SECOND, FORGERY_BURST, performance.now());
  #lastPost: Promise<unknown> = Promise.resolve();
  #refusedForRoom = false;

  constructor(wire: Wire, services: ConnectionServices, entrance: Entrance) {
    this.#wire = wire;
    this.#entrance = entrance;
    this.#rejections = new TokenBucket(services.limits.rejectionsPerSecond, REJECTION_BURST, performance.now());
    this.#services = services;
    this.#nonce = services.ciphers.randomBytes(HELLO_NONCE_BYTES);
    wire.send({ type: 'challenge', nonce: this.#nonce });
  }

  get isAdmitted(): boolean {
    return this.#state !== null || this.#asking !== null;
  }

  /** Its number; 0 before the hello. */
  get device(): number {
    return this.#state?.device ?? 0;
  }

  /** The pace of its room; null before the hello. */
  get roomPace(): Pace | null {
    return this.#state?.room.pace ?? null;
  }

  /** Resolves when everything posted so far has been answered. */
  async settled(): Promise<void> {
    await this.#lastPost;
    await Promise.resolve(); // acknowledgements leave in a microtask of their own
  }

  /** There is room again: a device whose post was refused for want of it comes back and posts it. */
  comeBack(): void {
    if (this.#refusedForRoom) this.#wire.close(CLOSE.shuttingDown);
  }

  /** Handles one parsed message; the caller waits for it before it gives the next. */
  async handle(message: DeviceMessage): Promise<void> {
    if (this.#closed) return;
    if (!this.#state) return this.#begin(message);
    switch (message.type) {
      case 'hello':
      case 'ask':
        return this.#wire.close(CLOSE.badMessage);
      case 'ping':
        return this.#wire.send({ type: 'pong', token: message.token });
      case 'post':
        return this.#post(this.#state.room, message.frame);
      case 'fetch':
        return this.#page(this.#state.room, message.after);
      case 'presence':
        return this.#broadcast(this.#state, message.frame);
      case 'blob-put':
      case 'blob-get':
        return this.#state.blobs.handle(message);
    }
  }

  #begin(message: DeviceMessage): Promise<void> | void {
    if (this.#asking && message.type === 'ping') return this.#wire.send({ type: 'pong', token: message.token });
    if (!this.#asking && message.type === 'hello') return this.#hello(message);
    if (!this.#asking && message.type === 'ask') return this.#ask(message);
    return this.#wire.close(CLOSE.badMessage);
  }

  /** The socket is gone. */
  async end(): Promise<void> {
    this.#closed = true;
    if (this.#asking) {
      this.#asking.room.asks.remove(this.#asking.asker);
      this.#services.rooms.leave(this.#asking.room, null);
      this.#asking = null;
    }
    const state = this.#state;
    if (!state) return;
    this.#services.rooms.leave(state.room, this);
    await state.blobs.close();
  }

  push(sequence: number, entry: Uint8Array): void {
    if (!this.#live || sequence <= this.#sentSequence) return;
    if (this.#wire.bufferedBytes() > this.#services.budget.pushBytes) {
      this.#live = false;
      return this.#wire.send({ type: 'lagging' });
    }
    this.#sentSequence = sequence;
    this.#wire.send(entry);
  }

  presence(presence: Uint8Array): void {
    if (this.#wire.bufferedBytes() < this.#services.budget.pushBytes) this.#wire.send(presence);
  }

  ask(request: JoinRequest): void {
    this.#wire.send({ ...request, type: 'request' });
  }

  expel(): void {
    this.#live = false;
    this.#refuse('removed', CLOSE.refused);
  }

  dismiss(): void {
    if (this.#state) this.#services.rooms.forget(this.#state.room);
    this.#wire.close(CLOSE.shuttingDown);
  }

  async #hello(message: Extract<DeviceMessage, { type: 'hello' }>): Promise<void> {
    const { rooms, log, limits } = this.#services;
    const { device } = message;
    const entered = await rooms.enter(message.roomPublicKey, this.#entrance.mayCreateRooms);
    if (!entered.ok)
      return this.#refuse(entered.error.code, entered.error.code === 'room-token' ? CLOSE.refused : CLOSE.quota);
    const room = entered.value;
    const refusal = await this.#admit(room, message);
    if (refusal || this.#closed) {
      if (refusal === 'removed') await this.#sendRevocations(room, device);
      rooms.leave(room, null);
      if (refusal) this.#refuse(refusal, refusal === 'relay-quota' ? CLOSE.quota : CLOSE.refused);
      return;
    }
    if (message.compact && message.cursor === 0) room.expectFetch();
    const hashAtCursor = (await log.hashAt(room.id, message.cursor)) ?? NO_HASH;
    const blobs = new BlobDesk({
      store: this.#services.blobs,
      room: room.id,
      device,
      maxRoomBytes: limits.roomBlobBytes,
      send: (answer) => this.#wire.send(answer),
      drained: () => this.#wire.drained(),
      onFailure: () => {
        this.#services.logger.count('blob-failed');
        this.#wire.close(CLOSE.shuttingDown);
      },
    });
    this.#state = { room, device, blobs };
    this.#compact = message.compact;
    room.members.add(this);
    this.#entrance.onAdmitted();
    if (this.#closed) return this.end();
    this.#wire.send({
      type: 'welcome',
      logId: log.logId,
      lastSequence: room.durableSequence,
      hashAtCursor,
      ends: room.ends(),
    });
    room.passAsks();
  }

  /** Null once the device is known to be in the room and to hold its key; else the code of the refusal. [SY20] [SY21] */
  async #admit(
    room: Room,
    { device, signature, records }: Extract<DeviceMessage, { type: 'hello' }>,
  ): Promise<string | null> {
    const first = room.isEmpty;
    if (room.keyOf(device) === 'not-admitted') {
      for (const record of records) {
        const answer = await room.post(record.slice(), null);
        if (answer.outcome === 'rejected' && answer.code === 'relay-quota') return answer.code;
      }
      if (first && !room.isEmpty) this.#services.rooms.noteNewRoom();
    }
    const key = room.keyOf(device);
    if (typeof key === 'string') return key;
    const statement = helloStatement(this.#nonce, room.idBytes, device);
    return this.#services.ciphers.verify(key, statement, signature) ? null : 'relay-refused';
  }

  /** [SY21] A removed device gets the proof, and nothing more. */
  async #sendRevocations(room: Room, device: number): Promise<void> {
    for (const entry of await room.removalsOf(device)) this.#wire.send({ ...entry, type: 'entry' });
  }

  /** [SY58] */
  async #ask(message: Extract<DeviceMessage, { type: 'ask' }>): Promise<void> {
    const { rooms } = this.#services;
    const entered = await rooms.enter(message.roomPublicKey, true);
    if (!entered.ok) return this.#refuse(entered.error.code, CLOSE.quota);
    const room = entered.value;
    if (room.isEmpty) {
      // nobody founded it here: it gets no place to wait in
      this.#wire.send({ type: 'asked', code: 'invitation-unknown' });
      rooms.leave(room, null);
      return this.#wire.close(CLOSE.shuttingDown);
    }
    const asker: Asker = {
      request: message,
      answer: (code) => this.#wire.send({ type: 'asked', code }),
      admitted: (frame) => this.#wire.send({ type: 'admitted', frame }),
    };
    const refusal = this.#closed ? 'relay-refused' : await room.takeAsker(asker);
    if (this.#closed) {
      room.asks.remove(asker);
      return rooms.leave(room, null);
    }
    if (refusal) {
      rooms.leave(room, null);
      return this.#refuse(refusal, refusal === 'link-used' ? CLOSE.linkUsed : CLOSE.refused);
    }
    this.#asking = { room, asker };
    this.#entrance.onAdmitted();
  }

  /** [SY22] [SY23] Does not wait for the disk unless too much is on its way there. */
  async #post(room: Room, frame: Uint8Array): Promise<void> {
    const { budget, logger } = this.#services;
    this.#appendingBytes += frame.length;
    budget.hold(frame.length);
    const answered = room
      .post(frame, this)
      .then((answer) => {
        if (answer.outcome === 'retired') return;
        if (answer.outcome === 'rejected') {
          logger.count(`rejected-${answer.code}`);
          if (answer.code === 'relay-quota') this.#refusedForRoom = true;
          const nowMs = performance.now();
          const isForged = FORGED.test(answer.code) && !this.#forgeries.tryTake(1, nowMs);
          if (isForged || !this.#rejections.tryTake(1, nowMs)) this.#wire.close(CLOSE.tooSlow);
          return this.#wire.send({
            type: 'rejected',
            device: answer.device,
            counter: answer.counter,
            code: answer.code,
          });
        }
        if (this.#acknowledged.length === 0) queueMicrotask(() => this.#sendAcknowledgements());
        this.#acknowledged.push({ device: answer.device, counter: answer.counter, sequence: answer.sequence });
      })
      .catch(() => {
        logger.count('append-failed');
      })
      .finally(() => {
        this.#appendingBytes -= frame.length;
        budget.release(frame.length);
      });
    this.#lastPost = answered;
    if (this.#appendingBytes > APPEND_BUFFER_BYTES || budget.isTight) await answered;
  }

  #sendAcknowledgements(): void {
    const frames = this.#acknowledged;
    this.#acknowledged = [];
    for (let i = 0; i < frames.length; i += 1_000) this.#wire.send({ type: 'ack', frames: frames.slice(i, i + 1_000) });
  }

  /** [SY24] [SY25] */
  async #page(room: Room, after: number): Promise<void> {
    this.#live = false;
    await this.#wire.drained();
    if (after === 0) this.#leaveOut = this.#compact ? await room.leaveOut() : null;
    const leaveOut = this.#leaveOut;
    const last = room.durableSequence;
    let from = after;
    let entries: LogEntry[] = [];
    while (entries.length === 0) {
      const read = await this.#services.log.read(room.id, from, LIMITS.page, leaveOut?.allFrom ?? 0);
      if (read.length === 0) {
        from = Math.max(from, last); // the last of all may have been dropped [SY57]
        break;
      }
      from = read[read.length - 1]?.sequence ?? from;
      entries = leaveOut ? read.filter(({ frame }) => !leaveOut.covers(frame)) : read;
    }
    const upTo = from;
    const end = upTo >= room.durableSequence;
    if (end) this.#leaveOut = null;
    this.#sentSequence = upTo;
    this.#live = end;
    this.#wire.send({ type: 'page', end, upTo, entries });
    // what others were handed while the page was read [SY76]
    if (!end) return;
    for (const entry of room.unwritten(upTo))
      this.push(entry.sequence, encodeRelayMessage({ type: 'entry', ...entry }));
  }

  #broadcast({ room, device }: { room: Room; device: number }, frame: Uint8Array): void {
    const second = Math.floor(performance.now() / 1_000);
    if (this.#presenceWindow.second !== second) this.#presenceWindow = { second, count: 0 };
    if (++this.#presenceWindow.count > this.#services.limits.presencePerSecond) return;
    const looksAtSignature = !this.#hasShownItself || Math.random() < PRESENCE_CHECKED;
    this.#hasShownItself = true;
    if (!room.isPresenceOf(device, frame, { looksAtSignature })) return this.#wire.close(CLOSE.badMessage);
    const presence = encodeRelayMessage({ type: 'presence', frame });
    for (const member of room.members) if (member !== this) member.presence(presence);
  }

  #refuse(code: string, closeCode: number): void {
    this.#services.logger.count(`refused-${code}`);
    this.#wire.send({ type: 'refused', code });
    this.#wire.close(closeCode);
  }
}
