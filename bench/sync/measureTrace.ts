import { folderSize } from './folderSize.ts';
import type { Stage } from './Stage.ts';
import type { ClientSpec } from './SyncClient.ts';
import type { SyncSystem } from './SyncSystem.ts';

export interface TraceFigures {
  operations: number;
  /** Until the author's last operation was typed. */
  typedMs: number;
  /** Until the partner's text was the trace's. */
  arrivedMs: number;
  authorCpuMs: number;
  partnerCpuMs: number;
  serverCpuMs: number;
  /** TCP of both clients, both ways, WebSocket framing included. */
  trafficBytes: number;
  serverDiskBytes: number;
}

/** The event loop turns after so many operations, so that both systems send while the author types. */
const YIELD_EVERY = 50;
const LIMIT_MS = 3_600_000;
/** For servers that write behind. */
const SETTLE_MS = 5_000;

/** Types the trace at one client; throws when the text of either end is not the trace's. */
export async function measureTrace(
  stage: Stage,
  system: SyncSystem,
  options: { file: string; operations: number; coalesce: boolean },
): Promise<TraceFigures> {
  return stage.play(system, async ({ server, load }) => {
    const author = await load('author');
    const partner = await load('partner');
    const room = await system.createRoom(2);
    const spec = (id: string, device: number, folder: string): ClientSpec => ({
      id,
      system: system.name,
      url: server.url,
      room,
      device,
      coalesce: options.coalesce,
      compacts: true,
      folder,
    });
    await author.call('open', { clients: [spec('author', 1, author.folder)], state: true });
    await partner.call('open', { clients: [spec('partner', 2, partner.folder)], state: true });
    const children = [author.child, partner.child, server.child];
    const before = await Promise.all(children.map((child) => child.cpuMs()));
    const { file, operations } = options;
    const typed = await author.call('replay', { id: 'author', file, operations, yieldEvery: YIELD_EVERY }, LIMIT_MS);
    const { digest, length } = typed;
    const arrived = await partner.call('digest', { id: 'partner', digest, length }, LIMIT_MS);
    await author.call('settle', { id: 'author' });
    const after = await Promise.all(children.map((child) => child.cpuMs()));
    if (digest !== typed.expectedDigest) throw new Error(`${system.title}: the author's text is not the trace's`);
    const traffic = [await author.call('traffic', null), await partner.call('traffic', null)];
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const cpuMs = (index: number): number => (after[index] ?? 0) - (before[index] ?? 0);
    return {
      operations: typed.operations,
      typedMs: typed.ms,
      arrivedMs: arrived.atMs - typed.startMs,
      authorCpuMs: cpuMs(0),
      partnerCpuMs: cpuMs(1),
      serverCpuMs: cpuMs(2),
      trafficBytes: traffic.reduce((sum, each) => sum + each.sentBytes + each.receivedBytes, 0),
      serverDiskBytes: await folderSize(server.folder),
    };
  });
}
