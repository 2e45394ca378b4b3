import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { findLostPassages, holdsVoidWords } from '../../electron/services/complaint/rebuildReplica.ts';
import {
  newReplicaDoc,
  newSharedDoc,
  ORIGIN,
  type ReplicaDoc,
  type SharedDoc,
} from '../../electron/services/replica/documents.ts';
import { OutboundGate } from '../../electron/services/replica/OutboundGate.ts';
import { type LoadedRoom, loadSharedDoc } from '../../electron/services/sync/loadSharedDoc.ts';
import {
  openRoomSession,
  type RoomNotice,
  type RoomSession,
  type RoomSessionOptions,
} from '../../electron/services/sync/RoomSession.ts';
import type { RoomMarks, RoomStore } from '../../electron/services/sync/RoomStore.ts';
import { readSharedState } from '../../electron/services/sync/sharedState.ts';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import type { Room } from '../../shared/crypto/room.ts';
import type { DiskHandle } from './DelayedDisk.ts';

/** What one device keeps of the complaint: frames and marks of the room, and the local log of its replica. */
export interface DeviceState {
  nextIndex: number;
  frames: Map<number, Uint8Array>;
  marks: Omit<RoomMarks, 'damagedFrames'>;
  replica: Uint8Array[];
  rebuild: boolean;
}

export function newDeviceState(frames: readonly Uint8Array[]): DeviceState {
  return {
    nextIndex: frames.length,
    frames: new Map(frames.map((frame, index) => [index, frame])),
    marks: { cursor: null, acknowledged: 0, ownLast: 0 },
    replica: [],
    rebuild: false,
  };
}

/** The room store on a slow disk in memory. */
export function openMemoryRoomStore(disk: DiskHandle<DeviceState>): RoomStore {
  let nextIndex = disk.state.nextIndex;
  const underWay = new Map<number, Uint8Array>();
  return {
    async load(onFrame) {
      for (const [index, frame] of disk.state.frames) onFrame(index, frame);
      return { ...disk.state.marks, damagedFrames: 0 };
    },
    write({ frames = [], drop = [], ...marks }) {
      const indexes = frames.map((frame) => {
        underWay.set(nextIndex, frame);
        return nextIndex++;
      });
      const end = nextIndex;
      const done = disk.write((state) => {
        frames.forEach((frame, i) => {
          state.frames.set(indexes[i] as number, frame);
        });
        for (const index of drop) state.frames.delete(index);
        for (const [name, value] of Object.entries(marks)) Object.assign(state.marks, { [name]: value });
        state.nextIndex = Math.max(state.nextIndex, end);
      });
      void done.then(() => {
        for (const index of indexes) underWay.delete(index);
      });
      return { indexes, done };
    },
    readFrame: async (index) => underWay.get(index) ?? disk.state.frames.get(index) ?? null,
    close: () => disk.settled(),
  };
}

export interface ProgramOptions {
  ciphers: Ciphers;
  room: Room;
  disk: DiskHandle<DeviceState>;
  device: { number: number; seed: Uint8Array };
  /** Never used before on this complaint. */
  clientId: number;
  createSocket: NonNullable<RoomSessionOptions['createSocket']>;
  onNotice(notice: RoomNotice): void;
  /** It must be closed and opened again. */
  onRebuild(): void;
  /** These passages of this device did not survive. */
  onLost(passages: string[], old: Y.Doc, now: Y.Doc): void;
}

const SAVE_EVERY_MS = 60;

/** One run of the program on a complaint: real room session and gate, joined as `Replica` and `OpenComplaint` join them. */
export class SimulatedProgram {
  readonly session: RoomSession;
  readonly shared: SharedDoc;
  readonly replica: ReplicaDoc;
  readonly loaded: LoadedRoom;
  readonly #options: ProgramOptions;
  readonly #gate: OutboundGate;
  readonly #awareness: Awareness;
  /** It was killed: nothing it does counts any more. */
  #dead = false;
  #unsaved: Uint8Array[] = [];
  #saving: ReturnType<typeof setTimeout> | null = null;
  #saved: Promise<void> = Promise.resolve();
  #savedHooks: (() => void)[] = [];

