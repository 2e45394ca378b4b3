import type { LogState } from '../../relay/testing/MemoryFrameLog.ts';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { DelayedDisk } from './DelayedDisk.ts';

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
