import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../storage/atomicWrite.ts';
import { BackupFailure } from './BackupFormat.ts';

const PART = '.part';

export interface HashedFile {
  sha256: string;
  sizeBytes: number;
}

/** [BK2] Exhibit files of all backups of one library, each once, named by its hash. They are sealed already. */
export class FilePool {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  fileOf(sha256: string): string {
    return join(this.path, sha256);
  }

  /** Links the file into the pool, or copies it where the disk is another; a wrong copy in the pool is replaced. */
  async add(source: string, signal: AbortSignal): Promise<HashedFile> {
    const hashed = await hashFile(source, signal);
    const target = this.fileOf(hashed.sha256);
    const there = await statOrNull(target);
    const same = there !== null && there.ino !== 0 && there.ino === (await stat(source)).ino;
    if (there && (same || (await hashFile(target, signal)).sha256 === hashed.sha256)) return hashed;
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const temporary = target + PART;
    await rm(temporary, { force: true });
    try {
      await link(source, temporary);
    } catch {
      // Another disk, or one without links: the bytes are copied and made durable.
      await copyFile(source, temporary);
      const file = await open(temporary, 'r+');
      await file.sync();
      await file.close();
    }
    await rename(temporary, target);
    await syncFolder(this.path);
    return hashed;
  }

  /** Throws 'backup-damaged' for a wrong one, 'backup-files-elsewhere' when it is not there. */
  async check(file: HashedFile, signal: AbortSignal): Promise<void> {
    if (!(await statOrNull(this.fileOf(file.sha256)))) throw new BackupFailure('backup-files-elsewhere');
    const found = await hashFile(this.fileOf(file.sha256), signal);
    if (found.sha256 !== file.sha256 || found.sizeBytes !== file.sizeBytes) throw new BackupFailure('backup-damaged');
  }

  /** [BK7] */
  async keepOnly(named: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.path).catch(() => []))
      if (!named.has(name)) await rm(join(this.path, name), { force: true });
  }
}

/** Hash and size, a megabyte at a time. Throws 'backup-cancelled'. */
export async function hashFile(path: string, signal: AbortSignal): Promise<HashedFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    if (signal.aborted) throw new BackupFailure('backup-cancelled');
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

async function statOrNull(path: string): Promise<{ ino: number } | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
