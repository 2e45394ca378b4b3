import { round } from '../quantile.ts';
import { LATENCY_SCENES } from './measureLatency.ts';
import type { SyncTable } from './SyncTable.ts';

/** The ratios that have targets, and their kin; what was not measured is left out. */
export function buildSyncRatios(table: SyncTable): Record<string, number> {
  const ratios: Record<string, number> = {};
  const put = (name: string, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) ratios[name] = round(value);
  };
  const speed = 'acknowledged edits (1/s)';
  const cpu = 'server CPU an edit, full speed (µs)';
  const ours = (name: string): number => table.value(name, 'alegato') ?? Number.NaN;
  const stock = (name: string): number => table.value(name, 'stock') ?? Number.NaN;
  const hocuspocus = (name: string): number => table.value(name, 'hocuspocus') ?? Number.NaN;
  const single = ours('acknowledged edits, one frame an edit (1/s)');
  put('throughputVsStock', ours(speed) / stock(speed));
  put('throughputVsHocuspocus', ours(speed) / hocuspocus(speed));
  put('oneFrameAnEditVsStock', single / stock(speed));
  put('oneFrameAnEditVsHocuspocus', single / hocuspocus(speed));
  put('serverCpuOneFrameVsStock', ours('server CPU an edit, full speed, one frame an edit (µs)') / stock(cpu));
  for (const [name, row] of [
    ['roomMemoryVsBest', 'memory a room, live (KB)'],
    ['roomRssVsBest', 'memory a room, RSS (KB)'],
    ['openRoomMemoryVsBest', 'memory a room with one connection, live (KB)'],
    ['openRoomRssVsBest', 'memory a room with one connection, RSS (KB)'],
  ] as const)
    put(name, ours(row) / Math.min(stock(row), hocuspocus(row)));
  put('joinVsStock', ours('join after compaction (ms)') / stock('join before compaction (ms)'));
  put('joinBeforeCompactionVsStock', ours('join before compaction (ms)') / stock('join before compaction (ms)'));
  put('storageVsDocument', ours('server disk at most, against the document (1)'));
  const extra = LATENCY_SCENES.map(({ name }) => {
    const row = `edit to visible, ${name}, p95 (ms)`;
    return ours(row) - stock(row);
  });
  put('p95ExtraMs', Math.max(...extra));
  LATENCY_SCENES.forEach(({ name }, index) => {
    put(`p95Extra ${name} Ms`, extra[index]);
  });
  return ratios;
}
