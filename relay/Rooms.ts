import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { roomIdOf } from '../shared/crypto/room.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { fail, ok, type Result } from '../shared/domain/result.ts';
import type { FrameLog } from './FrameLog.ts';
import type { RelayLimits } from './limits.ts';
import { type Member, Room } from './Room.ts';

/** The rooms somebody is connected to; a room leaves memory with its last connection. */
export class Rooms {
  readonly #ciphers: Ciphers;
  readonly #log: FrameLog;
  readonly #limits: RelayLimits;
  readonly #open = new Map<RoomId, { room: Promise<Room>; users: number }>();
  #knownRooms: number;

  constructor(ciphers: Ciphers, log: FrameLog, limits: RelayLimits, knownRooms: number) {
    this.#ciphers = ciphers;
    this.#log = log;
    this.#limits = limits;
    this.#knownRooms = knownRooms;
  }

  /** The room of a public key. Every success is answered by one `leave`. */
  async enter(publicKey: Uint8Array): Promise<Result<Room, { code: 'relay-quota' }>> {
    const { roomId, roomIdBytes } = roomIdOf(this.#ciphers, publicKey);
    let entry = this.#open.get(roomId);
    if (!entry) {
      const identity = { id: roomId, idBytes: roomIdBytes, publicKey: publicKey.slice() };
      const room = this.#log
        .readRoom(roomId)
        .then((state) => new Room(identity, state, this.#ciphers, this.#log, this.#limits));
      this.#open.set(roomId, (entry = { room, users: 0 }));
    }
    entry.users++;
    try {
      const room = await entry.room;
      const full =
        entry.users > this.#limits.connectionsPerRoom || (room.isEmpty && this.#knownRooms >= this.#limits.rooms);
      if (!full) return ok(room);
      this.leave(room, null);
      return fail({ code: 'relay-quota' });
    } catch (error) {
      this.#open.delete(roomId);
      throw error;
    }
  }

  leave(room: Room, member: Member | null): void {
    if (member) room.members.delete(member);
    const entry = this.#open.get(room.id);
    if (entry && --entry.users <= 0) this.#open.delete(room.id);
  }

  /** After a failed write: the next connection reads the room from disk again. */
  forget(room: Room): void {
    this.#open.delete(room.id);
  }

  noteNewRoom(): void {
    this.#knownRooms++;
  }
}
