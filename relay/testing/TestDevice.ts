import { connect, type Socket } from 'node:net';
import sodium from 'libsodium-wrappers-sumo';
import { type ClientOptions, WebSocket } from 'ws';
import type { Ciphers, SignPair } from '../../shared/crypto/Ciphers.ts';
import { createRoom, type RoomKeys } from '../../shared/crypto/room.ts';
import { createSodiumCiphers } from '../../shared/crypto/sodiumCiphers.ts';
import { createAdmission } from '../../shared/sync/admission.ts';
import { createFrame, frameHash, KIND, NO_HASH } from '../../shared/sync/Frame.ts';
import { helloStatement } from '../../shared/sync/hello.ts';
import {
  type DeviceMessage,
  encodeDeviceMessage,
  parseRelayMessage,
  type RelayMessage,
} from '../../shared/sync/RelayMessage.ts';

/** Rooms and keys for tests that speak the protocol by hand. */
export interface TestKeys {
  ciphers: Ciphers;
  room: RoomKeys;
}

export async function createTestKeys(): Promise<TestKeys> {
  await sodium.ready;
  const ciphers = createSodiumCiphers(sodium);
  return { ciphers, room: createRoom(ciphers) };
}

/** A device that speaks the protocol by hand, one message at a time. */
export class TestDevice {
  readonly socket: WebSocket;
  readonly received: RelayMessage[] = [];
  readonly #keys: TestKeys;
  closeCode: number | null = null;
  number = 0;
  counter = 1;
  #pair: SignPair | null = null;
  #previous: Uint8Array = NO_HASH;
  readonly #wakers = new Set<() => void>();

  constructor(keys: TestKeys, url: string, options: ClientOptions = {}) {
    this.#keys = keys;
    this.socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.socket.on('message', (data: Buffer) => {
      const parsed = parseRelayMessage(new Uint8Array(data));
      if (!parsed.ok) throw new Error('relay sent garbage');
      this.received.push(parsed.value);
      this.#wakers.forEach((wake) => wake());
    });
    this.socket.on('error', () => {}); // told by the close that follows
    this.socket.on('close', (code) => {
      this.closeCode = code;
      this.#wakers.forEach((wake) => wake());
    });
  }

  send(message: DeviceMessage): void {
    this.socket.send(encodeDeviceMessage(message));
  }

  async next<T extends RelayMessage['type']>(type: T): Promise<Extract<RelayMessage, { type: T }>> {
    for (;;) {
      const index = this.received.findIndex((message) => message.type === type);
      if (index >= 0) return this.received.splice(index, 1)[0] as Extract<RelayMessage, { type: T }>;
      if (this.closeCode !== null) throw new Error(`closed with ${this.closeCode} before ${type}`);
      await this.#woken();
    }
  }

  async closed(): Promise<number> {
    while (this.closeCode === null) await this.#woken();
    return this.closeCode;
  }

  async hello(number: number, pair = this.pairOf(number), nonce?: Uint8Array): Promise<Uint8Array> {
    const { ciphers, room } = this.#keys;
    const challenge = await this.next('challenge');
    const admission = createAdmission(ciphers, room, { number, publicKey: pair.publicKey, organizationNumber: 1 });
    const signature = ciphers.sign(pair.secretKey, helloStatement(nonce ?? challenge.nonce, room.roomIdBytes, number));
    this.send({ type: 'hello', roomPublicKey: room.roomPublicKey, admission, cursor: 0, signature });
    this.number = number;
    this.#pair = pair;
    this.#previous = frameHash(ciphers, admission);
    return admission;
  }

  /** Hello, and the relay's welcome. */
  async enter(number: number): Promise<Extract<RelayMessage, { type: 'welcome' }>> {
    await this.hello(number);
    return this.next('welcome');
  }

  /** The next frame of this device's chain. */
  frame(content: Uint8Array | string = 'x'): Uint8Array {
    const { ciphers, room } = this.#keys;
    const frame = createFrame(ciphers, room, (this.#pair as SignPair).secretKey, {
      kind: KIND.update,
      device: this.number,
      counter: ++this.counter,
      previous: this.#previous,
      content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    });
    this.#previous = frameHash(ciphers, frame);
    return frame;
  }

  post(content?: Uint8Array | string): Uint8Array {
    const frame = this.frame(content);
    this.send({ type: 'post', frame });
    return frame;
  }

  pairOf(seed: number): SignPair {
    return this.#keys.ciphers.signPair(new Uint8Array(32).fill(seed));
  }

  async #woken(): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#wakers.delete(wake);
        resolve();
      };
      this.#wakers.add(wake);
    });
  }
}

/** A plain TCP connection to the relay. */
export async function rawSocket(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect(port, host);
  socket.on('error', () => {}); // a refused connection is told by its close
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
    socket.once('close', () => resolve());
  });
  return socket;
}

/** The same, after a WebSocket upgrade. */
export async function upgraded(port: number, path = '/'): Promise<Socket> {
  const socket = await rawSocket(port);
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  await new Promise<void>((resolve) => {
    socket.once('data', () => resolve());
    socket.once('close', () => resolve());
  });
  return socket;
}

export function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    socket.resume();
    socket.once('end', () => socket.destroy());
    socket.once('close', () => resolve());
  });
}

/** Waits for a state, checked every few milliseconds; throws when it does not come. */
export async function until(reached: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await reached())) {
    if (performance.now() > endMs) throw new Error(`not reached within ${limitMs} ms: ${reached}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
