import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { ComplaintFolder, type StoredSummary } from '../library/ComplaintFolder.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import type { Sealer } from '../storage/Sealer.ts';
import { type BackedUpFile, BackupFailure } from './BackupFormat.ts';
import type { BackupReader, BackupRecord } from './BackupReader.ts';
import type { FilePool } from './FilePool.ts';
import { hashFile } from './FilePool.ts';
import { isRoomRecord, markRestored } from './markRestored.ts';

/** How one complaint of a backup comes back. */
export interface RestoredComplaint {
  /** Its id in the library from now on. */
  id: string;
  /** False leaves the room out and the complaint unshared [RS4]. */
  withRoom: boolean;
  /** Replaces the title in the list; the text's own title is the text's. */
  title: string | null;
}
export interface RestoreOptions {
  reader: BackupReader;
  root: Sealer;
  pool: FilePool | null;
  /** Folder of complaints that they are put into. */
  libraryPath: string;
  signal: AbortSignal;
  onStep: (done: number) => void;
}

/**
 * Puts complaints of a verified backup into a library folder; null from `choose` passes one over. Each appears whole or
 * not at all. Throws BackupFailure and the disk's errors.
 */
export async function restoreComplaints(
  options: RestoreOptions,
  choose: (id: string) => RestoredComplaint | null,
): Promise<string[]> {
  const { reader, root, libraryPath, signal } = options;
  const records = reader.records(root)[Symbol.asyncIterator]();
  const restored: string[] = [];
  let step = 0;
  let next: BackupRecord | null = null;
  const advance = async (): Promise<BackupRecord | null> => {
    if (signal.aborted) throw new BackupFailure('backup-cancelled');
    options.onStep(++step);
    const result = await records.next();
    next = result.done ? null : result.value;
    return next;
  };
  for (let record = await advance(); record; record = next) {
    const target = record.kind === 'complaint' ? choose(record.id) : null;
    if (record.kind !== 'complaint' || !target) {
      await advance();
      continue;
    }
    const { header, summary: sealedSummary } = record;
    const keyId = ComplaintFolder.keyIdOf(header) ?? record.id;
    await ComplaintFolder.createFrom(libraryPath, target.id, keyId, root, async (folder) => {
      const store = await ComplaintStore.open(folder.storePath, folder.sealer.derive('store'), true);
      if (!store.ok) throw new BackupFailure('backup-damaged');
      let inside = await advance();
      try {
        for (; inside?.kind === 'rows'; inside = await advance()) {
          await store.value.db.batch(
            inside.rows
              .filter(([name]) => target.withRoom || !isRoomRecord(name))
              .map(([key, value]) => ({ type: 'put' as const, key, value })),
            { sync: true },
          );
        }
        if (target.withRoom) await markRestored(store.value);
      } finally {
        await store.value.close();
      }
      while (inside?.kind === 'file') {
        const { file } = inside;
        const path = join(folder.path, file.folder, file.name);
        const into = await open(path, 'wx', 0o600);
        try {
          inside = await advance();
          if (reader.header.complete)
            for (; inside?.kind === 'part'; inside = await advance()) await into.writeFile(inside.bytes);
          else await copyFromPool(options.pool, file, into);
          await into.sync();
        } finally {
          await into.close();
        }
        if ((await hashFile(path, signal)).sha256 !== file.sha256) throw new BackupFailure('backup-damaged');
      }
      const summary = sealedSummary ? folder.openSummary(sealedSummary) : null;
      await folder.writeSummary(summaryOf(summary, target));
    });
    restored.push(target.id);
  }
  return restored;
}

function summaryOf(summary: StoredSummary | null, { withRoom, title }: RestoredComplaint): StoredSummary {
  const base = summary ?? { title: '', sample: false, archived: false, modifiedMs: 0, shared: false, roomId: null };
  return {
    ...base,
    archived: false,
    title: title ?? base.title,
    ...(withRoom ? {} : { shared: false, roomId: null }),
  };
}

async function copyFromPool(pool: FilePool | null, file: BackedUpFile, into: FileHandle): Promise<void> {
  if (!pool) throw new BackupFailure('backup-files-elsewhere');
  const from = await open(pool.fileOf(file.sha256), 'r');
  try {
    for await (const chunk of from.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>)
      await into.writeFile(chunk);
  } finally {
    await from.close();
  }
}
