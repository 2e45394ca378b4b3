import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { BlobStore } from '../../relay/BlobStore.ts';
import { Budget } from '../../relay/Budget.ts';
import { Intake } from '../../relay/Intake.ts';
import { DEFAULT_LIMITS } from '../../relay/limits.ts';
import type { RelayLogger } from '../../relay/RelayLogger.ts';
import { RelayMetrics } from '../../relay/RelayMetrics.ts';
import { Rooms } from '../../relay/Rooms.ts';
import { StorageGuard } from '../../relay/StorageGuard.ts';
import { type SocketServices, serveSocket } from '../../relay/serveSocket.ts';
import { Turns } from '../../relay/Turns.ts';
import { type LogState, MemoryFrameLog } from '../../relay/testing/MemoryFrameLog.ts';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import { CLOSE } from '../../shared/sync/RelayMessage.ts';
import { LogDisk } from './LogDisk.ts';
import { connectSockets, MemorySocket, type Weather } from './MemorySocket.ts';

interface Line {
  cut(quietly: boolean): void;
  end(code: number): Promise<void>;
}

const REST_MS = 7;

/** The relay's own code on a log in memory: it can be killed, stopped, wiped, and put back to an older copy. */
export class SimulatedRelay {
  readonly disk: LogDisk;
  /** Counted by code word, as the relay logs them. */
  readonly counts = new Map<string, number>();
  readonly #ciphers: Ciphers;
  readonly #weather: Weather;
  readonly #random: SeededRandom;
  #services: SocketServices | null = null;
  #stopping: Promise<void> | null = null;
  readonly #lines = new Set<Line>();
  readonly #turns = new Turns();
  readonly #intake = new Intake({
    limitBytes: DEFAULT_LIMITS.intakeBytes,
    stillMs: DEFAULT_LIMITS.halfMessageMs,
    now: () => performance.now(),
    onCutOff: () => {},
  });
  #copy: LogState | null = null;

  constructor(ciphers: Ciphers, random: SeededRandom, weather: Weather) {
    this.#ciphers = ciphers;
    this.#random = random;
    this.#weather = weather;
    this.disk = new LogDisk(ciphers.randomBytes(16), random);
  }

  get isRunning(): boolean {
    return this.#services !== null;
  }

  /** While the one before is still stopping its data are locked: it starts once that is over. */
  start(): void {
    if (this.#stopping) {
      void this.#stopping.then(() => this.start());
      return;
    }
    if (this.#services) return;
    const log = new MemoryFrameLog(this.disk.open());
    const limits = DEFAULT_LIMITS;
    const storage = new StorageGuard({
      limits,
      usedBytes: 0,
      freeBytes: async () => Number.POSITIVE_INFINITY,
      recover: () => log.recover(),
      onChange: () => {},
    });
    const logger: RelayLogger = {
      event: () => {},
      count: (code, by = 1) => void this.counts.set(code, (this.counts.get(code) ?? 0) + by),
      totals: () => this.counts,
      close: () => {},
    };
    const rooms = new Rooms(this.#ciphers, log, limits, storage, this.disk.state.rooms.size);
    this.#services = {
      ciphers: this.#ciphers,
      rooms,
      log,
      blobs: NO_BLOBS,
      limits,
      logger,
      budget: new Budget(limits.bufferBytes),
      metrics: new RelayMetrics(),
      record: undefined,
    };
    this.#restOften(rooms);
  }

  /** Rooms let go of their records in the middle of everything, not only when it has been quiet for long. [SY84] */
  #restOften(rooms: Rooms): void {
    setTimeout(() => {
      if (this.#services?.rooms !== rooms) return;
      rooms.rest();
      rooms.rest();
      this.#restOften(rooms);
    }, REST_MS);
  }

  /** Killed: what was not on disk is lost and nobody hears a word. */
  kill(): void {
    this.#services = null;
    this.disk.crash();
    for (const line of this.#lines) line.cut(false);
    this.#lines.clear();
  }

  /** Answers what it has and closes. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopNow().finally(() => {
      this.#stopping = null;
    });
    return this.#stopping;
  }

  async #stopNow(): Promise<void> {
    const services = this.#services;
    this.#services = null;
    await Promise.all([...this.#lines].map((line) => line.end(CLOSE.shuttingDown)));
    await services?.log.close();
    this.kill();
  }

  keepCopy(): void {
    this.#copy = this.disk.copy();
  }

  /** Killed and put back to the copy, as itself or under a new log id. False without a copy. */
  putBack(asItself: boolean): boolean {
    const copy = this.#copy;
    if (!copy) return false;
    this.kill();
    this.disk.state = copy;
    this.keepCopy();
    if (!asItself) this.disk.state.logId = this.#ciphers.randomBytes(16);
    return true;
  }

  /** Killed, and nothing of its data is left. */
  wipe(): void {
    this.kill();
    this.#copy = null;
    this.disk.state = { logId: this.#ciphers.randomBytes(16), rooms: new Map() };
  }

  /** A new connection; `onLine` is told how to cut it. */
  connect(onLine: (line: { cut(quietly: boolean): void }) => void = () => {}): MemorySocket {
    const socket = new MemorySocket();
    setTimeout(() => {
      if (socket.readyState !== socket.CONNECTING) return;
      if (!this.#services) return socket.refused();
      this.#serve(socket, this.#services, onLine);
    }, 1 + this.#random.below(10));
    return socket;
  }

  #serve(socket: MemorySocket, services: SocketServices, onLine: (line: Line) => void): void {
    const end = new MemorySocket();
    const line: Line = { ...connectSockets(socket, end, this.#weather), end: async () => {} };
    this.#lines.add(line);
    onLine(line);
    end.on('close', () => this.#lines.delete(line));
    let admitted = false;
    const entrance = {
      mayCreateRooms: true,
      onAdmitted: () => {
        admitted = true;
      },
    };
    const stream = Object.assign(new EventEmitter(), { bytesRead: 0 });
    const served = serveSocket(end as unknown as WebSocket, stream as unknown as Socket, services, entrance, {
      turns: this.#turns,
      openAccount: (account) => this.#intake.open('', account),
    });
    line.end = (code) => served.finish(code);
    setTimeout(() => {
      if (!admitted) end.terminate();
    }, services.limits.helloMs);
  }
}

/** Exhibit files are not part of this: there is room for none. */
const NO_BLOBS: BlobStore = {
  sizeOf: async () => null,
  roomBytes: async () => 0,
  receivedBytes: async () => null,
  begin: async () => false,
  append: async () => ({ outcome: 'damaged' }),
  discard: async () => {},
  read: async () => null,
};
