import { hex } from '../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import { parseFrame } from '../../shared/sync/Frame.ts';
import { guardFrameLog } from '../guardedStores.ts';
import { openLevelFrameLog } from '../LevelFrameLog.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { RelayMetrics } from '../RelayMetrics.ts';
import type { Room } from '../Room.ts';
import { Rooms } from '../Rooms.ts';
import { StorageGuard } from '../StorageGuard.ts';

/** A room whose devices hold every frame, records first, and the folder in which a relay keeps it. */
export interface HeldRoom {
  folder: string;
  publicKey: Uint8Array;
  frames: readonly Uint8Array[];
}

export interface OpenedRoom {
  room: Room;
  /** Frames that were forgotten because they are damaged. */
  damaged: number;
  repairs: number;
  logId: string;
  served(): Promise<string[]>;
  close(): Promise<void>;
}

/** What the folder holds when all is well. */
export interface Filled {
  ends: string[];
  all: string[];
}

/** Opens it as a relay does when the first device comes. */
export async function openHeldRoom(ciphers: Ciphers, { folder, publicKey }: HeldRoom): Promise<OpenedRoom> {
  const log = await openLevelFrameLog(folder);
  let damaged = 0;
  const guard = new StorageGuard({
    limits: DEFAULT_LIMITS,
    usedBytes: await log.totalBytes(),
    freeBytes: async () => Number.POSITIVE_INFINITY,
    recover: () => log.recover(),
    onChange: () => {},
  });
  const guarded = guardFrameLog(log, guard, new RelayMetrics());
  const rooms = new Rooms(ciphers, guarded, DEFAULT_LIMITS, guard, await log.roomCount(), {
    onDamaged(count) {
      damaged += count;
    },
    onDropFailed() {},
  });
  const enter = (): ReturnType<Rooms['enter']> => rooms.enter(publicKey, true);
  const entered = await enter().catch(async (error) => {
    if (guard.state !== 'write-failed') throw error;
    await guard.check(); // as the running relay does by its next look at the disk
    return enter();
  });
  if (!entered.ok) throw new Error(entered.error.code);
  const room = entered.value;
  return {
    room,
    damaged,
    repairs: log.repairs ?? 0,
    logId: hex(log.logId),
    async served() {
      const served: string[] = [];
      for (let after = 0; ; ) {
        const entries = await log.read(room.id, after, 1_000_000);
        if (entries.length === 0) return served;
        for (const { sequence, frame } of entries) {
          served.push(hex(frame));
          after = sequence;
        }
      }
    },
    async close() {
      const counted = [guard.usedBytes, await log.totalBytes()];
      await log.close();
      if (counted[0] !== counted[1]) throw new Error(`counted ${counted.join(', kept ')}`);
    },
  };
}

/** What a device does after `welcome`: posts all it holds that the relay does not show. [SY26] */
export async function postLacking({ room }: OpenedRoom, { frames }: HeldRoom): Promise<void> {
  const ends = new Map(room.ends().map(({ device, counter }) => [device, counter]));
  for (const bytes of frames) {
    const parsed = parseFrame(bytes);
    if (!parsed.ok || parsed.value.counter <= (ends.get(parsed.value.device) ?? 0)) continue;
    const answer = await room.post(bytes, null);
    if (answer.outcome !== 'stored') throw new Error(`not taken: ${JSON.stringify(answer)}`);
  }
}

const endsOf = ({ room }: OpenedRoom): string[] =>
  room
    .ends()
    .map(({ device, counter, hash }) => `${device} ${counter} ${hex(hash)}`)
    .sort();

/** Everything the devices hold is posted. */
export async function fillHeldRoom(ciphers: Ciphers, held: HeldRoom): Promise<Filled> {
  const opened = await openHeldRoom(ciphers, held);
  await postLacking(opened, held);
  const filled = { ends: endsOf(opened), all: await opened.served() };
  await opened.close();
  return filled;
}

/**
 * Whatever was damaged: nothing damaged is served, and afterwards everything is there again; otherwise it throws. Says how
 * much was served at first.
 */
export async function healHeldRoom(
  ciphers: Ciphers,
  held: HeldRoom,
  filled: Filled,
): Promise<{ damaged: number; repairs: number; first: number }> {
  const all = new Set(filled.all);
  const opened = await openHeldRoom(ciphers, held);
  const first = new Set(await opened.served());
  if ([...first].some((frame) => !all.has(frame))) throw new Error('a damaged frame was served');
  await postLacking(opened, held);
  const served = new Set(await opened.served());
  if (served.size !== all.size || [...served].some((frame) => !all.has(frame)))
    throw new Error(`${served.size} of ${all.size} came back`);
  if (endsOf(opened).join() !== filled.ends.join()) throw new Error('other ends');
  if (opened.room.hasGaps) throw new Error('gaps are left');
  await opened.close();
  return { damaged: opened.damaged, repairs: opened.repairs, first: first.size };
}
