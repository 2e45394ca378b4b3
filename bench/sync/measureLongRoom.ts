import { folderSize } from './folderSize.ts';
import type { Stage } from './Stage.ts';
import type { ClientSpec } from './SyncClient.ts';
import type { SyncSystem } from './SyncSystem.ts';

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
const SETTLE_MS = 3_000;
const PARTS = 10;
const WRITE_LIMIT_MS = 1_200_000;

/**
 * A room written in `edits` edits of two words, none coalesced, in the company of a partner who stays, so that peers
 * have the document in memory when somebody joins. Joins are by new devices in a process that has joined a small room.
 */
export async function measureLongRoom(
  stage: Stage,
  system: SyncSystem,
  options: { edits: number; joins: number },
): Promise<LongRoomFigures> {
  return stage.play(system, async ({ server, load }) => {
    const people = await load('people');
    const newcomers = await load('newcomers');
    const room = await system.createRoom(2 + 2 * options.joins);
    let device = 0;
    const spec = (id: string, folder: string, of: unknown = room): ClientSpec => ({
      id,
      system: system.name,
      url: server.url,
      room: of,
      device: ++device,
      coalesce: false,
      compacts: false,
      folder,
    });
    const small = await system.createRoom(2);
    await newcomers.call('open', {
      clients: [spec('warm 1', newcomers.folder, small), spec('warm 2', newcomers.folder, small)],
      state: true,
    });
    await newcomers.call('write', {
      writer: 'warm 1',
      observer: 'warm 2',
      edits: 200,
      seed: 2,
      windowCharacters: WINDOW_CHARACTERS,
    });
    device = 0;
    await people.call('open', {
      clients: [spec('writer', people.folder), spec('partner', people.folder)],
      state: true,
    });
    const diskBytes: LongRoomFigures['diskBytes'] = [];
    let writeMs = 0;
    let written = { characters: 0, digest: '' };
    for (let part = 1; part <= PARTS; part += 1) {
      const answer = await people.call(
        'write',
        {
          writer: 'writer',
          observer: 'partner',
          edits: Math.round(options.edits / PARTS),
          seed: part,
          windowCharacters: WINDOW_CHARACTERS,
        },
        WRITE_LIMIT_MS,
      );
      writeMs += answer.ms;
      written = answer;
      diskBytes.push({ edits: Math.round((options.edits * part) / PARTS), sizeBytes: await folderSize(server.folder) });
    }
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    diskBytes.push({ edits: options.edits, sizeBytes: await folderSize(server.folder) });
    const join = async () => {
      const joins: { ms: number; cpuMs: number }[] = [];
      for (let number = 0; number < options.joins; number += 1)
        joins.push(
          await newcomers.call('join', {
            client: spec(`newcomer ${device}`, newcomers.folder),
            digest: written.digest,
          }),
        );
      return joins;
    };
    const joins = await join();
    const compacted = await people.call('compact', { id: 'writer' });
    const compactedJoins = compacted ? await join() : [];
    if (compacted) {
      await people.call('compact', { id: 'writer' }); // one earlier generation is kept: the second lets the frames go
    }
    const compactedDiskBytes = compacted ? await stillSize(server.folder) : null;
    return {
      edits: options.edits,
      words: options.edits * 2,
      characters: written.characters,
      writeMs,
      joinsMs: joins.map(({ ms }) => ms),
      joinCpuMs: joins.map(({ cpuMs }) => cpuMs),
      compactedJoinsMs: compactedJoins.map(({ ms }) => ms),
      compactedJoinCpuMs: compactedJoins.map(({ cpuMs }) => cpuMs),
      diskBytes,
      compactedDiskBytes,
    };
  });
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
