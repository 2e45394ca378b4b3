import { quantile } from '../quantile.ts';
import type { Stage } from './Stage.ts';
import type { ClientSpec } from './SyncClient.ts';
import type { SyncSystem } from './SyncSystem.ts';

/** Who is there and who types. `paceMs` is the mean time between two edits of one author, never under 50 ms. */
export interface LatencyScene {
  readonly name: string;
  readonly rooms: number;
  readonly clientsPerRoom: number;
  readonly authorsPerRoom: number;
  readonly paceMs: number;
}

export const LATENCY_SCENES: readonly LatencyScene[] = [
  { name: '2 clients', rooms: 1, clientsPerRoom: 2, authorsPerRoom: 1, paceMs: 150 },
  { name: '10 clients', rooms: 1, clientsPerRoom: 10, authorsPerRoom: 3, paceMs: 150 },
  { name: '50 clients', rooms: 1, clientsPerRoom: 50, authorsPerRoom: 5, paceMs: 250 },
  { name: '100 rooms of 3', rooms: 100, clientsPerRoom: 3, authorsPerRoom: 1, paceMs: 2_000 },
];

export interface LatencyFigures {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  edits: number;
  /** CPU time of the server for one edit, everything it does in that time included. */
  serverCpuPerEditMs: number;
}

const FIRST_MARK = 0x4e00;
const MARKS = 20_000;

/**
 * From the edit in one process to the change of the text in another. All authors are in one process, one observer a
 * room in a second, the rest of the people in a third that gives way to all others, as each has a computer of their
 * own in life. Everybody has typed for a while before, at twice the pace.
 */
export async function measureLatency(
  stage: Stage,
  system: SyncSystem,
  scene: LatencyScene,
  { warmUpMs, durationMs }: { warmUpMs: number; durationMs: number },
): Promise<LatencyFigures> {
  return stage.play(system, async ({ server, load }) => {
    const authorsLoad = await load('authors');
    const observersLoad = await load('observers', { receives: true });
    const fillersLoad =
      scene.clientsPerRoom > scene.authorsPerRoom + 1
        ? await load('fillers', { lowPriority: true, receives: true })
        : null;
    const authors: ClientSpec[] = [];
    const observers: ClientSpec[] = [];
    const fillers: ClientSpec[] = [];
    for (let number = 0; number < scene.rooms; number += 1) {
      const room = await system.createRoom(scene.clientsPerRoom);
      for (let device = 1; device <= scene.clientsPerRoom; device += 1) {
        const [list, folder] =
          device <= scene.authorsPerRoom
            ? [authors, authorsLoad.folder]
            : device === scene.authorsPerRoom + 1
              ? [observers, observersLoad.folder]
              : [fillers, fillersLoad?.folder ?? ''];
        const id = `room ${number} person ${device}`;
        list.push({ id, system: system.name, url: server.url, room, device, coalesce: true, compacts: true, folder });
      }
    }
    await authorsLoad.call('open', { clients: authors, state: true });
    await observersLoad.call('open', { clients: observers, state: true });
    await fillersLoad?.call('open', { clients: fillers, state: true });
    const type = (authorEdits: number, paceMs: number, firstMark: (index: number) => number | null) =>
      authorsLoad.call('typeMarks', {
        authors: authors.map(({ id }, index) => ({ id, firstMark: firstMark(index) })),
        edits: authorEdits,
        paceMs,
        showCursor: false,
      });
    // a server and a program that have run for a minute: what a first edit costs is another question
    const warmUpPaceMs = scene.paceMs / 2;
    await type(Math.round(warmUpMs / warmUpPaceMs), warmUpPaceMs, () => null);
    for (const { id } of authors) await authorsLoad.call('settle', { id });
    await observersLoad.call('watch', { ids: observers.map(({ id }) => id) });
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // what follows a join (presence, heads) is over
    const edits = Math.max(1, Math.min(Math.floor(MARKS / authors.length), Math.round(durationMs / scene.paceMs)));
    const before = await server.child.cpuMs();
    const typed = await type(edits, scene.paceMs, (index) => FIRST_MARK + index * edits);
    const seen = await observersLoad.call('seen', { count: typed.length });
    const after = await server.child.cpuMs();
    const typedAtMs = new Map(typed.map(({ mark, atMs }) => [mark, atMs]));
    const times = seen.map(({ mark, atMs }) => atMs - (typedAtMs.get(mark) ?? Number.NaN));
    return {
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
      p99Ms: quantile(times, 0.99),
      edits: times.length,
      serverCpuPerEditMs: (after - before) / times.length,
    };
  });
}
