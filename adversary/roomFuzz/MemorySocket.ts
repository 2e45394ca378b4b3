import { EventEmitter } from 'node:events';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { decideFate, type FaultName, type Faults } from '../faults/decideFate.ts';

const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;
const REORDER_PATIENCE_MS = 100;
const ABNORMAL = 1006;

/** What lies between two sockets. */
export interface Weather {
  random: SeededRandom;
  faults(): Faults;
  count(fault: FaultName): void;
}

/** One end of a connection in memory: as much of `ws` as program and relay use of it. */
export class MemorySocket extends EventEmitter {
  readonly CONNECTING = STATES.CONNECTING;
  readonly OPEN = STATES.OPEN;
  readonly CLOSING = STATES.CLOSING;
  readonly CLOSED = STATES.CLOSED;
  binaryType = 'nodebuffer';
  readyState: number = STATES.CONNECTING;
  readonly bufferedAmount = 0;
  isPaused = false;
  /** Where what is sent goes. Null before the connection stands and after it is over. */
  lane: Lane | null = null;
  readonly #unread: Uint8Array[] = [];

  opened(): void {
    if (this.readyState !== STATES.CONNECTING) return;
    this.readyState = STATES.OPEN;
    this.emit('open');
  }

  /** The connection could not be made. */
  refused(): void {
    if (this.readyState !== STATES.CONNECTING) return;
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    if (this.listenerCount('error') > 0) this.emit('error', error);
    this.finish(ABNORMAL);
  }

  send(bytes: Uint8Array, _options?: object, sent?: () => void): void {
    if (this.readyState === STATES.OPEN) this.lane?.send(bytes.slice());
    if (sent) queueMicrotask(sent);
  }

  close(code = 1005): void {
    if (this.readyState >= STATES.CLOSING) return;
    if (this.readyState === STATES.CONNECTING) return this.terminate();
    this.readyState = STATES.CLOSING;
    this.lane?.end(code, () => this.finish(code));
  }

  terminate(): void {
    if (this.readyState === STATES.CLOSED) return;
    this.lane?.end(ABNORMAL, () => {});
    this.finish(ABNORMAL);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    while (!this.isPaused) {
      const bytes = this.#unread.shift();
      if (!bytes) return;
      this.#read(bytes);
    }
  }

  arrive(bytes: Uint8Array): void {
    if (this.isPaused) this.#unread.push(bytes);
    else this.#read(bytes);
  }

  finish(code: number): void {
    if (this.readyState === STATES.CLOSED) return;
    this.readyState = STATES.CLOSED;
    this.lane = null;
    this.emit('close', code, Buffer.alloc(0));
  }

  #read(bytes: Uint8Array): void {
    if (this.readyState === STATES.OPEN) this.emit('message', Buffer.from(bytes), true);
  }
}

/** One direction of a connection: keeps the order except where a message's fate says otherwise. */
export class Lane {
  readonly #to: MemorySocket;
  readonly #weather: Weather;
  readonly #cut: (quietly: boolean) => void;
  #freeAtMs = 0;
  #held: { copies: readonly Uint8Array[]; timer: ReturnType<typeof setTimeout> } | null = null;
  #over = false;

  /** `cut` ends the connection; quietly: neither side is told. */
  constructor(to: MemorySocket, weather: Weather, cut: (quietly: boolean) => void) {
    this.#to = to;
    this.#weather = weather;
    this.#cut = cut;
  }

  send(bytes: Uint8Array): void {
    if (this.#over) return;
    const { random } = this.#weather;
    const fate = decideFate(random, this.#weather.faults(), bytes);
    const latencyMs = 1 + random.below(15);
    if (fate.fault) this.#weather.count(fate.fault);
    if (fate.cut) return this.#cut(random.next() < 0.3);
    const held = this.#takeHeld();
    if (fate.afterNext) {
      if (held) this.#after(latencyMs, held);
      const timer = setTimeout(() => this.#after(0, this.#takeHeld() ?? []), REORDER_PATIENCE_MS);
      this.#held = { copies: fate.copies, timer };
    } else this.#after(latencyMs + fate.delayMs, [...fate.copies, ...(held ?? [])]);
  }

  /** The other end hears of the end after everything sent before it. */
  end(code: number, then: () => void): void {
    if (this.#over) return then();
    const held = this.#takeHeld();
    if (held) this.#after(0, held);
    this.#schedule(1 + this.#weather.random.below(15), () => {
      this.#to.finish(code);
      then();
    });
    this.#over = true;
  }

  /** Nothing passes any more. */
  break(): void {
    this.#over = true;
    this.#takeHeld();
  }

  #after(delayMs: number, copies: readonly Uint8Array[]): void {
    if (copies.length === 0) return;
    this.#schedule(delayMs, () => {
      for (const bytes of copies) this.#to.arrive(bytes);
    });
  }

  #schedule(delayMs: number, run: () => void): void {
    const nowMs = performance.now();
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs + delayMs);
    setTimeout(run, this.#freeAtMs - nowMs);
  }

  #takeHeld(): readonly Uint8Array[] | null {
    const held = this.#held;
    this.#held = null;
    if (held) clearTimeout(held.timer);
    return held?.copies ?? null;
  }
}

/** Joins two sockets that are not connected yet; `cut` ends everything between them at once. */
export function connectSockets(a: MemorySocket, b: MemorySocket, weather: Weather): { cut(quietly: boolean): void } {
  const cut = (quietly: boolean): void => {
    there.break();
    back.break();
    if (quietly) return;
    a.finish(ABNORMAL);
    b.finish(ABNORMAL);
  };
  const there = new Lane(b, weather, cut);
  const back = new Lane(a, weather, cut);
  a.lane = there;
  b.lane = back;
  b.opened();
  a.opened();
  return { cut };
}
