import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { roomIdOf } from '../shared/crypto/room.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { fail, ok, type Result } from '../shared/domain/result.ts';
import type { FrameLog } from './FrameLog.ts';
import type { RelayLimits } from './limits.ts';
import { type Member, Room } from './Room.ts';
import type { StorageGuard } from './StorageGuard.ts';

/** The rooms somebody is connected to; a room leaves memory with its last connection. */
export class Rooms {
  readonly #ciphers: Ciphers;
  readonly #log: FrameLog;
  readonly #limits: RelayLimits;
  readonly #storage: StorageGuard;
  readonly #open = new Map<RoomId, OpenRoom>();
  #knownRooms: number;

  constructor(ciphers: Ciphers, log: FrameLog, limits: RelayLimits, storage: StorageGuard, knownRooms: number) {
    this.#ciphers = ciphers;
    this.#log = log;
    this.#limits = limits;
    this.#storage = storage;
    this.#knownRooms = knownRooms;
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
    const { roomId, roomIdBytes } = roomIdOf(this.#ciphers, publicKey);
    let entry = this.#open.get(roomId);
    if (!entry) {
      const identity = { id: roomId, idBytes: roomIdBytes, publicKey: publicKey.slice() };
      const room = this.#log
        .readRoom(roomId)
        .then((state) => new Room(identity, state, this.#ciphers, this.#log, this.#limits, this.#storage));
      this.#open.set(roomId, (entry = { room, opened: null, users: 0 }));
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

interface OpenRoom {
  room: Promise<Room>;
  opened: Room | null;
  users: number;
}
