import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createRelay, type Relay } from '../../../relay/Relay.ts';
import { openBlob, type SealedBlob, sealBlob } from '../../../shared/crypto/blob.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { createEpoch, createRoot, deriveDevice, type Epoch, type RoomRoot } from '../../../shared/crypto/room.ts';
import { clientIdOf } from '../../../shared/sync/clientIds.ts';
import { createRecordFrame, KIND, type Kind } from '../../../shared/sync/Frame.ts';
import { requestStatement } from '../../../shared/sync/hello.ts';
import { boxEpochs, encodeAdmission, encodeInvitation, type RoleName } from '../../../shared/sync/records.ts';
import type { SyncTiming } from './Clock.ts';
import { foundRoom } from './foundRoom.ts';
import { openLevelRoomStore } from './LevelRoomStore.ts';
import { loadSharedDoc } from './loadSharedDoc.ts';
import { openRoomSession, type RoomNotice, type RoomSession, type RoomSessionOptions } from './RoomSession.ts';
import { loadCiphers } from './sodium.ts';

/** Real relays and sessions over loopback sockets, for tests. */

const closers: (() => Promise<unknown>)[] = [];
const TEST_TIMING: Partial<SyncTiming> = {
  retryMs: 200,
  slowMs: 1_500,
  pingMs: 300,
  headsMs: 20,
  marksMs: 20,
  tidyMs: 50,
};

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
  /** The same, message by message. */
  messages(): readonly Uint8Array[];
}

/** A relay that comes back on the same port. */
export async function startRelay(options: { roomToken?: string } = {}): Promise<TestRelay> {
  const dataDir = await temporaryFolder();
  const recorded: Uint8Array[] = [];
  let relay: Relay | null = null;
  let port = 0;
  const handle: TestRelay = {
    get url() {
      return `ws://127.0.0.1:${port}`;
    },
    async start() {
      relay = await createRelay({
        ...options,
        host: '127.0.0.1',
        port,
        dataDir,
        record: (bytes) => recorded.push(bytes.slice()),
      });
      port = relay.port;
    },
    async stop() {
      const running = relay;
      relay = null;
      await running?.close();
    },
    wipe: () => rm(dataDir, { recursive: true, force: true }),
    recorded: () => Buffer.concat(recorded),
    messages: () => recorded,
  };
  await handle.start();
  closers.push(() => handle.stop());
  return handle;
}

export interface TestRoom {
  url: string;
  root: RoomRoot;
  epoch: Epoch;
  /** Frames of the root: the founding, then an invitation and an admission for each device that a peer was made of. */
  rootFrames: Uint8Array[];
  admitted: Set<number>;
  ciphers: Ciphers;
  sealBlob(bytes: Uint8Array): SealedBlob;
  openBlob(sealed: Uint8Array, blob: SealedBlob): Uint8Array | null;
}

