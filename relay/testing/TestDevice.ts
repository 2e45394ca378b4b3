import { connect, type Socket } from 'node:net';
import sodium from 'libsodium-wrappers-sumo';
import { type ClientOptions, WebSocket } from 'ws';
import type { Ciphers, SignPair } from '../../shared/crypto/Ciphers.ts';
import { createEpoch, createRoot, deriveDevice, type Epoch, type RoomRoot } from '../../shared/crypto/room.ts';
import { createSodiumCiphers } from '../../shared/crypto/sodiumCiphers.ts';
import { createFrame, createRecordFrame, frameHash, KIND, type Kind, NO_HASH } from '../../shared/sync/Frame.ts';
import { helloStatement, requestStatement } from '../../shared/sync/hello.ts';
import {
  type DeviceMessage,
  encodeDeviceMessage,
  parseRelayMessage,
  type RelayMessage,
} from '../../shared/sync/RelayMessage.ts';
import { boxEpochs, encodeAdmission, encodeInvitation } from '../../shared/sync/records.ts';

/** Rooms and keys for tests that speak the protocol by hand. */
export interface TestKeys {
  ciphers: Ciphers;
  root: RoomRoot;
  epoch: Epoch;
  /** Frames of the root: the founding, then an invitation and an admission for devices 2, 3 and so on. */
  rootFrames: Uint8Array[];
}

export async function createTestKeys(): Promise<TestKeys> {
  await sodium.ready;
  const ciphers = createSodiumCiphers(sodium);
  const keys: TestKeys = { ciphers, root: createRoot(ciphers), epoch: createEpoch(ciphers), rootFrames: [] };
  admitNext(keys);
  return keys;
}

/** The records that bring a device in; all before it are made too. */
export function recordsOf(keys: TestKeys, number: number): Uint8Array[] {
  while (keys.rootFrames.length < 2 * number - 1) admitNext(keys);
  const [founding] = keys.rootFrames as [Uint8Array];
  return number === 1 ? [founding] : [founding, ...keys.rootFrames.slice(2 * number - 3, 2 * number - 1)];
}

function seedOf(number: number): Uint8Array {
  return new Uint8Array(32).fill(number);
}

function admitNext(keys: TestKeys): void {
  const { ciphers, root, epoch, rootFrames } = keys;
  const number = (rootFrames.length + 3) >> 1;
  const { sign, box } = deriveDevice(ciphers, seedOf(number));
  const write = (kind: Kind, body: Uint8Array): Uint8Array => {
    const last = rootFrames[rootFrames.length - 1];
    const previous = last ? frameHash(ciphers, last) : NO_HASH;
    const frame = { kind, device: 0, counter: rootFrames.length + 1, previous, body };
    rootFrames.push(createRecordFrame(ciphers, root.room, epoch.id, root.pair.secretKey, frame));
    return rootFrames[rootFrames.length - 1] as Uint8Array;
  };
  const common = { device: number, organization: 1, deviceKey: sign.publicKey, boxKey: box.publicKey };
  const epochs = boxEpochs(ciphers, box.publicKey, [epoch]);
  if (number === 1) {
    const none = { invitation: null, signature: new Uint8Array(64) };
    write(KIND.admission, encodeAdmission({ ...common, ...none, role: 'owner', epochs }));
    return;
  }
  const invitation = ciphers.signPair(ciphers.randomBytes(32));
  const terms = { role: 'editor', organization: 1, device: number, expires: 4_000_000_000 } as const;
  const invited = write(KIND.invitation, encodeInvitation({ ...terms, key: invitation.publicKey }));
  const statement = requestStatement(root.room.roomIdBytes, sign.publicKey, box.publicKey);
  const signature = ciphers.sign(invitation.secretKey, statement);
  const asked = { invitation: frameHash(ciphers, invited), signature };
  write(KIND.admission, encodeAdmission({ ...common, ...asked, role: 'editor', epochs }));
}

/** A device that speaks the protocol by hand, one message at a time. */
export class TestDevice {
  readonly socket: WebSocket;
  readonly received: RelayMessage[] = [];
  readonly #keys: TestKeys;
  closeCode: number | null = null;
  number = 0;
  counter = 0;
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
    const { ciphers, root } = this.#keys;
    const challenge = await this.next('challenge');
    const records = recordsOf(this.#keys, number);
    const admission = records[records.length - 1] as Uint8Array;
    const statement = helloStatement(nonce ?? challenge.nonce, root.room.roomIdBytes, number);
    const signature = ciphers.sign(pair.secretKey, statement);
    const roomPublicKey = root.room.publicKey;
    this.send({ type: 'hello', roomPublicKey, device: number, compact: false, cursor: 0, signature, records });
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
    const { ciphers, root, epoch } = this.#keys;
    const frame = createFrame(ciphers, root.room, epoch, (this.#pair as SignPair).secretKey, {
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
    return this.#keys.ciphers.signPair(seedOf(seed));
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
