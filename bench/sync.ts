import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, meetsTargets } from './Bench.ts';
import { round } from './quantile.ts';
import { buildSyncRatios } from './sync/buildSyncRatios.ts';
import { measureDisk } from './sync/measureDisk.ts';
import { LATENCY_SCENES, measureLatency } from './sync/measureLatency.ts';
import { measureLongRooms } from './sync/measureLongRooms.ts';
import { measureMemory } from './sync/measureMemory.ts';
import { measureStorage } from './sync/measureStorage.ts';
import { measureThroughput } from './sync/measureThroughput.ts';
import { measureTraffic } from './sync/measureTraffic.ts';
import { Stage } from './sync/Stage.ts';
import type { SyncSystem } from './sync/SyncSystem.ts';
import { SyncTable } from './sync/SyncTable.ts';

const TARGETS = { roomMemoryVsBest: 0.33, joinVsStock: 1.2, p95ExtraMs: 5, storageVsDocument: 6 };
const FLOORS = { throughputVsStock: 1.3, throughputVsHocuspocus: 1.3 };
const PARTS = ['latency', 'throughput', 'memory', 'join', 'storage', 'traffic'] as const;
type Part = (typeof PARTS)[number];

/** Sizes of one run. */
const FULL = {
  rounds: 3,
  latencyWarmUpMs: 20_000,
  latencyMs: 20_000,
  warmUpMs: 2_000,
  pumpMs: 5_000,
  rooms: 300,
  roomEdits: 1_000,
  longEdits: 50_000,
  storageEdits: 1_000_000,
  joins: 9,
  characters: 1_000,
};
const QUICK = {
  rounds: 1,
  latencyWarmUpMs: 3_000,
  latencyMs: 3_000,
  warmUpMs: 1_000,
  pumpMs: 2_000,
  rooms: 40,
  roomEdits: 200,
  longEdits: 3_000,
  storageEdits: 100_000,
  joins: 5,
  characters: 100,
};
const PUMP = { rooms: 10, window: 1_000 };
const TYPING_PACE_MS = 100;

/** `npm run bench sync -- [--quick] [--rounds 3] [--only latency,join] [--edits 50000] [--storage-edits 1000000] [--room-edits 1000] [--profile FOLDER]`. */
export const bench: Bench = {
  about: 'sealed sessions on the relay against stock y-websocket with LevelDB and against Hocuspocus, all on loopback',
  flags: '[--quick] [--rounds N] [--only NAME,…] [--edits N] [--room-edits N] [--storage-edits N] [--profile FOLDER]',
  async run(flags) {
    const { values } = parseArgs({
      args: [...flags],
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        only: { type: 'string' },
        edits: { type: 'string' },
        'room-edits': { type: 'string' },
        'storage-edits': { type: 'string' },
        profile: { type: 'string' },
      },
    });
    const chosen = values.quick ? QUICK : FULL;
    const size = {
      ...chosen,
      rounds: Number(values.rounds ?? chosen.rounds),
      longEdits: Number(values.edits ?? chosen.longEdits),
      storageEdits: Number(values['storage-edits'] ?? chosen.storageEdits),
      roomEdits: Number(values['room-edits'] ?? chosen.roomEdits),
    };
    const parts = new Set<Part>(PARTS.filter((part) => !values.only || values.only.split(',').includes(part)));
    const stage = await Stage.open({ profile: values.profile && resolve(values.profile) });
    const table = new SyncTable();
    try {
      for (let number = 0; number < size.rounds; number += 1) {
        for (const system of inTurns(stage.systems, number)) await playRound(stage, system, parts, size, table);
        console.log(`  round ${number + 1} of ${size.rounds} is over`);
      }
      if (parts.has('join'))
        for (const [name, figures] of await measureLongRooms(stage, stage.systems, {
          edits: size.longEdits,
          joins: size.joins,
        })) {
          table.addLongRoom(name, figures);
          const tell = (times: readonly number[]): string => `${times.map((ms) => round(ms, 0)).join(', ') || 'no'} ms`;
          console.log(
            `  ${stage.system(name).title}, ${figures.edits} edits: joins in ${tell(figures.joinsMs)}, after compaction in ${tell(figures.compactedJoinsMs)}`,
          );
        }
      if (parts.has('storage')) {
        // the peers keep one document state and no log: nothing of theirs grows but the document
        const figures = await measureStorage(stage, stage.system('alegato'), { edits: size.storageEdits });
        table.addStorage('alegato', figures);
        const megabytes = figures.serverBytes.map((sizeBytes) => round(sizeBytes / 1_048_576, 1)).join(', ');
        console.log(
          `  Alegato, ${figures.edits} edits of a character: server disk in MB after each twentieth: ${megabytes}`,
        );
      }
      if (parts.has('traffic'))
        for (const mode of ['normal', 'careful'] as const) {
          const options = { mode, characters: size.characters, paceMs: TYPING_PACE_MS };
          // nearly idle, so all systems at once
          const measured = await Promise.all(stage.systems.map((system) => measureTraffic(stage, system, options)));
          measured.forEach((figures, index) =>
            table.addTraffic((stage.systems[index] as SyncSystem).name, mode, figures),
          );
        }
    } finally {
      await stage.close();
    }
    for (const line of table.lines()) console.log(`  ${line}`);
    const ratios = buildSyncRatios(table);
    const figures = { ratios, targets: TARGETS, floors: FLOORS };
    return { name: 'sync', ...figures, met: meetsTargets(figures), ...ratios, size, table: table.toJson() };
  },
};

/** Another system is first in every round. */
function inTurns(systems: readonly SyncSystem[], number: number): SyncSystem[] {
  return systems.map((_, index) => systems[(index + number) % systems.length] as SyncSystem);
}

async function playRound(
  stage: Stage,
  system: SyncSystem,
  parts: ReadonlySet<Part>,
  size: typeof FULL,
  table: SyncTable,
): Promise<void> {
  if (parts.has('latency'))
    for (const scene of LATENCY_SCENES) {
      if (system.name === 'alegato') table.addDisk(await measureDisk(stage.folder));
      const figures = await measureLatency(stage, system, scene, {
        warmUpMs: size.latencyWarmUpMs,
        durationMs: size.latencyMs,
      });
      table.addLatency(system.name, scene.name, figures);
      console.log(
        `  ${system.title}, ${scene.name}: p50 ${round(figures.p50Ms, 1)} ms, p95 ${round(figures.p95Ms, 1)} ms`,
      );
    }
  if (parts.has('throughput'))
    for (const coalesce of system.name === 'alegato' ? [true, false] : [true]) {
      const figures = await measureThroughput(stage, system, {
        ...PUMP,
        warmUpMs: size.warmUpMs,
        durationMs: size.pumpMs,
        coalesce,
      });
      table.addThroughput(system.name, coalesce, figures);
      console.log(
        `  ${system.title}${coalesce ? '' : ', one frame an edit'}: ${round(figures.editsPerSecond, 0)} edits/s`,
      );
    }
  if (parts.has('memory')) {
    const figures = await measureMemory(stage, system, { rooms: size.rooms, edits: size.roomEdits });
    table.addMemory(system.name, figures);
    console.log(
      `  ${system.title}: a room ${round(figures.roomLiveBytes / 1_024, 1)} KB, a connection ${round(figures.connectionLiveBytes / 1_024, 1)} KB (live)`,
    );
  }
}
