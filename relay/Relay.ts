import { randomBytes } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sodium from 'libsodium-wrappers-sumo';
import { createSodiumCiphers } from '../shared/crypto/sodiumCiphers.ts';
import { type AdminServer, openAdminServer } from './AdminServer.ts';
import type { BlobStore } from './BlobStore.ts';
import { Budget } from './Budget.ts';
import { writeBackup } from './backup.ts';
import { openFileBlobStore } from './FileBlobStore.ts';
import type { FrameLog } from './FrameLog.ts';
import { openFrontDoor, type TlsFiles } from './FrontDoor.ts';
import { folderBytes } from './folderBytes.ts';
import { guardBlobStore, guardFrameLog } from './guardedStores.ts';
import { type LocalFrameLog, openLevelFrameLog } from './LevelFrameLog.ts';
import { DEFAULT_LIMITS, type RelayLimits } from './limits.ts';
import { createRelayLogger, type LogLevel } from './RelayLogger.ts';
import { RelayMetrics } from './RelayMetrics.ts';
import { Rooms } from './Rooms.ts';
import type { MendProcess } from './repairLog.ts';
import { StorageGuard } from './StorageGuard.ts';
import type { SocketServices } from './serveSocket.ts';
import { sha256 } from './sha256.ts';

export interface RelayOptions {
  host: string;
  /** 0 for a free one. */
  port: number;
  dataDir: string;
  limits?: Partial<RelayLimits>;
  /** Own certificates; without them `ws:`, for loopback or behind a proxy. */
  tls?: TlsFiles;
  /** Takes the client's address from X-Forwarded-For when a proxy on this machine connects. */
  trustProxy?: boolean;
  /** Only who shows it may begin a room. Without it everybody may, up to the quota. */
  roomToken?: string;
  /** Health, metrics and backup; none without it. `orAnyPort`: another port when this one is taken. */
  admin?: { host: string; port: number; orAnyPort?: boolean };
  /** Sees the payload of every message in both directions; for tests that look for what must not travel. */
  record?: (bytes: Uint8Array, direction: 'in' | 'out') => void;
  /** One JSON line an event; nothing without it. */
  log?: (line: string) => void;
  logLevel?: LogLevel;
  /** Runs `mendLog` where this program cannot be started once more for it. */
  mend?: MendProcess;
}

export interface Relay {
  readonly port: number;
  readonly url: string;
  /** Null without `admin`. */
  readonly adminUrl: string | null;
  /** Connections that are open now. */
  readonly connections: number;
  /** Reads the certificate files again; false when they do not fit, and then the ones in use stay. */
  reloadTls(): Promise<boolean>;
  /** Takes nothing more, answers what it has taken, closes, and waits until all of it is on disk. */
  close(): Promise<void>;
}

/** Where a relay keeps its records. */
export interface RelayStores {
  log: FrameLog;
  blobs: BlobStore;
  usedBytes: number;
  /** Free on the disk under them. */
  freeBytes(): Promise<number>;
  /** What `/backup` hands out; null when these stores are backed up in another way. */
  backup: (() => AsyncIterable<Uint8Array>) | null;
}

/** Beside the data: where the running relay hands out backups, and the word that opens it. Readable by its user alone. */
export const CONTROL_FILE = 'control.json';
const CHECK_MS = 2_000;

