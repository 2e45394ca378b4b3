import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { ComplaintFolder } from '../library/ComplaintFolder.ts';
import type { Library } from '../library/Library.ts';
import { syncFolder } from '../storage/atomicWrite.ts';
import { ASIDE } from '../storage/ComplaintStore.ts';
import { readIfThere } from '../storage/KeyFolder.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import type { Sealer } from '../storage/Sealer.ts';
import { type BackupContents, BackupFailure, type BackupHeader, fileSchema, PART_BYTES } from './BackupFormat.ts';
import { BackupWriter } from './BackupWriter.ts';
import { createRowCheck } from './checkRow.ts';
import type { FilePool } from './FilePool.ts';
import { hashFile } from './FilePool.ts';
import { verifyBackup } from './verifyBackup.ts';

/** Ending of a backup that is still being written or checked. */
export const UNFINISHED_ENDING = '.part';

export interface MakeBackupOptions {
  /** The backup's final name; it must not exist. */
  path: string;
  header: BackupHeader;
  library: Library;
  root: Sealer;
  ciphers: Ciphers;
  settingsPath: string;
  /** Null makes a complete backup, which holds the exhibit files itself. */
  pool: FilePool | null;
  signal: AbortSignal;
  onProgress: (phase: 'writing' | 'checking', done: number, total: number) => void;
}

/**
 * [BK1]–[BK4][BK9] Writes a backup, opens it again whole, and only then gives it its name. Throws BackupFailure and the
 * disk's errors; nothing is left behind then but pool files, which the next rotation clears.
 */
export async function makeBackup(options: MakeBackupOptions): Promise<BackupContents> {
  const temporary = options.path + UNFINISHED_ENDING;
  await rm(temporary, { force: true });
  try {
    const contents = await writeAll(temporary, options);
    await verifyBackup({ ...options, path: temporary, onStep: (done) => options.onProgress('checking', done, 0) });
    // A file of that name would be somebody's: the caller chose one that is not there.
    await rename(temporary, options.path);
    await syncFolder(dirname(options.path));
    return contents;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeAll(path: string, options: MakeBackupOptions): Promise<BackupContents> {
  const { library, root, header, settingsPath, onProgress, signal } = options;
  const complaints = [];
  for (const complaint of await library.list()) {
    stopIf(signal);
    complaints.push({ ...complaint, damaged: complaint.damaged || !(await isReadable(library, complaint.id)) });
  }
  const contents: BackupContents = {
    complaints: complaints.map(({ id, title, sample, shared, damaged }) => ({ id, title, sample, shared, damaged })),
    settings: (await readIfThere(settingsPath))?.toString('base64') ?? null,
  };
  const writer = await BackupWriter.create(path, root, header);
  try {
    await writer.contents(contents);
    let done = 0;
    for (const { id } of complaints.filter((complaint) => !complaint.damaged)) {
      stopIf(signal);
      onProgress('writing', done, complaints.length);
      const written = await library.readRecords(id, (folder, rows) => writeRecords(writer, folder, rows, options));
      if (!written.ok) throw new BackupFailure('backup-damaged');
      await writeFiles(writer, written.value, options);
      done += 1;
    }
    await writer.end();
    return contents;
  } finally {
    await writer.close();
  }
}

/** [BK6] One damaged complaint must not keep the others from being backed up. */
async function isReadable(library: Library, id: string): Promise<boolean> {
  try {
    const read = await library.readRecords(id, async (_folder, rows) => {
      for await (const [name] of rows) if (name === '') return false;
      return true;
    });
    return read.ok && read.value;
  } catch (error) {
    if (noticeOfError(error)?.code === 'complaint-damaged') return false;
    throw error;
  }
}

async function writeRecords(
  writer: BackupWriter,
  folder: ComplaintFolder,
  rows: AsyncIterable<[string, Uint8Array]>,
  { ciphers, signal }: MakeBackupOptions,
): Promise<ComplaintFolder> {
  const { header, summary } = await folder.readSealed();
  await writer.complaint(folder.id, header, summary);
  const opens = createRowCheck(ciphers, folder.sealer);
  for await (const [name, value] of rows) {
    stopIf(signal);
    if (!name.startsWith(ASIDE)) await writer.row(name, value, !opens(name, value));
  }
  await writer.endRows();
  return folder;
}

async function writeFiles(
  writer: BackupWriter,
  folder: ComplaintFolder,
  { pool, signal }: MakeBackupOptions,
): Promise<void> {
  for (const kind of ['blobs', 'originals'] as const) {
    const path = kind === 'blobs' ? folder.blobsPath : folder.originalsPath;
    for (const name of (await readdir(path).catch(() => [])).sort()) {
      if (!fileSchema.shape.name.safeParse(name).success) continue;
      const source = join(path, name);
      const hashed = pool ? await pool.add(source, signal) : await hashFile(source, signal);
      await writer.file({ folder: kind, name, ...hashed });
      if (!pool) await writeParts(writer, source, signal);
    }
  }
}

async function writeParts(writer: BackupWriter, source: string, signal: AbortSignal): Promise<void> {
  const { size } = await stat(source);
  const file = await open(source, 'r');
  try {
    for (let at = 0; at < size; at += PART_BYTES) {
      stopIf(signal);
      const buffer = Buffer.alloc(Math.min(PART_BYTES, size - at));
      await file.read(buffer, 0, buffer.length, at);
      await writer.part(buffer);
    }
  } finally {
    await file.close();
  }
}

function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new BackupFailure('backup-cancelled');
}
