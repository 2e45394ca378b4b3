import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { decideFate, type FaultName, type Faults } from './decideFate.ts';

export interface FaultyProxyOptions {
  /** The real relay, `ws://…`. */
  targetUrl: string;
  seed: number;
  faults?: Faults;
}

/** How many messages of either direction met each fault, and how many came by in all. */
export type FaultCounts = Record<FaultName | 'messages' | 'connections', number>;

export interface FaultyProxy {
  /** What a session is pointed at instead of the relay. */
  readonly url: string;
  readonly counts: Readonly<FaultCounts>;
  /** For messages from now on; `{}` for an honest line. */
  setFaults(faults: Faults): void;
  /** Ends every connection at once without a closing word, as when a cable is pulled. */
  cutAll(): void;
  close(): Promise<void>;
}

/** A message held back for the one behind it goes on alone after this, or the end of a conversation would never come. */
const REORDER_PATIENCE_MS = 20;
const BUFFER_BYTES = 4 * 1024 * 1024;
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

/**
 * A fault-injecting line between a device and a relay, on loopback. It works on whole WebSocket messages, as a hostile relay could;
 * somebody on the network of a `wss:` connection could only delay and cut.
 */
export async function createFaultyProxy(options: FaultyProxyOptions): Promise<FaultyProxy> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  await once(server, 'listening');
  let faults = options.faults ?? {};
  const counts: FaultCounts = {
    ...{ messages: 0, connections: 0, delay: 0, drop: 0, duplicate: 0, reorder: 0, cut: 0, truncate: 0, flip: 0 },
  };
  const targets = new Set<WebSocket>();

  server.on('connection', (device, request) => {
    const connection = counts.connections++;
    const target = new WebSocket(options.targetUrl + (request.url ?? '/').slice(1), {
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
    });
    targets.add(target);
    const cut = (): void => {
      device.terminate();
      target.terminate();
    };
    const line = (from: WebSocket, to: WebSocket, direction: number): void => {
      const random = new SeededRandom(options.seed * 1_000_003 + connection * 2 + direction);
      const lane = new Lane(to, from);
      from.on('message', (data: RawData, isBinary: boolean) => {
        const buffer = data as Buffer;
        const fate = decideFate(random, faults, new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length));
        counts.messages++;
        if (fate.fault) counts[fate.fault]++;
        if (fate.cut) return cut();
        if (fate.afterNext) lane.holdBack(fate.copies, isBinary);
        else lane.pass(fate.copies, isBinary, fate.delayMs);
      });
      from.on('close', (code, reason) => lane.end(code, reason));
      from.on('error', cut); // what one side breaks, the other side only sees as an ended connection
    };
    line(device, target, 0);
    line(target, device, 1);
    target.on('close', () => targets.delete(target));
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    counts,
    setFaults(next) {
      faults = next;
    },
    cutAll() {
      for (const socket of [...server.clients, ...targets]) socket.terminate();
    },
    async close() {
      for (const socket of [...server.clients, ...targets]) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** One direction of a connection: keeps the order except where a fate says otherwise, and does not read faster than it writes. */
class Lane {
  readonly #to: WebSocket;
  readonly #from: WebSocket;
  #tail: Promise<void>;
  #held: { copies: readonly Uint8Array[]; isBinary: boolean; timer: NodeJS.Timeout } | null = null;
  #bufferedBytes = 0;

  constructor(to: WebSocket, from: WebSocket) {
    this.#to = to;
    this.#from = from;
    this.#tail =
      to.readyState === WebSocket.CONNECTING
        ? new Promise((resolve) => {
            to.once('open', resolve);
            to.once('close', () => resolve());
          })
        : Promise.resolve();
  }

  pass(copies: readonly Uint8Array[], isBinary: boolean, delayMs: number): void {
    const held = this.#takeHeld();
    this.#enqueue(async () => {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      this.#write(copies, isBinary);
      if (held) this.#write(held.copies, held.isBinary);
    });
  }

  holdBack(copies: readonly Uint8Array[], isBinary: boolean): void {
    const before = this.#takeHeld();
    if (before) this.#enqueue(async () => this.#write(before.copies, before.isBinary));
    const timer = setTimeout(() => this.pass([], isBinary, 0), REORDER_PATIENCE_MS);
    this.#held = { copies, isBinary, timer };
  }

  end(code: number, reason: Buffer): void {
    this.pass([], true, 0);
    this.#enqueue(async () => {
      // 1005 and 1006 tell of a close without a code and may not be sent.
      if (code === 1005) this.#to.close();
      else if (code === 1006 || code === 1015) this.#to.terminate();
      else this.#to.close(code, reason);
    });
  }

  #takeHeld(): { copies: readonly Uint8Array[]; isBinary: boolean } | null {
    const held = this.#held;
    this.#held = null;
    if (held) clearTimeout(held.timer);
    return held;
  }

  #enqueue(step: () => Promise<void>): void {
    this.#tail = this.#tail.then(step);
  }

  #write(copies: readonly Uint8Array[], isBinary: boolean): void {
    if (this.#to.readyState !== WebSocket.OPEN) return;
    for (const bytes of copies) {
      this.#bufferedBytes += bytes.length;
      if (this.#bufferedBytes > BUFFER_BYTES) this.#from.pause();
      this.#to.send(bytes, { binary: isBinary }, () => {
        this.#bufferedBytes -= bytes.length;
        if (this.#bufferedBytes < BUFFER_BYTES / 2 && this.#from.isPaused) this.#from.resume();
      });
    }
  }
}