/** Starts a relay on a folder of its own. Rejects when the port or the data folder cannot be had. */
export async function createRelay(options: RelayOptions): Promise<Relay> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const log = await openLevelFrameLog(path.join(options.dataDir, 'log'), options.mend);
  try {
    return await startRelay(options, await openStores(options.dataDir, log));
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function openStores(dataDir: string, log: LocalFrameLog): Promise<RelayStores> {
  const blobFolder = path.join(dataDir, 'blobs');
  return {
    log,
    blobs: await openFileBlobStore(blobFolder),
    usedBytes: (await log.totalBytes()) + (await folderBytes(blobFolder)),
    async freeBytes() {
      const { bavail, bsize } = await statfs(dataDir);
      return bavail * bsize;
    },
    backup: () => writeBackup(log, blobFolder),
  };
}

/** Starts a relay on stores that are open already; `close` closes the log. When it rejects the log is still open. */
export async function startRelay(options: RelayOptions, stores: RelayStores): Promise<Relay> {
  await sodium.ready;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const logger = createRelayLogger({ write: options.log ?? (() => {}), level: options.logLevel ?? 'info' });
  const metrics = new RelayMetrics();
  const budget = new Budget(limits.bufferBytes);
  const guard = new StorageGuard({
    limits,
    usedBytes: stores.usedBytes,
    freeBytes: () => stores.freeBytes(),
    async recover() {
      await stores.log.recover();
      tellRepairs();
      rooms.forgetAll(); // a frame that was refused may be on disk after all: everybody comes back to rooms read anew
      await frontDoor?.dismissAll();
    },
    onChange(state) {
      logger.event(state === 'accepting' ? 'info' : 'error', 'storage', { state });
      if (state === 'accepting') frontDoor?.comeBack();
    },
  });
  const log = guardFrameLog(stores.log, guard, metrics);
  const ciphers = createSodiumCiphers(sodium, { sha256 });
  const rooms = new Rooms(ciphers, log, limits, guard, await log.roomCount(), {
    onDamaged(frames) {
      logger.count('log-damaged', frames);
      logger.event('error', 'log-damaged', { frames });
    },
    onDropFailed: () => logger.count('drop-failed'),
  });
  stores.log.onDamage = (room) => rooms.renew(room);
  let repairs = 0;
  const tellRepairs = (): void => {
    for (; repairs < (stores.log.repairs ?? 0); repairs++) {
      logger.count('log-repaired');
      logger.event('error', 'log-repaired');
    }
  };
  tellRepairs();
  const services: SocketServices = {
    ciphers,
    rooms,
    log,
    blobs: guardBlobStore(stores.blobs, guard),
    limits,
    logger,
    budget,
    metrics,
    record: options.record,
  };
  let frontDoor: Awaited<ReturnType<typeof openFrontDoor>> | null = null;
  let admin: AdminServer | null = null;
  let checking: NodeJS.Timeout | undefined;
  try {
    await guard.check();
    const door = (frontDoor = await openFrontDoor(options, services));
    admin = await openAdmin(options, stores, {
      isAccepting: () => guard.state === 'accepting',
      metrics: () =>
        metrics.format({
          connections: door.connections,
          pendingConnections: door.pending,
          addresses: door.addresses,
          roomsOpen: rooms.open,
          rooms: rooms.known,
          storedBytes: guard.usedBytes,
          freeBytes: guard.freeBytes,
          bufferedBytes: budget.heldBytes,
          accepting: guard.state === 'accepting',
          events: logger.totals(),
        }),
    });
    checking = setInterval(() => void guard.check(), CHECK_MS);
    checking.unref();
  } catch (error) {
    await frontDoor?.close();
    logger.close();
    throw error;
  }
  const door = frontDoor;
  const { port } = door.address as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    clearInterval(checking);
    await admin?.close();
    if (admin) await rm(path.join(options.dataDir, CONTROL_FILE), { force: true });
    await door.close();
    await stores.log.close();
    logger.close();
    logger.event('info', 'stopped', { frames: metrics.framesAppended });
  };
  return {
    port,
    url: `${options.tls ? 'wss' : 'ws'}://${host}:${port}`,
    adminUrl: admin?.url ?? null,
    get connections() {
      return door.connections;
    },
    async reloadTls() {
      const reloaded = await door.reloadTls();
      logger.event(reloaded ? 'info' : 'error', reloaded ? 'tls-reloaded' : 'tls-not-reloaded');
      return reloaded;
    },
    close: () => (closing ??= close()),
  };
}

async function openAdmin(
  options: RelayOptions,
  stores: RelayStores,
  answers: { isAccepting(): boolean; metrics(): string },
): Promise<AdminServer | null> {
  if (!options.admin) return null;
  const token = randomBytes(32).toString('hex');
  const admin = await openAdminServer({ ...options.admin, ...answers, token, backup: stores.backup });
  const control = path.join(options.dataDir, CONTROL_FILE);
  await rm(control, { force: true });
  await writeFile(control, JSON.stringify({ url: admin.url, token }), { mode: 0o600 });
  return admin;
}
