import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { LIMITS } from '../shared/sync/limits.ts';
import { CLOSE } from '../shared/sync/RelayMessage.ts';
import { isLoopback } from './addressGroup.ts';
import { Doorway, type Visit } from './Doorway.ts';
import { Intake } from './Intake.ts';
import { type ServedSocket, type SharedMeans, type SocketServices, serveSocket } from './serveSocket.ts';
import { Turns } from './Turns.ts';

export interface TlsFiles {
  certPath: string;
  keyPath: string;
}

export interface FrontDoorOptions {
  host: string;
  port: number;
  tls?: TlsFiles;
  trustProxy?: boolean;
  roomToken?: string;
}

export interface FrontDoor {
  readonly address: AddressInfo;
  readonly connections: number;
  readonly pending: number;
  readonly addresses: number;
  reloadTls(): Promise<boolean>;
  /** Everybody may come back at once. */
  dismissAll(): Promise<void>;
  /** Devices whose posts were refused for want of room come back. */
  comeBack(): void;
  close(): Promise<void>;
}

const SWEEP_MS = 500;
const CLOSE_MS = 2_000;
/** Pieces and fragments that one message may come in; the largest needs 16,000 on a line with small packets. */
const MAX_PIECES = 64 * 1024;
const MAX_FRAGMENTS = 1024;
const MAX_HEADER_BYTES = 8 * 1024;

/**
 * The public port: WebSocket upgrades and nothing else. The path of a request means nothing, so nothing can be asked for
 * by it; health and metrics stand elsewhere, because they would tell a stranger how full and how busy the relay is.
 */
export async function openFrontDoor(options: FrontDoorOptions, services: SocketServices): Promise<FrontDoor> {
  const { limits, logger, metrics } = services;
  const doorway = new Doorway(limits, () => performance.now());
  const intake = new Intake({
    limitBytes: limits.intakeBytes,
    stillMs: limits.halfMessageMs,
    now: () => performance.now(),
    onCutOff: (code) => logger.count(code),
  });
  const turns = new Turns();
  /** By `address port`, because a TLS socket and the one under it are two objects. */
  const visits = new Map<string, Visit>();
  const served = new Map<WebSocket, ServedSocket>();
  let closing = false;

  const settings = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: limits.helloMs,
    requestTimeout: limits.helloMs,
    connectionsCheckingInterval: SWEEP_MS,
    keepAlive: true,
    keepAliveInitialDelay: limits.silenceMs,
    noDelay: true,
  };
  const server: Server | HttpsServer = options.tls
    ? createHttpsServer({ ...settings, ...(await readTls(options.tls)), minVersion: 'TLSv1.2' })
    : createHttpServer(settings);
  server.maxConnections = limits.connections + limits.pendingConnections;
  server.maxHeadersCount = 64;
  server.on('request', (_request, response) => {
    logger.count('no-upgrade');
    response.writeHead(426, { 'content-type': 'text/plain', connection: 'close' }).end('relay\n');
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('drop', () => logger.count('too-many-connections'));
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const key = keyOf(socket);
    const viaProxy = options.trustProxy === true && isLoopback(address);
    const visit = doorway.enter(viaProxy ? null : address, () => {
      logger.count('hello-too-late');
      socket.destroy();
    });
    if (!visit) {
      logger.count('address-limit');
      socket.resetAndDestroy();
      return;
    }
    metrics.connectionsTotal++;
    visits.set(key, visit);
    socket.on('error', () => logger.count('socket-error'));
    socket.once('close', () => {
      visits.delete(key);
      visit.leave();
    });
  });

  const socketSettings: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    maxPayload: LIMITS.message,
    maxBufferedChunks: MAX_PIECES,
    maxFragments: MAX_FRAGMENTS,
    perMessageDeflate: false,
    clientTracking: false,
    closeTimeout: CLOSE_MS, // how long one may leave our close unanswered
  };
  const sockets = new WebSocketServer(socketSettings);
  sockets.on('wsClientError', () => logger.count('bad-upgrade'));
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const visit = visits.get(keyOf(request.socket));
    if (closing || !visit) return void stream.destroy();
    if (options.trustProxy && isLoopback(request.socket.remoteAddress ?? '')) {
      const named = String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim();
      if (named && !visit.nameAddress(named)) {
        logger.count('address-limit');
        return void stream.destroy();
      }
    }
    // what lasts as long as the connection must not hold its request
    const tcp = request.socket;
    const mayCreateRooms = !options.roomToken || showsToken(request, options.roomToken);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      if (served.size >= limits.connections) {
        logger.count('too-many-connections');
        return socket.close(CLOSE.quota);
      }
      const entrance = { mayCreateRooms, onAdmitted: () => visit.admit() };
      const means: SharedMeans = { turns, openAccount: (line) => intake.open(visit.address, line) };
      served.set(socket, serveSocket(socket, tcp, services, entrance, means));
      socket.on('close', () => served.delete(socket));
    });
  });
  await listen(server, options.port, options.host);
  const sweeping = setInterval(() => {
    doorway.sweep();
    intake.sweep();
  }, SWEEP_MS);
  sweeping.unref();

  const finishAll = async (): Promise<void> => {
    const all = [...served];
    const gone = Promise.all(all.map(([socket]) => closed(socket)));
    const forced = setTimeout(() => all.forEach(([socket]) => socket.terminate()), CLOSE_MS);
    await Promise.all(all.map(([, each]) => each.finish(CLOSE.shuttingDown)));
    await gone;
    clearTimeout(forced);
  };
  return {
    address: server.address() as AddressInfo,
    get connections() {
      return served.size;
    },
    get pending() {
      return doorway.pending;
    },
    get addresses() {
      return doorway.addresses;
    },
    async reloadTls() {
      if (!options.tls || !('setSecureContext' in server)) return false;
      try {
        const files = await readTls(options.tls);
        createSecureContext(files); // throws for files that do not fit, before the ones in use are touched
        server.setSecureContext({ ...files, minVersion: 'TLSv1.2' });
        return true;
      } catch {
        return false;
      }
    },
    dismissAll: finishAll,
    comeBack: () => served.forEach((each) => each.comeBack()),
    async close() {
      closing = true;
      clearInterval(sweeping);
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      await finishAll();
      server.closeAllConnections();
      await stopped;
    },
  };
}

function keyOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) return resolve();
    socket.once('close', () => resolve());
  });
}

async function readTls({ certPath, keyPath }: TlsFiles): Promise<{ cert: Buffer; key: Buffer }> {
  return { cert: await readFile(certPath), key: await readFile(keyPath) };
}

/** `authorization: Bearer …`, compared in constant time. */
function showsToken(request: IncomingMessage, token: string): boolean {
  const shown = Buffer.from(/^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
  const asked = Buffer.from(token);
  return shown.length === asked.length && timingSafeEqual(shown, asked);
}

function listen(server: Server | HttpsServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
