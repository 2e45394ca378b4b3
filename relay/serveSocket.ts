import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import { LIMITS } from '../shared/sync/limits.ts';
import { CLOSE, type DeviceMessage, encodeRelayMessage, parseDeviceMessage } from '../shared/sync/RelayMessage.ts';
import { Connection, type ConnectionServices, type Entrance, type Wire } from './Connection.ts';
import { HalfMessage } from './HalfMessage.ts';
import type { IntakeAccount, IntakeLine } from './Intake.ts';
import { BURST_SECONDS, WAITING_BYTES, WAITING_MESSAGES } from './limits.ts';
import type { RelayMetrics } from './RelayMetrics.ts';
import { Pace } from './TokenBucket.ts';
import type { Turns } from './Turns.ts';

export interface SocketServices extends ConnectionServices {
  metrics: RelayMetrics;
  /** Sees the payload of every message in both directions. */
  record: ((bytes: Uint8Array, direction: 'in' | 'out') => void) | undefined;
}

export interface ServedSocket {
  /** Takes nothing more, answers what it has, and closes with this code. */
  finish(code: number): Promise<void>;
  /** There is room on the disk again. */
  comeBack(): void;
}

/** What all connections of a relay share. */
export interface SharedMeans {
  turns: Turns;
  openAccount(line: IntakeLine): IntakeAccount;
}

interface Waiting {
  message: DeviceMessage;
  sizeBytes: number;
}

/**
 * Ties a socket to a connection: limits, order, pace. Whoever sends too fast is read more slowly, and whoever takes too
 * slowly is not read at all meanwhile, so that what one connection can hold in memory is bounded. Nothing a device sends
 * may throw past here. [SY28]
 */