  static async open(options: ProgramOptions): Promise<SimulatedProgram> {
    const { ciphers, room, disk, device } = options;
    const shared = newSharedDoc();
    let replica = newReplicaDoc();
    if (disk.state.replica.length > 0) Y.applyUpdate(replica, Y.mergeUpdates(disk.state.replica), ORIGIN.disk);
    const store = openMemoryRoomStore(disk);
    const loaded = await loadSharedDoc({ store, ciphers, room, device, doc: shared, origin: ORIGIN.disk });
    if (disk.state.rebuild || holdsVoidWords(replica, shared, device.number)) {
      const lost = findLostPassages(replica, shared, device.number, Date.now());
      const state = readSharedState(shared);
      await disk.write((kept) => {
        Object.assign(kept, { replica: [state], rebuild: false });
        const passages = lost.map(({ text }) => text);
        options.onLost(passages, replica, shared); // with the same write: what is lost is kept
      });
      replica = newReplicaDoc();
      Y.applyUpdate(replica, state, ORIGIN.disk);
    }
    return new SimulatedProgram(options, loaded, store, shared, replica);
  }

  private constructor(
    options: ProgramOptions,
    loaded: LoadedRoom,
    store: RoomStore,
    shared: SharedDoc,
    replica: ReplicaDoc,
  ) {
    this.#options = options;
    this.loaded = loaded;
    this.shared = shared;
    this.replica = replica;
    this.#gate = new OutboundGate(replica, shared, { nowMs: () => Date.now() });
    this.#awareness = new Awareness(shared);
    this.#awareness.setLocalState(null);
    this.session = openRoomSession({
      ciphers: options.ciphers,
      store,
      room: options.room,
      loaded,
      sharedDoc: shared,
      awareness: this.#awareness,
      relayUrl: 'ws://relay.invalid',
      createSocket: options.createSocket,
      onNotice: (notice) => this.#dead || options.onNotice(notice),
      onRebuild: () => this.#askForRebuild(),
      onStatus: () => {},
    });
    replica.on('update', (update: Uint8Array, origin: unknown) => {
      this.#save(update);
      if (origin !== ORIGIN.shared) this.#gate.noticeLocalChange(update);
    });
    Y.applyUpdate(replica, Y.encodeStateAsUpdate(shared, Y.encodeStateVector(replica)), ORIGIN.shared);
    shared.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== ORIGIN.gate) Y.applyUpdate(replica, update, ORIGIN.shared);
    });
    this.#gate.open();
  }

  /** Writes as a window of this device does; `saved` is called once it cannot be lost any more. */
  write(use: (doc: Y.Doc) => void, saved: () => void): void {
    this.replica.clientID = this.#options.clientId;
    this.#savedHooks.push(saved);
    this.replica.transact(() => use(this.replica), ORIGIN.main);
  }

  async close(): Promise<void> {
    this.#saveNow();
    await this.#saved;
    this.#gate.flush();
    this.#gate.destroy();
    await this.session.close();
    this.#awareness.destroy();
  }

  /** The process is gone; its disk has been told. */
  kill(): void {
    this.#dead = true;
    if (this.#saving) clearTimeout(this.#saving);
    this.#gate.destroy();
    void this.session.close();
    this.#awareness.destroy();
  }

  #askForRebuild(): void {
    if (this.#dead) return;
    this.#gate.hold({ code: 'rebuilding' });
    void this.#options.disk
      .write((state) => {
        state.rebuild = true;
      })
      .then(() => this.#dead || this.#options.onRebuild());
  }

  #save(update: Uint8Array): void {
    this.#unsaved.push(update);
    this.#saving ??= setTimeout(() => this.#saveNow(), SAVE_EVERY_MS);
  }

  #saveNow(): void {
    if (this.#saving) clearTimeout(this.#saving);
    this.#saving = null;
    const updates = this.#unsaved;
    const hooks = this.#savedHooks;
    if (updates.length === 0 || this.#dead) return;
    this.#unsaved = [];
    this.#savedHooks = [];
    this.#saved = this.#options.disk.write((state) => {
      state.replica.push(...updates);
      for (const hook of hooks) hook();
    });
  }
}
