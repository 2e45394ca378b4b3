import { connect, type Socket } from 'node:net';
import { buildHandshake, type HandshakeShape } from './webSocketBytes.ts';

/** Where the relay listens and which address of this computer to come from; null for whatever the system picks. */
export interface Target {
  host: string;
  port: number;
  fromAddress: string | null;
}

/** One TCP connection that may say anything. It never throws: an attack that is cut off has been answered. */
export class RawLine {
  readonly socket: Socket;
  #received = '';
  #over = false;
  #wakers: (() => void)[] = [];

  constructor(target: Target) {
    this.socket = connect({
      host: target.host,
      port: target.port,
      ...(target.fromAddress ? { localAddress: target.fromAddress } : {}),
    });
    this.socket.on('data', (chunk: Buffer) => {
      if (this.#received.length < 64) this.#received += chunk.toString('latin1', 0, 64);
      this.#wake();
    });
    this.socket.on('error', () => {}); // 'close' follows, and a refused or reset connection is an answer
    this.socket.on('close', () => {
      this.#over = true;
      this.#wake();
    });
  }

  /** True once the relay has agreed to speak WebSocket; false when it declined, hung up, or said nothing for 5 s. */
  async upgrade(shape: HandshakeShape = {}): Promise<boolean> {
    this.write(buildHandshake(shape));
    await this.#until(() => this.#received.includes('\r\n'), 5_000);
    return this.#received.startsWith('HTTP/1.1 101');
  }

  /** False when the line was over before. */
  write(bytes: Uint8Array | string): boolean {
    if (this.#over || this.socket.destroyed) return false;
    this.socket.write(bytes);
    return true;
  }

  /** Writes and waits until the system has taken it, the line is over, or `limitMs` have passed. */
  async writeAll(bytes: Uint8Array | string, limitMs = 5_000): Promise<boolean> {
    let taken = false;
    if (this.#over || this.socket.destroyed) return false;
    this.socket.write(bytes, () => {
      taken = true;
      this.#wake();
    });
    await this.#until(() => taken, limitMs);
    return taken && !this.#over;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Waits until the relay ends the connection, at most `limitMs`. */
  async ended(limitMs: number): Promise<void> {
    await this.#until(() => false, limitMs);
  }

  /** Says goodbye, lets the relay read what is under way, and is gone after `limitMs` at the latest. */
  async leave(limitMs = 1_000): Promise<void> {
    this.socket.end();
    await this.ended(limitMs);
    this.socket.destroy();
  }

  async #until(reached: () => boolean, limitMs: number): Promise<void> {
    const end = performance.now() + limitMs;
    while (!reached() && !this.#over) {
      const leftMs = end - performance.now();
      if (leftMs <= 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#wakers.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}
