import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import {
  type DeviceMessage,
  encodeDeviceMessage,
  parseRelayMessage,
  type RelayMessage,
} from '../shared/sync/RelayMessage.ts';
import type { DeviceChain } from './DeviceChain.ts';

const PATIENCE_MS = 15_000;

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
      await this.#woken();
    }
  }

  /** Challenge, hello, welcome. Throws when the relay ends the connection instead. */
  async enter(chain: DeviceChain): Promise<Extract<RelayMessage, { type: 'welcome' }>> {
    const { nonce } = await this.next('challenge');
    this.sendBytes(chain.hello(nonce));
    return this.next('welcome');
  }

  /** What the relay says to a posted frame: `ack`, or the code of the rejection. */
  async post(frame: Uint8Array): Promise<string> {
    this.send({ type: 'post', frame });
    for (;;) {
      const index = this.received.findIndex(({ type }) => type === 'ack' || type === 'rejected');
      const [message] = index < 0 ? [] : this.received.splice(index, 1);
      if (message?.type === 'ack') return 'ack';
      if (message?.type === 'rejected') return message.code;
      if (this.closeCode !== null) return `closed-${this.closeCode}`;
      await this.#woken();
    }
  }

  async close(): Promise<void> {
    if (this.closeCode !== null) return;
    this.socket.close(1000);
    const forced = setTimeout(() => this.socket.terminate(), 500);
    await once(this.socket, 'close');
    clearTimeout(forced);
  }

  /** Something came or the connection ended. A relay that leaves it at silence is hung up on. */
  async #woken(): Promise<void> {
    const silent = setTimeout(() => this.socket.terminate(), PATIENCE_MS);
    await new Promise<void>((resolve) => this.#wakers.push(resolve));
    clearTimeout(silent);
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}