export async function createTestRoom(relay: { url: string }): Promise<TestRoom> {
  const ciphers = await loadCiphers();
  const root = createRoot(ciphers);
  const epoch = createEpoch(ciphers);
  return {
    url: relay.url,
    root,
    epoch,
    rootFrames: [foundRoom(ciphers, root, { seed: seedOf(1), organizationNumber: 1 }, epoch)],
    admitted: new Set([1]),
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
  /** Times the session asked for everything to be loaded anew. */
  rebuilds(): number;
  /** The epochs whose key this device holds. */
  epochKeys(): Epoch[];
  /** Where its database lies; closed by `reopen` and by `session.close` with the database. */
  readonly folder: string;
  /** Closes session and database. */
  close(): Promise<void>;
  /** Frames that did not open when it was loaded. */
  readonly damagedFrames: number;
  /** Frames on its disk. */
  storedFrames(): number;
  /** Closes, forgets everything in memory, and opens from disk; the replica starts empty. */
  reopen(): Promise<TestPeer>;
}

let windows = 0;

export async function createPeer(
  room: TestRoom,
  deviceNumber: number,
  options: {
    seed?: number;
    folder?: string;
    role?: RoleName;
    organization?: number;
    url?: string;
    roomToken?: string;
    /** In the place of those of tests. */
    timing?: Partial<SyncTiming>;
    createSocket?: RoomSessionOptions['createSocket'];
  } = {},
): Promise<TestPeer> {
  const { ciphers } = room;
  if (!room.admitted.has(deviceNumber)) admitByRoot(room, deviceNumber, options);
  const seed = seedOf(options.seed ?? deviceNumber);
  const folder = options.folder ?? path.join(await temporaryFolder(), 'db');
  const db = new ClassicLevel<string, Uint8Array>(folder);
  await db.open();
  const store = openLevelRoomStore({ db, prefix: 'room/', ciphers, storageKey: new Uint8Array(32).fill(7) });
  const shared = new Y.Doc();
  if (!options.folder) {
    await store.load(() => {});
    await store.write({ frames: room.rootFrames }).done;
  }
  const loaded = await loadSharedDoc({
    store,
    ciphers,
    room: room.root.room,
    device: { number: deviceNumber, seed },
    doc: shared,
    origin: 'load',
  });
  let rebuilds = 0;
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
    room: room.root.room,
    loaded,
    sharedDoc: shared,
    awareness,
    relayUrl: options.url ?? room.url,
    roomToken: options.roomToken,
    timing: { ...TEST_TIMING, ...options.timing },
    onRebuild: () => {
      rebuilds++;
    },
    onFirstState: (state) => Y.applyUpdate(replica, state, 'from-shared'),
    ...(options.createSocket ? { createSocket: options.createSocket } : {}),
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
    folder,
    close,
    damagedFrames: loaded.marks.damagedFrames,
    rebuilds: () => rebuilds,
    epochKeys: () => loaded.epochs.all(),
    storedFrames: () => [...loaded.record.stored().values()].reduce((sum, counters) => sum + counters.size, 0),
    async reopen() {
      await close();
      return createPeer(room, deviceNumber, { ...options, folder });
    },
  };
}

const seedOf = (number: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => (i < 2 ? (number >> (8 * i)) & 255 : 7));

/** The root lets a device in, as an owner's device would. */
function admitByRoot(
  room: TestRoom,
  number: number,
  options: { role?: RoleName; organization?: number; seed?: number },
): void {
  const { ciphers, root, epoch, rootFrames } = room;
  const { sign, box } = deriveDevice(ciphers, seedOf(options.seed ?? number));
  const invitation = ciphers.signPair(ciphers.randomBytes(32));
  const role = options.role ?? 'editor';
  const organization = options.organization ?? number;
  const write = (kind: Kind, body: Uint8Array): Uint8Array => {
    const previous = ciphers.sha256(rootFrames[rootFrames.length - 1] as Uint8Array);
    const counter = rootFrames.length + 1;
    const frame = { kind, device: 0, counter, previous, body };
    const bytes = createRecordFrame(ciphers, root.room, epoch.id, root.pair.secretKey, frame);
    rootFrames.push(bytes);
    return bytes;
  };
  const expires = 4_000_000_000;
  const invited = write(
    KIND.invitation,
    encodeInvitation({ key: invitation.publicKey, role, organization, device: number, expires }),
  );
  write(
    KIND.admission,
    encodeAdmission({
      device: number,
      deviceKey: sign.publicKey,
      boxKey: box.publicKey,
      organization,
      role,
      invitation: ciphers.sha256(invited),
      signature: ciphers.sign(
        invitation.secretKey,
        requestStatement(root.room.roomIdBytes, sign.publicKey, box.publicKey),
      ),
      epochs: boxEpochs(ciphers, box.publicKey, [epoch]),
    }),
  );
  room.admitted.add(number);
}

/** Waits for a state, checked every few milliseconds; throws when it does not come. */
export async function until(reached: () => boolean, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!reached()) {
    if (performance.now() > end) throw new Error(`not reached within ${limitMs} ms: ${reached}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
