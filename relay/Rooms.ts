import { equalBytes } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { type Room as RoomIdentity, roomOf } from '../shared/crypto/room.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { fail, ok, type Result } from '../shared/domain/result.ts';
import type { ChainEnd, LogEntry } from '../shared/sync/RelayMessage.ts';
import type { DeviceEnd, FrameLog, RoomState, SurveyedFrame } from './FrameLog.ts';
import type { RelayLimits } from './limits.ts';
import { type Member, Room, type RoomServices } from './Room.ts';
import type { StorageGuard } from './StorageGuard.ts';

export interface RoomsEvents {
  /** So many frames were forgotten because they are not what was appended. */
  onDamaged(frames: number): void;
  /** The disk did not let go of what snapshots cover; nothing is lost, and the next snapshot tries again. */
  onDropFailed(): void;
}

/** A room that nothing asked for its records between two looks lets go of them. */
const REST_MS = 1_000;

/** The rooms somebody is connected to; a room leaves memory with its last connection. */
export class Rooms {
  readonly #ciphers: Ciphers;
  readonly #log: FrameLog;
  readonly #limits: RelayLimits;
  readonly #storage: StorageGuard;
  readonly #open = new Map<RoomId, OpenRoom>();
  /** Looked through since the relay started. [SY75] */
  readonly #surveyed = new Set<RoomId>();
  /** Rooms whose last object still writes. */
  readonly #retiring = new Map<RoomId, Promise<void>>();
  readonly #events: RoomsEvents;
  #knownRooms: number;
  readonly #services: RoomServices;
  /** Rooms with their records in memory. [SY84] */
  readonly #awake = new Set<Room>();
  #resting: ReturnType<typeof setTimeout> | null = null;

  constructor(
    ciphers: Ciphers,
    log: FrameLog,
    limits: RelayLimits,
    storage: StorageGuard,
    knownRooms: number,
    events: RoomsEvents = { onDamaged() {}, onDropFailed() {} },
  ) {
    this.#events = events;
    this.#ciphers = ciphers;
    this.#log = log;
    this.#limits = limits;
    this.#storage = storage;
    this.#knownRooms = knownRooms;
    this.#services = {
      ciphers,
      log,
      limits,
      storage,
      onDropFailed: () => events.onDropFailed(),
      onAwake: (room) => {
        this.#awake.add(room);
        this.#restLater();
      },
      onOtherRecords: (room) => {
        if (this.#open.get(room.id)?.opened === room) this.renew(room.id);
      },
    };
  }

  /** [SY84] Every room that nothing asked for its records since the last call lets go of them. */
  rest(): void {
    for (const room of this.#awake) {
      const { opened = undefined } = this.#open.get(room.id) ?? {};
      const isGone = opened !== null && opened !== room; // null: being opened
      if (isGone || room.rest()) this.#awake.delete(room);
    }
    this.#restLater();
  }

  #restLater(): void {
    if (this.#resting !== null || this.#awake.size === 0) return;
    this.#resting = setTimeout(() => {
      this.#resting = null;
      this.rest();
    }, REST_MS);
    this.#resting.unref();
  }

  /** Rooms that hold a frame. */
  get known(): number {
    return this.#knownRooms;
  }

  /** Rooms somebody is connected to. */
  get open(): number {
    return this.#open.size;
  }

  /** The room of a public key. Every success is answered by one `leave`. */
  async enter(
    publicKey: Uint8Array,
    mayCreate: boolean,
  ): Promise<Result<Room, { code: 'relay-quota' | 'room-token' }>> {
    const identity = roomOf(this.#ciphers, publicKey.slice());
    const { roomId } = identity;
    let entry = this.#open.get(roomId);
    if (!entry) {
      this.#open.set(roomId, (entry = { room: this.#read(identity), opened: null, users: 0 }));
    }
    entry.users++;
    try {
      const room = (entry.opened = await entry.room);
      const refusal = this.#refusal(room, entry.users, mayCreate);
      if (!refusal) return ok(room);
      this.leave(room, null);
      return fail({ code: refusal });
    } catch (error) {
      if (this.#open.get(roomId) === entry) this.#open.delete(roomId);
      throw error;
    }
  }

  async #read(identity: RoomIdentity): Promise<Room> {
    const { roomId } = identity;
    await this.#retiring.get(roomId);
    const make = (state: RoomState & { frames?: readonly SurveyedFrame[] }, records: readonly LogEntry[]): Room =>
      new Room(identity, state, records, this.#services);
    const known = this.#surveyed.has(roomId) || !this.#log.survey ? await this.#log.readRoom(roomId) : null;
    if (known && (known.lastSequence > 0 || !this.#log.survey)) return make(known, await this.#log.readRecords(roomId));
    const survey = await this.#log.survey?.(roomId);
    if (!survey) return make({ lastSequence: 0, sizeBytes: 0, ends: new Map() }, []);
    if (survey.damaged > 0) this.#events.onDamaged(survey.damaged);
    this.#storage.noteStored(survey.sizeBytes - survey.countedBytes);
    const room = make(survey, survey.records);
    if (!isSameEnds(survey.ends, room.ends())) {
      const ends = new Map(room.ends().map(({ device, counter, hash }) => [device, { counter, hash }]));
      await this.#log.replaceEnds?.(roomId, ends);
    }
    // frames beyond a gap are found by looking through it again
    if (!room.hasGaps && survey.lastSequence > 0) this.#surveyed.add(roomId);
    return room;
  }

  /** [SY75] A frame of it turned out to be damaged: it is looked through, and whoever was there comes back to what is whole. */
  renew(roomId: RoomId): void {
    this.#surveyed.delete(roomId);
    const room = this.#open.get(roomId)?.opened;
    if (!room) return;
    this.forget(room);
    const retired = room.retire().finally(() => {
      if (this.#retiring.get(roomId) === retired) this.#retiring.delete(roomId);
    });
    this.#retiring.set(roomId, retired);
  }

  leave(room: Room, member: Member | null): void {
    if (member) room.members.delete(member);
    const entry = this.#open.get(room.id);
    if (entry?.opened === room && --entry.users <= 0) this.#open.delete(room.id); // not one opened anew after `forget`
  }

  /** After a failed write: the next connection reads the room from disk again. */
  forget(room: Room): void {
    if (this.#open.get(room.id)?.opened === room) this.#open.delete(room.id);
  }

  /** All of them: what is on disk may differ from what is in memory. */
  forgetAll(): void {
    this.#surveyed.clear();
    this.#open.clear();
  }

  noteNewRoom(): void {
    this.#knownRooms++;
  }
  #refusal(room: Room, users: number, mayCreate: boolean): 'relay-quota' | 'room-token' | null {
    if (room.isEmpty && !mayCreate) return 'room-token';
    if (room.isEmpty && this.#knownRooms >= this.#limits.rooms) return 'relay-quota';
    return users > this.#limits.connectionsPerRoom ? 'relay-quota' : null;
  }
}

function isSameEnds(kept: ReadonlyMap<number, DeviceEnd>, found: readonly ChainEnd[]): boolean {
  return (
    kept.size === found.length &&
    found.every(({ device, counter, hash }) => {
      const end = kept.get(device);
      return end?.counter === counter && equalBytes(end.hash, hash);
    })
  );
}

interface OpenRoom {
  room: Promise<Room>;
  opened: Room | null;
  users: number;
}
