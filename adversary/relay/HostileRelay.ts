import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { equalBytes, hex } from '../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import { frameHash, isRecord, parseFrame } from '../../shared/sync/Frame.ts';
import {
  type ChainEnd,
  type DeviceMessage,
  encodeRelayMessage,
  type JoinRequest,
  LOG_ID_BYTES,
  parseDeviceMessage,
  type RelayMessage,
} from '../../shared/sync/RelayMessage.ts';

/** A frame as the relay keeps it. */
export interface KeptFrame {
  bytes: Uint8Array;
  device: number;
  counter: number;
  kind: number;
  hash: Uint8Array;
}

/** What it lies about; whatever is left out it does as the protocol wants. All of it may be changed at any time. */
export interface Lies {
  /** The log as this device gets to see it, numbered anew from 1. */
  view?(log: readonly KeptFrame[], reader: number): readonly KeptFrame[];
  /** What becomes of a posted frame: stored, acknowledged and thrown away, or met with silence. */
  take?(frame: KeptFrame, from: number): 'store' | 'acknowledge-and-drop' | 'silence';
  /** Chain ends named in `welcome`; those of the view when left out. */
  ends?(ends: ChainEnd[], reader: number): ChainEnd[];
  logId?(reader: number): Uint8Array;
  /** The page that is sent instead of the right one. */
  page?(page: Extract<RelayMessage, { type: 'page' }>, reader: number): Extract<RelayMessage, { type: 'page' }>;
  /** Sent at hello instead of a welcome, before the connection is closed with 4403. */
  refuse?(reader: number): string | null;
  /** Presence as it is handed on; null for none. */
  presence?(frame: Uint8Array, from: number, to: number): Uint8Array | null;
}

const REFUSED = 4403;

/**
 * A relay that keeps one room's log in memory and speaks the protocol, except where it was told to lie. It checks nothing that it is
 * given, so that clients' own checks are what a test meets.
 */
export class HostileRelay {
  lies: Lies = {};
  readonly log: KeptFrame[] = [];
  readonly #ciphers: Ciphers;
  readonly #server: WebSocketServer;
  readonly #guests = new Set<Guest>();
  readonly #logId: Uint8Array;

