import { type ClientOptions, WebSocket } from 'ws';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { Room } from '../../../shared/crypto/room.ts';
import type { NoticeCode } from '../../../shared/ipc/notices.ts';
import { helloStatement } from '../../../shared/sync/hello.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import {
  CLOSE,
  type DeviceMessage,
  encodeDeviceMessage,
  parseRelayMessage,
  type RelayMessage,
} from '../../../shared/sync/RelayMessage.ts';
import type { Clock, SyncTiming } from './Clock.ts';

export type LinkFailure = Extract<
  NoticeCode,
  'relay-away' | 'relay-slow' | 'relay-garbage' | 'relay-refused' | 'relay-quota' | 'room-token' | 'device-removed'
>;
/** What the relay owes us; each has a deadline of its own. */
export type Expectation = 'welcome' | 'pong' | 'page' | 'ack';

export interface RelayLinkOptions {
  relayUrl: string;
  ciphers: Ciphers;
  room: Room;
  device: { number: number; secretKey: Uint8Array };
  /** [SY21] Records that lead from the root to this device, for a relay that does not know it. */
  records(): Promise<Uint8Array[]>;
  /** [SY72] The word that this relay's operator asks of whoever begins a room; printable ASCII. */
  roomToken?: string | undefined;
  /** Makes the socket; tests put faults into it. */
  createSocket?: ((relayUrl: string, options: ClientOptions) => WebSocket) | undefined;
  cursor: number;
  clock: Clock;
  timing: SyncTiming;
  /** Everything but challenge, pong and refused. */
  onMessage(message: RelayMessage): void;
  /** Called on every pong. */
  onBeat(): void;
  /** Once, when the connection is over for a reason other than `close`. */
  onDown(reason: LinkFailure): void;
}

/** Slow lines are given this long for what is under way to them. */
const SLOWEST_BYTES_PER_MS = 16;
const CHECK_MS = 250;

/** One connection to a relay: hello, deadlines, and a word for why it ended. It knows nothing of documents. */
export class RelayLink {
  readonly #options: RelayLinkOptions;
  readonly #socket: WebSocket;
  readonly #deadlines = new Map<Expectation, number>();
  #refusal: LinkFailure | null = null;
  #over = false;
  /** A fetch went out with the hello: whoever has nothing of the room knows from where before the welcome. [SY26] */
  #fetchesFirst = false;
  #stopChecking: () => void = () => {};
  #stopPinging: () => void = () => {};

  constructor(options: RelayLinkOptions) {
    this.#options = options;
    const create = options.createSocket ?? ((url, how) => new WebSocket(url, how));
    this.#socket = create(options.relayUrl, {
      perMessageDeflate: false,
      maxPayload: LIMITS.message,
      handshakeTimeout: options.timing.slowMs,
      followRedirects: false,
      ...(options.roomToken ? { headers: { authorization: `Bearer ${options.roomToken}` } } : {}),
    });
    this.#socket.binaryType = 'nodebuffer';
    this.#socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    this.#socket.on('error', (error) => this.fail(failureOf(error)));
    this.#socket.on('close', (code) => this.fail(this.#refusal ?? failureOfClose(code)));
    this.expect('welcome');
    this.#check();
  }

  /** Asks for what the relay has after a sequence. */
  fetch(after: number): void {
    if (!this.#fetchesFirst) this.send({ type: 'fetch', after });
    this.#fetchesFirst = false;
    this.expect('page');
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: DeviceMessage): void {
    if (this.#over || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(encodeDeviceMessage(message), { binary: true }, () => {});
  }

  /** The relay must answer in time, longer the more bytes are on their way to it. */
  expect(what: Expectation, bytes = this.bufferedBytes): void {
    const { clock, timing } = this.#options;
    this.#deadlines.set(what, clock.now() + timing.slowMs + bytes / SLOWEST_BYTES_PER_MS);
  }

  met(what: Expectation): void {
    this.#deadlines.delete(what);
  }

  isExpected(what: Expectation): boolean {
    return this.#deadlines.has(what);
  }

  /** Ends the connection and reports why. */
  fail(reason: LinkFailure): void {
    if (this.#over) return;
    this.close();
    this.#options.onDown(reason);
  }

  /** Ends the connection without a report. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopChecking();
    this.#stopPinging();
    this.#socket.on('error', () => {}); // closing while connecting is reported as an error
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(1000);
    else this.#socket.terminate();
    const socket = this.#socket;
    setTimeout(() => socket.terminate(), 500).unref();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#over) return;
    const parsed = isBinary ? parseRelayMessage(new Uint8Array(data.buffer, data.byteOffset, data.length)) : null;
    if (!parsed?.ok) return this.fail('relay-garbage');
    const message = parsed.value;
    switch (message.type) {
      case 'challenge':
        return void this.#hello(message.nonce.slice());
      case 'pong':
        this.met('pong');
        return this.#options.onBeat();
      case 'refused':
        this.#refusal = refusalOf(message.code);
        return;
      case 'welcome':
        if (!this.isExpected('welcome')) return this.fail('relay-garbage');
        this.met('welcome');
        this.#ping();
        break;
      case 'page':
        this.met('page');
        break;
    }
    this.#options.onMessage(message);
  }

  async #hello(nonce: Uint8Array): Promise<void> {
    const { ciphers, room, device, cursor } = this.#options;
    const signature = ciphers.sign(device.secretKey, helloStatement(nonce, room.roomIdBytes, device.number));
    const records = await this.#options.records();
    const roomPublicKey = room.publicKey;
    this.send({ type: 'hello', roomPublicKey, device: device.number, compact: true, cursor, signature, records });
    if (cursor > 0) return;
    this.send({ type: 'fetch', after: 0 });
    this.#fetchesFirst = true;
  }

  #ping(): void {
    this.#stopPinging = this.#options.clock.setTimer(() => {
      if (!this.isExpected('pong')) {
        this.send({ type: 'ping', token: 0 });
        this.expect('pong');
      }
      this.#ping();
    }, this.#options.timing.pingMs);
  }

  #check(): void {
    this.#stopChecking = this.#options.clock.setTimer(() => {
      const now = this.#options.clock.now();
      for (const deadline of this.#deadlines.values()) if (deadline < now) return this.fail('relay-slow');
      this.#check();
    }, CHECK_MS);
  }
}

function failureOf(error: Error & { code?: string }): LinkFailure {
  const code = error.code ?? '';
  if (/handshake has timed out/.test(error.message)) return 'relay-slow';
  if (code.startsWith('WS_ERR_') || code.startsWith('HPE_')) return 'relay-garbage';
  if (/server response|Sec-WebSocket|Upgrade header|socket hang up/i.test(error.message)) return 'relay-garbage';
  return 'relay-away';
}

function failureOfClose(code: number): LinkFailure {
  switch (code) {
    case CLOSE.refused:
      return 'relay-refused';
    case CLOSE.quota:
      return 'relay-quota';
    case 1002:
    case 1003:
    case 1007:
    case 1009:
      return 'relay-garbage';
    default:
      return 'relay-away';
  }
}

function refusalOf(code: string): LinkFailure {
  if (code === 'removed') return 'device-removed';
  return code === 'relay-quota' || code === 'room-token' ? code : 'relay-refused';
}
