import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { Ciphers, SignPair } from '../shared/crypto/Ciphers.ts';
import type { RoomKeys } from '../shared/crypto/room.ts';
import { createAdmission } from '../shared/sync/admission.ts';
import { createFrame, frameHash, KIND } from '../shared/sync/Frame.ts';
import { helloStatement } from '../shared/sync/hello.ts';
import {
  type DeviceMessage,
  encodeDeviceMessage,
  parseRelayMessage,
  type RelayMessage,
} from '../shared/sync/RelayMessage.ts';

/** A device's keys and the end of its chain: enough to speak for it, honestly or not. */
export class DeviceChain {
  readonly number: number;
  readonly pair: SignPair;
  readonly room: RoomKeys;
  readonly admission: Uint8Array;
  readonly #ciphers: Ciphers;
  counter = 1;
  previous: Uint8Array;

  constructor(ciphers: Ciphers, room: RoomKeys, number: number) {
    this.#ciphers = ciphers;
    this.room = room;
    this.number = number;
    this.pair = ciphers.signPair(ciphers.randomBytes(32));
    this.admission = createAdmission(ciphers, room, {
      number,
      publicKey: this.pair.publicKey,
      organizationNumber: number,
    });
    this.previous = frameHash(ciphers, this.admission);
  }

  /** The next update frame, holding `content`, whatever that is. */
  next(content: Uint8Array): Uint8Array {
    const frame = createFrame(this.#ciphers, this.room, this.pair.secretKey, {
      kind: KIND.update,
      device: this.number,
      counter: ++this.counter,
      previous: this.previous,
      content,
    });
    this.previous = frameHash(this.#ciphers, frame);
    return frame;
  }

  /** The bytes of a hello that answers `nonce`. */
  hello(nonce: Uint8Array): Uint8Array {
    return encodeDeviceMessage({
      type: 'hello',
      roomPublicKey: this.room.roomPublicKey,
      admission: this.admission,
      cursor: 0,
      signature: this.#ciphers.sign(this.pair.secretKey, helloStatement(nonce, this.room.roomIdBytes, this.number)),
    });
  }
}

/** One connection to a relay that is spoken by hand, message by message. */
export class RawDevice {
  readonly socket: WebSocket;
  readonly received: RelayMessage[] = [];
  closeCode: number | null = null;
  onMessage: (message: RelayMessage) => void = (message) => this.received.push(message);
  #wakers: (() => void)[] = [];

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.socket.on('message', (data: Buffer) => {
      const parsed = parseRelayMessage(new Uint8Array(data.buffer, data.byteOffset, data.length).slice());
      if (!parsed.ok) throw new Error('The relay sent garbage.');
      this.onMessage(parsed.value);
      this.#wake();
    });
    this.socket.on('error', () => {}); // 'close' follows
    this.socket.on('close', (code) => {
      this.closeCode = code;
      this.#wake();
    });
  }

  send(message: DeviceMessage): void {
    this.sendBytes(encodeDeviceMessage(message));
  }

  sendBytes(bytes: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes, { binary: true }, () => {});
  }

  /** The oldest message of this type not yet taken; throws when the connection ends before it comes. */
  async next<T extends RelayMessage['type']>(type: T): Promise<Extract<RelayMessage, { type: T }>> {
    for (;;) {
      const index = this.received.findIndex((message) => message.type === type);
      if (index >= 0) return this.received.splice(index, 1)[0] as Extract<RelayMessage, { type: T }>;
      if (this.closeCode !== null) throw new Error(`closed with ${this.closeCode} before ${type}`);
      await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  /** Challenge, hello, welcome. */
  async enter(chain: DeviceChain): Promise<void> {
    const { nonce } = await this.next('challenge');
    this.sendBytes(chain.hello(nonce));
    await this.next('welcome');
  }

  async close(): Promise<void> {
    if (this.closeCode !== null) return;
    this.socket.close(1000);
    const forced = setTimeout(() => this.socket.terminate(), 500);
    await once(this.socket, 'close');
    clearTimeout(forced);
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}
