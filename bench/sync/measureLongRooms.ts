import { folderSize } from './folderSize.ts';
import type { Act, Stage } from './Stage.ts';
import type { ClientSpec } from './SyncClient.ts';
import type { SyncSystem, SystemName } from './SyncSystem.ts';

export interface LongRoomFigures {
  edits: number;
  words: number;
  characters: number;
  /** To write it, one update an edit, seen by a partner. */
  writeMs: number;
  /** A new device, from `connect` to the whole text; one value a join. */
  joinsMs: number[];
  joinCpuMs: number[];
  /** The same after compaction; empty where a system has none of its own. */
  compactedJoinsMs: number[];
  compactedJoinCpuMs: number[];
  /** What the server keeps on disk after each tenth of the edits, and at the end. */
  diskBytes: { edits: number; sizeBytes: number }[];
  compactedDiskBytes: number | null;
}

const WINDOW_CHARACTERS = 6_000;
/** What a process does before it joins. */
const SMALL = { edits: 200, seed: 2, windowCharacters: WINDOW_CHARACTERS };
const SETTLE_MS = 3_000;
const SHRINK_LIMIT_MS = 60_000;
const PARTS = 10;
/** Joins before compaction take many seconds each. */
const MOST_BEFORE = 3;
/** Systems with something to measure before and after; the others are joined as they are. */
const COMPACTING: ReadonlySet<SystemName> = new Set(['alegato']);
const WRITE_LIMIT_MS = 1_200_000;

/** One join by a new device. */
interface Join {
  ms: number;
  cpuMs: number;
}

/** A room that is written, with the partner who stays in it. */
interface LongRoom {
  readonly system: SyncSystem;
  readonly written: Omit<
    LongRoomFigures,
    'joinsMs' | 'joinCpuMs' | 'compactedJoinsMs' | 'compactedJoinCpuMs' | 'compactedDiskBytes'
  >;
  join(): Promise<Join>;
  /** False: the system has nothing of the kind. */
  compact(): Promise<boolean>;
  diskBytes(): Promise<number>;
}

/**
 * In every system a room written in `edits` edits of two words, none coalesced, in the company of a partner who stays, so
 * that peers have the document in memory when somebody joins. Each join is by a new device in a process of its own, which
 * has been in a small room before: whoever joins does so once, soon after the program has started. The systems take turns
 * join by join, a system that compacts after it has, so that all of them have the same machine.
 */
export async function measureLongRooms(
  stage: Stage,
  systems: readonly SyncSystem[],
  options: { edits: number; joins: number },
): Promise<Map<SystemName, LongRoomFigures>> {
  const rooms: LongRoom[] = [];
  const enter = async (left: readonly SyncSystem[]): Promise<Map<SystemName, LongRoomFigures>> => {
    const [system, ...rest] = left;
    if (!system) return joinInTurns(rooms, options.joins);
    return stage.play(system, async (act) => {
      rooms.push(await writeLongRoom(act, system, options));
      return enter(rest);
    });
  };
  return enter(systems);
}

async function joinInTurns(rooms: readonly LongRoom[], joins: number): Promise<Map<SystemName, LongRoomFigures>> {
  const played = [];
  for (const room of rooms) {
    const before: Join[] = [];
    const compacts = COMPACTING.has(room.system.name);
    if (compacts)
      for (let number = 0; number < MOST_BEFORE && number < joins; number += 1) before.push(await room.join());
    const compacted = await room.compact();
    if (compacted !== compacts) throw new Error(`${room.system.name} compacts, or not, against what is written here`);
    played.push({ room, before, after: [] as Join[], compacts });
  }
  for (let number = 0; number < joins; number += 1)
    for (const { room, before, after, compacts } of played) (compacts ? after : before).push(await room.join());
  const figures = new Map<SystemName, LongRoomFigures>();
  for (const { room, before, after, compacts } of played) {
    if (compacts) await room.compact(); // one earlier generation is kept: the second lets the frames go
    figures.set(room.system.name, {
      ...room.written,
      joinsMs: before.map(({ ms }) => ms),
      joinCpuMs: before.map(({ cpuMs }) => cpuMs),
      compactedJoinsMs: after.map(({ ms }) => ms),
      compactedJoinCpuMs: after.map(({ cpuMs }) => cpuMs),
      compactedDiskBytes: compacts ? await room.diskBytes() : null,
    });
  }
  return figures;
}

async function writeLongRoom(
  { server, load }: Act,
  system: SyncSystem,
  options: { edits: number; joins: number },
): Promise<LongRoom> {
  const people = await load('people');
  const room = await system.createRoom(2 + MOST_BEFORE + options.joins);
  const spec = (id: string, device: number, folder: string, of: unknown = room): ClientSpec => ({
    id,
    system: system.name,
    url: server.url,
    room: of,
    device,
    coalesce: false,
    compacts: false,
    folder,
  });
  await people.call('open', {
    clients: [spec('writer', 1, people.folder), spec('partner', 2, people.folder)],
    state: true,
  });
  const diskBytes: LongRoomFigures['diskBytes'] = [];
  let writeMs = 0;
  let written = { characters: 0, digest: '' };
  for (let part = 1; part <= PARTS; part += 1) {
    const edits = Math.round(options.edits / PARTS);
    const plan = { writer: 'writer', observer: 'partner', edits, seed: part, windowCharacters: WINDOW_CHARACTERS };
    const answer = await people.call('write', plan, WRITE_LIMIT_MS);
    writeMs += answer.ms;
    written = answer;
    diskBytes.push({ edits: Math.round((options.edits * part) / PARTS), sizeBytes: await folderSize(server.folder) });
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  diskBytes.push({ edits: options.edits, sizeBytes: await folderSize(server.folder) });
  let device = 2;
  return {
    system,
    written: { edits: options.edits, words: options.edits * 2, characters: written.characters, writeMs, diskBytes },
    async join() {
      const id = `newcomer ${++device}`;
      const newcomer = await load(id);
      const small = await system.createRoom(2);
      const warm = [1, 2].map((each) => spec(`warm ${each}`, each, newcomer.folder, small));
      await newcomer.call('open', { clients: warm, state: true });
      await newcomer.call('write', { ...SMALL, writer: 'warm 1', observer: 'warm 2' });
      const client = { ...spec(id, device, newcomer.folder), isNew: true };
      const join = await newcomer.call('join', { client, digest: written.digest, length: written.characters });
      await newcomer.child.stop();
      return join;
    },
    compact: () => people.call('compact', { id: 'writer' }),
    diskBytes: () => shrunkSize(server.folder, diskBytes.at(-1)?.sizeBytes ?? 0),
  };
}

/** The size once there is less than that and it has come to rest; or what there is when it has not fallen in time. */
async function shrunkSize(folder: string, fromBytes: number): Promise<number> {
  const endMs = performance.now() + SHRINK_LIMIT_MS;
  while ((await folderSize(folder)) >= fromBytes && performance.now() < endMs)
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS / 10));
  return stillSize(folder);
}

/** The size of a folder once it has not changed for a while. */
async function stillSize(folder: string): Promise<number> {
  for (let before = -1; ; ) {
    const now = await folderSize(folder);
    if (now === before) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  }
}
