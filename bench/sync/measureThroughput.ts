import type { Stage } from './Stage.ts';
import type { SyncSystem } from './SyncSystem.ts';

export interface ThroughputFigures {
  /** Edits that another client saw, in a second. */
  editsPerSecond: number;
  /** CPU time of the server for one of them. */
  serverCpuPerEditUs: number;
}

const LOADS = 2;

/**
 * Ten rooms with a writer and an observer each, in two load processes; writers type as fast as a window of unseen
 * edits allows. An edit seen by the observer counts as acknowledged in every system; in Alegato it is then on the
 * author's disk and on its way to the relay's.
 */
export async function measureThroughput(
  stage: Stage,
  system: SyncSystem,
  options: { rooms: number; warmUpMs: number; durationMs: number; window: number; coalesce: boolean },
): Promise<ThroughputFigures> {
  return stage.play(system, async ({ server, load }) => {
    const loads = await Promise.all(
      Array.from({ length: LOADS }, async (_, index) => {
        const process = await load(`load${index}`);
        const pairs: { writer: string; observer: string }[] = [];
        for (let number = index; number < options.rooms; number += LOADS) {
          const room = await system.createRoom(2);
          const pair = { writer: `room ${number} writer`, observer: `room ${number} observer` };
          const common = {
            system: system.name,
            url: server.url,
            room,
            coalesce: options.coalesce,
            compacts: true,
            folder: process.folder,
          };
          await process.call('open', {
            clients: [
              { ...common, id: pair.writer, device: 1 },
              { ...common, id: pair.observer, device: 2 },
            ],
            state: true,
          });
          pairs.push(pair);
        }
        return { process, pairs };
      }),
    );
    const before = await server.child.cpuMs();
    const counted = await Promise.all(
      loads.map(({ process, pairs }) =>
        process.call('pump', {
          pairs,
          window: options.window,
          warmUpMs: options.warmUpMs,
          durationMs: options.durationMs,
        }),
      ),
    );
    const after = await server.child.cpuMs();
    const editsPerSecond = counted.reduce((sum, { seen, ms }) => sum + (1_000 * seen) / ms, 0);
    // the server worked through the warm-up too, at the same pace
    const edits = (editsPerSecond * (options.warmUpMs + options.durationMs)) / 1_000;
    return { editsPerSecond, serverCpuPerEditUs: (1_000 * (after - before)) / edits };
  });
}
