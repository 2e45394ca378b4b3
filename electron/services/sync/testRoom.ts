import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createRelay, type Relay } from '../../../relay/Relay.ts';
import { openBlob, type SealedBlob, sealBlob } from '../../../shared/crypto/blob.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { createRoom, type RoomKeys } from '../../../shared/crypto/room.ts';
import { clientIdOf } from '../../../shared/sync/clientIds.ts';
import type { SyncTiming } from './Clock.ts';
import { openLevelRoomStore } from './LevelRoomStore.ts';
import { loadSharedDoc } from './loadSharedDoc.ts';
import { openRoomSession, type RoomNotice, type RoomSession } from './RoomSession.ts';
import { loadCiphers } from './sodium.ts';

/** Real relays and sessions over loopback sockets, for tests. */

const closers: (() => Promise<unknown>)[] = [];
const TEST_TIMING: Partial<SyncTiming> = { retryMs: 200, slowMs: 1_500, pingMs: 300, headsMs: 20, marksMs: 20 };

/** Call after each test. */
export async function closeEverything(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'alegato-sync-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestRelay {
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  wipe(): Promise<void>;
  /** Every byte that crossed its sockets. */
  recorded(): Buffer;
}

/** A relay that comes back on the same port. */
export async function startRelay(): Promise<TestRelay> {
  const dataDir = await temporaryFolder();
  const recorded: Uint8Array[] = [];
  let relay: Relay | null = null;
  let port = 0;
  const handle: TestRelay = {
    get url() {
      return `ws://127.0.0.1:${port}`;
    },
    async start() {
      relay = await createRelay({ host: '127.0.0.1', port, dataDir, record: (bytes) => recorded.push(bytes.slice()) });
      port = relay.port;
    },
    async stop() {
      const running = relay;
      relay = null;
      await running?.close();
    },
    wipe: () => rm(dataDir, { recursive: true, force: true }),
    recorded: () => Buffer.concat(recorded),
  };
  await handle.start();
  closers.push(() => handle.stop());
  return handle;
}

export interface TestRoom {
  url: string;
  keys: RoomKeys;
  ciphers: Ciphers;
  sealBlob(bytes: Uint8Array): SealedBlob;
  openBlob(sealed: Uint8Array, blob: SealedBlob): Uint8Array | null;
}

export async function createTestRoom(relay: { url: string }): Promise<TestRoom> {
  const ciphers = await loadCiphers();
  return {
    url: relay.url,
    keys: createRoom(ciphers),
    ciphers,
    sealBlob: (bytes) => sealBlob(ciphers, bytes),
    openBlob(sealed, blob) {
      const opened = openBlob(ciphers, sealed, blob.blobId, blob.blobKey);
      return opened.ok ? opened.value : null;
    },
  };
}

export interface TestPeer {
  session: RoomSession;
  shared: Y.Doc;
  /** Where this peer types; an open gate keeps it and the shared doc equal. */
  replica: Y.Doc;
  notices: RoomNotice[];
  text(): string;
  type(at: number, words: string): void;
  remove(at: number, length: number): void;
  show(state: Record<string, unknown>): void;
  /** Presence states of others. */
  seen(): unknown[];
  /** Closes, forgets everything in memory, and opens from disk; the replica starts empty. */
  reopen(): Promise<TestPeer>;
}

let windows = 0;

export async function createPeer(
  room: TestRoom,
  deviceNumber: number,
  options: { seed?: number; folder?: string } = {},
): Promise<TestPeer> {
  const { ciphers, keys } = room;
  const folder = options.folder ?? path.join(await temporaryFolder(), 'db');
  const db = new ClassicLevel<string, Uint8Array>(folder);
  await db.open();
  const store = openLevelRoomStore({ db, prefix: 'room/', ciphers, storageKey: new Uint8Array(32).fill(7) });
  const shared = new Y.Doc();
  const loaded = await loadSharedDoc({ store, ciphers, room: keys, doc: shared, origin: 'load' });
  if (!loaded.ok) throw new Error(loaded.error.code);
  const replica = new Y.Doc();
  replica.clientID = clientIdOf(deviceNumber, ++windows);
  const own = replica.clientID;
  Y.applyUpdate(replica, Y.encodeStateAsUpdate(shared), 'load');
  replica.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== 'from-shared')
      Y.applyUpdate(shared, Y.encodeStateAsUpdate(replica, Y.encodeStateVector(shared)), 'gate');
  });
  shared.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'gate') Y.applyUpdate(replica, update, 'from-shared');
  });
  const awareness = new Awareness(shared);
  awareness.setLocalState(null);
  const notices: RoomNotice[] = [];
  const session = openRoomSession({
    ciphers,
    store,
    room: keys,
    loaded: loaded.value,
    sharedDoc: shared,
    awareness,
    relayUrl: room.url,
    timing: TEST_TIMING,
    device: {
      number: deviceNumber,
      seed: new Uint8Array(32).fill(options.seed ?? deviceNumber),
      organizationNumber: deviceNumber,
    },
    onNotice: (notice) => notices.push(notice),
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await session.close();
    await db.close();
    awareness.destroy();
  };
  closers.push(close);
  return {
    session,
    shared,
    replica,
    notices,
    text: () => shared.getText('t').toString(),
    type: (at, words) => replica.getText('t').insert(at, words),
    remove: (at, length) => replica.getText('t').delete(at, length),
    show(state) {
      awareness.clientID = own;
      awareness.setLocalState({}); // y-protocols takes a client's clock 0 for nothing new
      awareness.setLocalState(state);
    },
    seen: () =>
      [...awareness.getStates()]
        .filter(([client]) => client !== own && client !== shared.clientID)
        .map(([, state]) => state),
    async reopen() {
      await close();
      return createPeer(room, deviceNumber, { ...options, folder });
    },
  };
}

/** Waits for a state, checked every few milliseconds; throws when it does not come. */
export async function until(reached: () => boolean, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!reached()) {
    if (performance.now() > end) throw new Error(`not reached within ${limitMs} ms: ${reached}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