  private constructor(ciphers: Ciphers, server: WebSocketServer) {
    this.#ciphers = ciphers;
    this.#server = server;
    this.#logId = ciphers.randomBytes(LOG_ID_BYTES);
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(ciphers: Ciphers): Promise<HostileRelay> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    return new HostileRelay(ciphers, server);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a frame into the log as if somebody had posted it. */
  plant(bytes: Uint8Array): void {
    const frame = this.#read(bytes);
    if (frame) this.#store(frame, null);
  }

  /** Pushes bytes to one device out of the blue, under the next sequence it expects; they do not go into the log. */
  push(reader: number, bytes: Uint8Array): void {
    for (const guest of this.#guests)
      if (guest.device === reader) guest.send({ type: 'entry', sequence: guest.sentSequence + 1, frame: bytes });
  }

  /** Passes a request to be let in on to one device, whether or not anybody asked. */
  request(reader: number, request: JoinRequest): void {
    for (const guest of this.#guests) if (guest.device === reader) guest.send({ type: 'request', ...request });
  }

  /** Hangs up on everybody; they come back by themselves. */
  hangUp(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.hangUp();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: WebSocket): void {
    const guest: Guest = {
      device: 0,
      sentSequence: 0,
      isLive: false,
      send: (message) => socket.send(encodeRelayMessage(message), { binary: true }, () => {}),
      refuse: (code) => {
        guest.send({ type: 'refused', code });
        socket.close(REFUSED);
      },
    };
    this.#guests.add(guest);
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => this.#guests.delete(guest));
    socket.on('message', (data: RawData) => {
      const bytes = Uint8Array.from(data as Buffer);
      const message = parseDeviceMessage(bytes);
      if (message.ok) this.#handle(guest, message.value);
    });
    guest.send({ type: 'challenge', nonce: this.#ciphers.randomBytes(32) });
  }

  #handle(guest: Guest, message: DeviceMessage): void {
    switch (message.type) {
      case 'hello':
        for (const record of message.records) this.plant(record.slice());
        return this.#welcome(guest, message.device, message.cursor);
      case 'fetch':
        return this.#page(guest, message.after);
      case 'post':
        return this.#take(guest, message.frame.slice());
      case 'ping':
        return guest.send({ type: 'pong', token: message.token });
      case 'presence':
        for (const other of this.#guests) {
          if (other === guest || other.device === 0) continue;
          const frame = this.lies.presence
            ? this.lies.presence(message.frame, guest.device, other.device)
            : message.frame;
          if (frame) other.send({ type: 'presence', frame });
        }
    }
  }

  #welcome(guest: Guest, device: number, cursor: number): void {
    guest.device = device;
    const refusal = this.lies.refuse?.(device);
    if (refusal) return guest.refuse(refusal);
    const view = this.#viewOf(device);
    const ends = new Map<number, ChainEnd>();
    for (const frame of view) {
      const before = ends.get(frame.device)?.counter ?? 0;
      if (frame.counter === before + 1) ends.set(frame.device, { ...frame });
    }
    guest.send({
      type: 'welcome',
      logId: this.lies.logId?.(device) ?? this.#logId,
      lastSequence: view.length,
      hashAtCursor: view[cursor - 1]?.hash ?? new Uint8Array(32),
      ends: this.lies.ends?.([...ends.values()], device) ?? [...ends.values()],
    });
  }

  #page(guest: Guest, after: number): void {
    const view = this.#viewOf(guest.device);
    const entries = view.slice(after).map(({ bytes }, i) => ({ sequence: after + i + 1, frame: bytes }));
    guest.sentSequence = Math.max(view.length, after);
    guest.isLive = true;
    const page = { type: 'page', end: true, upTo: guest.sentSequence, entries } as const;
    guest.send(this.lies.page?.(page, guest.device) ?? page);
  }

  #take(guest: Guest, bytes: Uint8Array): void {
    const frame = this.#read(bytes);
    if (!frame) return;
    const fate = this.lies.take?.(frame, guest.device) ?? 'store';
    if (fate === 'silence') return;
    const sequence = fate === 'store' ? this.#store(frame, guest) : this.log.length + 1;
    guest.send({ type: 'ack', frames: [{ device: frame.device, counter: frame.counter, sequence }] });
  }

  /** The sequence under which it is now known. */
  #store(frame: KeptFrame, from: Guest | null): number {
    const known = this.log.findIndex(({ hash }) => equalBytes(hash, frame.hash));
    if (known >= 0) return known + 1;
    this.log.push(frame);
    if (from) from.sentSequence = Math.max(from.sentSequence, this.#viewOf(from.device).length);
    for (const guest of this.#guests) {
      if (guest === from || !guest.isLive) continue;
      const view = this.#viewOf(guest.device);
      for (; guest.sentSequence < view.length; guest.sentSequence++) {
        const next = view[guest.sentSequence];
        if (next) guest.send({ type: 'entry', sequence: guest.sentSequence + 1, frame: next.bytes });
      }
    }
    return this.log.length;
  }

  #viewOf(reader: number): readonly KeptFrame[] {
    return this.lies.view?.(this.log, reader) ?? this.log;
  }

  #read(bytes: Uint8Array): KeptFrame | null {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return null;
    const { device, counter, kind } = parsed.value;
    return { bytes, device, counter, kind, hash: frameHash(this.#ciphers, bytes) };
  }
}

/** True for frames of the log that are judged as a set. */
export function isRecordFrame(frame: KeptFrame): boolean {
  return isRecord(frame.kind as Parameters<typeof isRecord>[0]);
}

/** A name to compare frames by. */
export function nameOf(frame: KeptFrame): string {
  return hex(frame.hash);
}

interface Guest {
  device: number;
  sentSequence: number;
  /** It has had a last page; what is stored from now on is pushed. */
  isLive: boolean;
  send(message: RelayMessage): void;
  refuse(code: string): void;
}