export function serveSocket(
  socket: WebSocket,
  stream: Socket,
  services: SocketServices,
  entrance: Entrance,
  { turns, openAccount }: SharedMeans,
): ServedSocket {
  const { limits, logger, budget, metrics, record } = services;
  const wire = createWire(socket, stream, services);
  const connection = new Connection(wire, services, entrance);
  const pace = new Pace(limits.deviceMessagesPerSecond, limits.deviceBytesPerSecond, BURST_SECONDS, performance.now());
  const taker = turns.newTaker();
  const waiting: Waiting[] = [];
  const half = new HalfMessage();
  let waitingBytes = 0;
  let heldBytes = 0;
  let handling: Promise<void> | null = null;
  let finishing = false;
  let closed = false;
  let notAgreed = false;
  let wake: () => void = () => {};

  const readOn = (): void => {
    const few = waiting.length < WAITING_MESSAGES / 4 && waitingBytes < WAITING_BYTES;
    if (few && !notAgreed && socket.isPaused && !finishing) socket.resume();
  };
  const account = openAccount({
    pause() {
      notAgreed = true;
      socket.pause();
    },
    resume() {
      notAgreed = false;
      readOn();
    },
    cutOff() {
      socket.close(CLOSE.tooSlow);
      socket.terminate();
    },
    get isHeldUp() {
      return handling !== null;
    },
  });
  const noteHeld = (): void => {
    const nowBytes = closed ? 0 : half.keptBytes + waitingBytes;
    budget.hold(nowBytes - heldBytes);
    heldBytes = nowBytes;
    account.hold(nowBytes);
  };

  let heardMs = performance.now();
  let silence: NodeJS.Timeout;
  const waitForSilence = (delayMs: number): void => {
    silence = setTimeout(() => {
      const leftMs = notAgreed ? limits.silenceMs : heardMs + limits.silenceMs - performance.now();
      if (leftMs > 0) waitForSilence(leftMs);
      else socket.terminate();
    }, delayMs);
  };
  waitForSilence(limits.silenceMs);
  // after the WebSocket layer's own listener: the messages that end in this piece have been handed over
  stream.on('data', (piece: Buffer) => {
    heardMs = performance.now();
    if (!connection.isAdmitted && stream.bytesRead > LIMITS.beforeHello) {
      logger.count('flood-before-hello');
      socket.terminate();
    } else if (socket.readyState === socket.OPEN) {
      half.read(piece);
      noteHeld();
    }
  });

  const waitForPace = async (sizeBytes: number): Promise<void> => {
    const nowMs = performance.now();
    const delayMs = Math.max(pace.take(sizeBytes, nowMs), connection.roomPace?.take(sizeBytes, nowMs) ?? 0);
    if (delayMs < 1) return;
    logger.count('throttled');
    metrics.throttledSeconds += delayMs / 1_000;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  const handleAll = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await waitForPace(next.sizeBytes);
        await wire.drained();
        await turns.take(taker);
        if (!closed) await connection.handle(next.message);
      } catch {
        if (!closed) logger.count('internal-error');
        socket.close(CLOSE.shuttingDown);
      }
      waitingBytes -= next.sizeBytes;
      noteHeld();
      readOn();
    }
    handling = null;
  };

  socket.on('message', (data: RawData, isBinary: boolean) => {
    heardMs = performance.now();
    const buffer = data as Buffer;
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length); // a Buffer's slice would not copy
    metrics.messagesIn++;
    metrics.bytesIn += bytes.length;
    record?.(bytes, 'in');
    if (finishing || socket.readyState !== socket.OPEN) return;
    const parsed = isBinary ? parseDeviceMessage(bytes) : null;
    if (!parsed?.ok) {
      logger.count('bad-message');
      return socket.close(CLOSE.badMessage);
    }
    waiting.push({ message: parsed.value, sizeBytes: bytes.length });
    waitingBytes += bytes.length;
    if (waiting.length >= WAITING_MESSAGES || waitingBytes >= WAITING_BYTES) socket.pause();
    handling ??= handleAll();
  });
  socket.on('error', () => logger.count('socket-error'));
  socket.on('close', () => {
    clearTimeout(silence);
    closed = true;
    wake();
    waiting.length = 0;
    noteHeld();
    account.close();
    connection.end().catch(() => logger.count('internal-error'));
  });

  return {
    async finish(code) {
      finishing = true;
      await handling;
      await connection.settled();
      socket.close(code);
      if (socket.isPaused) socket.resume(); // its answer to the close must be read
    },
    comeBack: () => connection.comeBack(),
  };
}

function createWire(socket: WebSocket, stream: Socket, services: SocketServices): Wire {
  const { limits, logger, budget, metrics, record } = services;
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      const bytes = message instanceof Uint8Array ? message : encodeRelayMessage(message);
      record?.(bytes, 'out');
      metrics.bytesOut += bytes.length;
      budget.hold(bytes.length);
      socket.send(bytes, { binary: true }, () => budget.release(bytes.length));
    },
    bufferedBytes: () => socket.bufferedAmount,
    async drained() {
      while (socket.readyState === socket.OPEN && socket.bufferedAmount > budget.pushBytes / 4) {
        const before = socket.bufferedAmount;
        await tookSome(stream, limits.stallMs);
        if (socket.bufferedAmount < before || socket.readyState !== socket.OPEN) continue;
        logger.count('stalled');
        socket.close(CLOSE.tooSlow);
        socket.terminate();
      }
    },
    close(code) {
      if (socket.readyState === socket.OPEN) logger.count(`close-${CLOSE_WORDS.get(code) ?? 'other'}`);
      socket.close(code);
    },
  };
}

const CLOSE_WORDS = new Map<number, string>([
  [CLOSE.refused, 'refused'],
  [CLOSE.linkUsed, 'link-used'],
  [CLOSE.quota, 'quota'],
  [CLOSE.badMessage, 'bad-message'],
  [CLOSE.shuttingDown, 'come-back'],
  [CLOSE.tooSlow, 'too-slow'],
]);

/** Resolves when the system has taken everything, the socket is gone, or the time is up. */
function tookSome(stream: Socket, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, limitMs);
    stream.once('drain', done);
    stream.once('close', done);
  });
}
