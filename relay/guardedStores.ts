import type { RoomId } from '../shared/domain/ids.ts';
import type { AppendAnswer, BlobStore, UploadKey } from './BlobStore.ts';
import type { DeviceEnd, FrameLog } from './FrameLog.ts';
import type { RelayMetrics } from './RelayMetrics.ts';
import type { StorageGuard } from './StorageGuard.ts';

/** The same log; what it appends is counted while it is on its way, and a write the disk refuses is told to the guard. */
export function guardFrameLog(log: FrameLog, guard: StorageGuard, metrics: RelayMetrics): FrameLog {
  const guarded = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      guard.noteFailure();
      throw error;
    }
  };
  const survey = log.survey?.bind(log);
  const replaceEnds = log.replaceEnds?.bind(log);
  return {
    get logId() {
      return log.logId;
    },
    renewsLogId: log.renewsLogId ?? false,
    ...(survey && { survey: (room: RoomId) => guarded(survey(room)) }),
    ...(replaceEnds && {
      replaceEnds: (room: RoomId, ends: ReadonlyMap<number, DeviceEnd>) => guarded(replaceEnds(room, ends)),
    }),
    readRoom: (room) => guarded(log.readRoom(room)),
    readRecords: (room, known) => guarded(log.readRecords(room, known)),
    roomCount: () => log.roomCount(),
    totalBytes: () => log.totalBytes(),
    async append(room, sequence, sizeBytes, frame) {
      const startMs = performance.now();
      guard.noteStored(frame.bytes.length);
      try {
        await guarded(log.append(room, sequence, sizeBytes, frame));
      } catch (error) {
        guard.noteDropped(frame.bytes.length);
        throw error;
      }
      metrics.noteAppend((performance.now() - startMs) / 1_000, frame.bytes.length);
    },
    moveEnds: (room, ends) => guarded(log.moveEnds(room, ends)),
    drop: (room, frames, lastSequence, sizeBytes) => guarded(log.drop(room, frames, lastSequence, sizeBytes)),
    read: (room, after, maxBytes, allFrom) => guarded(log.read(room, after, maxBytes, allFrom)),
    hashAt: (room, sequence) => guarded(log.hashAt(room, sequence)),
    find: (room, device, counter) => guarded(log.find(room, device, counter)),
    recover: () => log.recover(),
    close: () => log.close(),
  };
}

/** The same store; nothing more goes in when there is no room for it. */
export function guardBlobStore(store: BlobStore, guard: StorageGuard): BlobStore {
  return {
    sizeOf: (room, blobId) => store.sizeOf(room, blobId),
    roomBytes: (room) => store.roomBytes(room),
    receivedBytes: (key) => store.receivedBytes(key),
    async begin(key: UploadKey, maxRoomBytes: number): Promise<boolean> {
      const more = key.sizeBytes - ((await store.receivedBytes(key)) ?? 0);
      return guard.hasRoomFor(more) && store.begin(key, maxRoomBytes);
    },
    async append(key: UploadKey, offset: number, chunk: Uint8Array): Promise<AppendAnswer> {
      const answer = await store.append(key, offset, chunk);
      if (answer.outcome !== 'damaged') guard.noteStored(chunk.length);
      return answer;
    },
    discard: (key) => store.discard(key),
    read: (room: RoomId, blobId, offset, length) => store.read(room, blobId, offset, length),
  };
}
