import { createWriteStream } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fail, type Result } from '../shared/domain/result.ts';
import { type BackupCounts, verifyBackup, writeBackup } from './backup.ts';
import { openLevelFrameLog } from './LevelFrameLog.ts';
import { CONTROL_FILE } from './Relay.ts';

export type BackupFailure = { code: 'no-data' | 'relay-without-admin' | 'backup-cut-off' | 'backup-damaged' };

/**
 * Copies a relay's data to a file: from the running relay when there is one, else from its folder. The file appears
 * under its name when it has been opened and read through, or not at all.
 */
export async function backUp(dataDir: string, to: string): Promise<Result<BackupCounts, BackupFailure>> {
  const temporary = `${path.resolve(to)}.writing-${process.pid}`;
  try {
    const written = await writeTo(temporary, dataDir);
    if (written) return fail({ code: written });
    const verified = await verifyBackup(temporary);
    if (!verified.ok) return fail({ code: 'backup-damaged' });
    await rename(temporary, to);
    return verified;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeTo(file: string, dataDir: string): Promise<BackupFailure['code'] | null> {
  const running = await askRelay(dataDir);
  if (running) return save(file, Readable.fromWeb(running as never));
  const logFolder = path.join(dataDir, 'log');
  if (!(await exists(path.join(logFolder, 'CURRENT')))) return 'no-data';
  let log: Awaited<ReturnType<typeof openLevelFrameLog>>;
  try {
    log = await openLevelFrameLog(logFolder);
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === 'LEVEL_LOCKED') return 'relay-without-admin';
    throw error;
  }
  try {
    return await save(file, Readable.from(writeBackup(log, path.join(dataDir, 'blobs'))));
  } finally {
    await log.close();
  }
}

/** The stream of a relay that runs on this folder; null when none answers. */
async function askRelay(dataDir: string): Promise<ReadableStream<Uint8Array> | null> {
  try {
    const { url, token } = JSON.parse(await readFile(path.join(dataDir, CONTROL_FILE), 'utf8'));
    const response = await fetch(`${url}/backup`, { headers: { authorization: `Bearer ${token}` } });
    return response.ok ? response.body : null;
  } catch {
    return null; // no control file, or one left behind by a relay that was killed: the log's lock tells which
  }
}

async function save(file: string, source: Readable): Promise<BackupFailure['code'] | null> {
  try {
    await pipeline(source, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall) throw error; // this side's disk, not the relay
    return 'backup-cut-off';
  }
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return null;
}

async function exists(file: string): Promise<boolean> {
  try {
    await (await open(file, 'r')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
