import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import sodium from 'libsodium-wrappers-sumo';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { createSodiumCiphers } from '../shared/crypto/sodiumCiphers.ts';
import { LIMITS } from '../shared/sync/limits.ts';
import { CLOSE, type DeviceMessage, encodeRelayMessage, parseDeviceMessage } from '../shared/sync/RelayMessage.ts';
import { Connection, type ConnectionServices, type Wire } from './Connection.ts';
import { openFileBlobStore } from './FileBlobStore.ts';
import { openLevelFrameLog } from './LevelFrameLog.ts';
import { DEFAULT_LIMITS, PUSH_BUFFER_BYTES, type RelayLimits } from './limits.ts';
import { createRelayLogger } from './RelayLogger.ts';
import { Rooms } from './Rooms.ts';

export interface RelayOptions {
  host: string;
  /** 0 for a free one. */
  port: number;
  dataDir: string;
  limits?: Partial<RelayLimits>;
  /** Sees the payload of every message in both directions; for tests that look for what must not travel. */
  record?: (bytes: Uint8Array, direction: 'in' | 'out') => void;
  /** One line of counts now and then; nothing without it. */
  log?: (line: string) => void;
}

export interface Relay {
  readonly port: number;
  readonly url: string;
  /** Closes connections and waits until everything accepted is on disk. */
  close(): Promise<void>;
}

/** Starts a relay. Rejects when the port or the data folder cannot be had. */
export async function createRelay(options: RelayOptions): Promise<Relay> {
  await sodium.ready;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  await mkdir(options.dataDir, { recursive: true });
  const log = await openLevelFrameLog(path.join(options.dataDir, 'log'));
  const blobs = await openFileBlobStore(path.join(options.dataDir, 'blobs'));
  const logger = createRelayLogger(options.log ?? (() => {}));
  const ciphers = createSodiumCiphers(sodium);
  const rooms = new Rooms(ciphers, log, limits, await log.roomCount());
  const services: ConnectionServices = { ciphers, rooms, log, blobs, limits, logger };

  const server = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'text/plain' }).end('relay\n');
  });
  const sockets = new WebSocketServer({
    server,
    maxPayload: LIMITS.message,
    perMessageDeflate: false,
    clientTracking: true,
  });
  sockets.on('connection', (socket, request) => {
    if (sockets.clients.size > limits.connections) return socket.close(CLOSE.quota);
    serve(socket, request.socket, services, options.record);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  try {
    await listen(server, options.port, options.host);
  } catch (error) {
    logger.close();
    await log.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    port,
    url: `ws://${host}:${port}`,
    async close() {
      for (const socket of sockets.clients) socket.close(CLOSE.shuttingDown);
      const forced = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), 1_000);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      clearTimeout(forced);
      logger.close();
      await log.close();
    },
  };
}

/** Ties a socket to a connection: limits, order, recording. Nothing a device sends may throw past here. [SY28] */
function serve(socket: WebSocket, stream: Socket, services: ConnectionServices, record: RelayOptions['record']): void {
  const { limits, logger } = services;
  const wire = createWire(socket, record);
  const connection = new Connection(wire, services);
  const waiting: DeviceMessage[] = [];
  let handling = false;

  const helloTimer = setTimeout(() => !connection.isAdmitted && socket.terminate(), limits.helloMs);
  let silence = setTimeout(() => socket.terminate(), limits.silenceMs);
  const refuseFlood = (): void => {
    if (connection.isAdmitted) stream.off('data', refuseFlood);
    else if (stream.bytesRead > LIMITS.beforeHello) socket.terminate();
  };
  stream.on('data', refuseFlood);

  const handleAll = async (): Promise<void> => {
    handling = true;
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      try {
        await connection.handle(message);
      } catch {
        logger.count('internal-error');
        socket.close(CLOSE.shuttingDown);
        break;
      }
      if (waiting.length < 8 && socket.isPaused) socket.resume();
    }
    handling = false;
  };

  socket.on('message', (data: RawData, isBinary: boolean) => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.terminate(), limits.silenceMs);
    const buffer = data as Buffer;
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length); // a Buffer's slice would not copy
    record?.(bytes, 'in');
    const parsed = isBinary ? parseDeviceMessage(bytes) : null;
    if (!parsed?.ok) {
      logger.count('bad-message');
      return socket.close(CLOSE.badMessage);
    }
    waiting.push(parsed.value);
    if (waiting.length >= 32) socket.pause();
    if (!handling) void handleAll();
  });
  socket.on('error', () => logger.count('socket-error'));
  socket.on('close', () => {
    clearTimeout(helloTimer);
    clearTimeout(silence);
    waiting.length = 0;
    connection.end().catch(() => logger.count('internal-error'));
  });
}

function createWire(socket: WebSocket, record: RelayOptions['record']): Wire {
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      const bytes = encodeRelayMessage(message);
      record?.(bytes, 'out');
      socket.send(bytes, { binary: true }, () => {});
    },
    bufferedBytes: () => socket.bufferedAmount,
    async drained() {
      while (socket.readyState === socket.OPEN && socket.bufferedAmount > PUSH_BUFFER_BYTES / 4) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: (code) => socket.close(code),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
