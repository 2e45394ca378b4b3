import type { DeviceEnd, FrameLog } from '../../relay/FrameLog.ts';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import type { RoomId } from '../../shared/domain/ids.ts';
import { DelayedDisk } from './DelayedDisk.ts';

interface StoredEntry {
  frame: Uint8Array;
  hash: Uint8Array;
  device: number;
  counter: number;
  isRecord: boolean;
}
interface StoredRoom {
  lastSequence: number;
  sizeBytes: number;
  ends: Map<number, DeviceEnd>;
  /** By rising sequence. */
  entries: Map<number, StoredEntry>;
}
export interface LogState {
  logId: Uint8Array;
  rooms: Map<RoomId, StoredRoom>;
}

/** A frame log's data; it can be copied, put back, and read by one log at a time. */
export class LogDisk extends DelayedDisk<LogState> {
  constructor(logId: Uint8Array, random: SeededRandom) {
    super({ logId, rooms: new Map() }, random);
  }

  /** What a backup made now holds. */
  copy(): LogState {
    const rooms = [...this.state.rooms].map(
      ([id, room]) => [id, { ...room, ends: new Map(room.ends), entries: new Map(room.entries) }] as const,
    );
    return { logId: this.state.logId, rooms: new Map(rooms) };
  }
}

/** `FrameLog` in memory on a disk that outlives it. */
export function openMemoryFrameLog(disk: LogDisk): FrameLog {
  const handle = disk.open();
  const roomIn = (state: LogState, id: RoomId): StoredRoom => {
    let room = state.rooms.get(id);
    if (!room) state.rooms.set(id, (room = { lastSequence: 0, sizeBytes: 0, ends: new Map(), entries: new Map() }));
    return room;
  };
  const entriesOf = (id: RoomId): [number, StoredEntry][] => [...(handle.state.rooms.get(id)?.entries ?? [])];
  return {
    get logId() {
      return handle.state.logId;
    },
    async readRoom(id) {
      const room = handle.state.rooms.get(id);
      return {
        lastSequence: room?.lastSequence ?? 0,
        sizeBytes: room?.sizeBytes ?? 0,
        ends: new Map(room?.ends ?? []),
      };
    },
    roomCount: async () => handle.state.rooms.size,
    readRecords: async (id) =>
      entriesOf(id).flatMap(([sequence, { frame, isRecord }]) => (isRecord ? [{ sequence, frame }] : [])),
    totalBytes: async () => [...handle.state.rooms.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    append: (id, sequence, sizeBytes, { bytes, device, counter, hash, isRecord, end }) =>
      handle.write((state) => {
        const room = roomIn(state, id);
        room.entries.set(sequence, { frame: bytes, hash, device, counter, isRecord });
        Object.assign(room, { lastSequence: sequence, sizeBytes });
        if (end) room.ends.set(device, end);
      }),
    moveEnds: (id, ends) =>
      handle.write((state) => {
        for (const [device, end] of ends) roomIn(state, id).ends.set(device, end);
      }),
    drop: (id, frames, lastSequence, sizeBytes) =>
      handle.write((state) => {
        const room = roomIn(state, id);
        for (const { sequence } of frames) room.entries.delete(sequence);
        Object.assign(room, { lastSequence, sizeBytes });
      }),
    async read(id, after, maxBytes, allFrom = 0) {
      const page: { sequence: number; frame: Uint8Array }[] = [];
      let size = 0;
      for (const [sequence, { frame, isRecord }] of entriesOf(id)) {
        if (sequence <= after || (sequence < allFrom && !isRecord)) continue;
        if (page.length > 0 && size + frame.length > maxBytes) break;
        page.push({ sequence, frame });
        size += frame.length + 12;
      }
      return page;
    },
    hashAt: async (id, sequence) => handle.state.rooms.get(id)?.entries.get(sequence)?.hash ?? null,
    async find(id, device, counter) {
      // as in an index that keeps one place for each: the last one written
      const found = entriesOf(id).findLast(([, entry]) => entry.device === device && entry.counter === counter);
      return found ? { sequence: found[0], hash: found[1].hash } : null;
    },
    recover: () => handle.settled(),
    close: () => handle.settled(),
  };
}
