import { median, round } from '../quantile.ts';
import type { DiskFigures } from './measureDisk.ts';
import type { LatencyFigures } from './measureLatency.ts';
import type { LongRoomFigures } from './measureLongRooms.ts';
import type { MemoryFigures } from './measureMemory.ts';
import type { StorageFigures } from './measureStorage.ts';
import type { ThroughputFigures } from './measureThroughput.ts';
import type { TrafficFigures, TrafficMode } from './measureTraffic.ts';
import type { SystemName } from './SyncSystem.ts';

type Row = Map<SystemName, number[]>;
const SYSTEMS: readonly SystemName[] = ['alegato', 'stock', 'hocuspocus'];
const KB = 1_024;
/** Under this a document's log is kept as it is: the smallest compaction. */
const SMALL = 256 * KB;

/** Every figure of a run: a row a measure, a column a system, a cell the median over the rounds. */
export class SyncTable {
  readonly #rows = new Map<string, Row>();

  addLatency(system: SystemName, scene: string, figures: LatencyFigures): void {
    this.#add(`edit to visible, ${scene}, p50 (ms)`, system, figures.p50Ms);
    this.#add(`edit to visible, ${scene}, p95 (ms)`, system, figures.p95Ms);
    this.#add(`edit to visible, ${scene}, p99 (ms)`, system, figures.p99Ms);
    this.#add(`server CPU an edit, ${scene} (ms)`, system, figures.serverCpuPerEditMs);
  }

  /** What the peers do not wait for, and nobody's program can make shorter. */
  addDisk(figures: DiskFigures): void {
    this.#add('the disk alone, a frame appended and synced, p50 (ms)', 'alegato', figures.p50Ms);
    this.#add('the disk alone, a frame appended and synced, p95 (ms)', 'alegato', figures.p95Ms);
    this.#add('the disk alone, a frame appended and synced, p99 (ms)', 'alegato', figures.p99Ms);
  }

  addThroughput(system: SystemName, coalesce: boolean, figures: ThroughputFigures): void {
    const suffix = coalesce ? '' : ', one frame an edit';
    this.#add(`acknowledged edits${suffix} (1/s)`, system, figures.editsPerSecond);
    this.#add(`server CPU an edit, full speed${suffix} (µs)`, system, figures.serverCpuPerEditUs);
  }

  addMemory(system: SystemName, figures: MemoryFigures): void {
    this.#add('memory a room, live (KB)', system, figures.roomLiveBytes / KB);
    this.#add('memory a room, RSS (KB)', system, figures.roomRssBytes / KB);
    this.#add('memory a connection, live (KB)', system, figures.connectionLiveBytes / KB);
    this.#add('memory a connection, RSS (KB)', system, figures.connectionRssBytes / KB);
    this.#add('memory a room with one connection, live (KB)', system, figures.openRoomLiveBytes / KB);
    this.#add('memory a room with one connection, RSS (KB)', system, figures.openRoomRssBytes / KB);
    this.#add('server without rooms, RSS (MB)', system, figures.idleRssBytes / KB / KB);
  }

  addLongRoom(system: SystemName, figures: LongRoomFigures): void {
    const add = (name: string, value: number): void => this.#add(name, system, value);
    for (const ms of figures.joinsMs) add('join before compaction (ms)', ms);
    for (const ms of figures.joinCpuMs) add('join before compaction, CPU of the newcomer (ms)', ms);
    for (const ms of figures.compactedJoinsMs) add('join after compaction (ms)', ms);
    for (const ms of figures.compactedJoinCpuMs) add('join after compaction, CPU of the newcomer (ms)', ms);
    add('writing it, one update an edit (s)', figures.writeMs / 1_000);
    add('words (1)', figures.words);
    add('edits (1)', figures.edits);
    const last = figures.diskBytes.at(-1)?.sizeBytes ?? Number.NaN;
    const largest = Math.max(...figures.diskBytes.map(({ sizeBytes }) => sizeBytes));
    const perMillion = 1_000_000 / figures.edits / KB / KB;
    add('server disk, at the end (MB)', last / KB / KB);
    add('server disk, at most (MB)', largest / KB / KB);
    if (figures.compactedDiskBytes === null) add('server disk, scaled to 1,000,000 edits (MB)', last * perMillion);
    else add('server disk, after compaction (MB)', figures.compactedDiskBytes / KB / KB);
  }

  addStorage(system: SystemName, figures: StorageFigures): void {
    const add = (name: string, value: number): void =>
      this.#add(`${name}, ${figures.edits.toLocaleString('en-US')} edits of a character`, system, value);
    add('server disk at most (MB)', Math.max(...figures.serverBytes) / KB / KB);
    add('server disk at the end (MB)', (figures.serverBytes.at(-1) ?? Number.NaN) / KB / KB);
    add('two computers, disk at most (MB)', Math.max(...figures.peopleBytes) / KB / KB);
    const documents = figures.documentBytes;
    add('document at the end (MB)', (documents.at(-1) ?? Number.NaN) / KB / KB);
    const shares = figures.serverBytes.map((sizeBytes, part) => sizeBytes / Math.max(SMALL, documents[part] ?? 0));
    this.#add('server disk at most, against the document (1)', system, Math.max(...shares));
    add('writing it (s)', figures.writeMs / 1_000);
  }

  addTraffic(system: SystemName, mode: TrafficMode, figures: TrafficFigures): void {
    const add = (name: string, sizeBytes: number): void =>
      this.#add(`bytes for 1,000 characters, ${mode}, ${name} (KB)`, system, sizeBytes / KB);
    add('author sends', figures.authorSentBytes);
    add('author receives', figures.authorReceivedBytes);
    add('partner sends', figures.partnerSentBytes);
    add('partner receives', figures.partnerReceivedBytes);
    add('all', figures.totalBytes);
  }

  /** The median of a cell; undefined when it was not measured. */
  value(name: string, system: SystemName): number | undefined {
    const values = this.#rows.get(name)?.get(system);
    return values && median(values);
  }

  names(): string[] {
    return [...this.#rows.keys()];
  }

  lines(): string[] {
    const width = Math.max(0, ...this.names().map((name) => name.length));
    const cell = (text: string): string => text.padStart(12);
    return [
      `${''.padEnd(width)}${SYSTEMS.map(cell).join('')}`,
      ...this.names().map((name) => {
        const cells = SYSTEMS.map((system) => {
          const value = this.value(name, system);
          return cell(value === undefined ? '–' : round(value, value < 100 ? 2 : 0).toLocaleString('en-US'));
        });
        return `${name.padEnd(width)}${cells.join('')}`;
      }),
    ];
  }

  /** Medians, and every round's value. */
  toJson(): Record<string, Record<string, { median: number; rounds: number[] }>> {
    return Object.fromEntries(
      [...this.#rows].map(([name, row]) => [
        name,
        Object.fromEntries(
          [...row].map(([system, values]) => [
            system,
            { median: round(median(values), 3), rounds: values.map((value) => round(value, 3)) },
          ]),
        ),
      ]),
    );
  }

  #add(name: string, system: SystemName, value: number): void {
    let row = this.#rows.get(name);
    if (!row) this.#rows.set(name, (row = new Map()));
    const values = row.get(system);
    if (values) values.push(value);
    else row.set(system, [value]);
  }
}
