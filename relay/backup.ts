import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RoomId } from '../shared/domain/ids.ts';
import { fail, ok, type Result } from '../shared/domain/result.ts';
import { type LocalFrameLog, openLevelFrameLog, writeLevelFrameLog } from './LevelFrameLog.ts';

/*
 * backup = "alegato-relay-backup-1\n" ‖ pair* ‖ blob* ‖ end
 * pair   = 1(1) ‖ key length(4) ‖ value length(4) ‖ key ‖ value
 * blob   = 2(1) ‖ room id(26, ASCII) ‖ blob id(32) ‖ size(8) ‖ bytes
 * end    = 3(1) ‖ pairs(8) ‖ blobs(8) ‖ SHA-256 of everything before(32)
 */
const MAGIC = Buffer.from('alegato-relay-backup-1\n');
const TYPE = { pair: 1, blob: 2, end: 3 } as const;
const STEP_BYTES = 256 * 1024;
const MAX_PAIR_BYTES = 64 * 1024 * 1024;
const ROOM_ID_BYTES = 26;

export interface BackupCounts {
  rooms: number;
  frames: number;
  blobs: number;
  sizeBytes: number;
}
export type BackupError = { code: 'backup-damaged' | 'folder-not-empty' };

/**
 * The whole relay as one stream while it runs: the log as of now, then every blob. Blobs are never changed and a log
 * names none that came later, so the two belong together.
 */
export async function* writeBackup(log: LocalFrameLog, blobFolder: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const hashed = (bytes: Uint8Array): Uint8Array => {
    hash.update(bytes);
    return bytes;
  };
  let pairs = 0;
  let group: Uint8Array[] = [MAGIC]; // nothing leaves before the moment of the log is fixed
  let size = MAGIC.length;
  for await (const [key, value] of log.pairs()) {
    const name = Buffer.from(key);
    const head = Buffer.alloc(9);
    head[0] = TYPE.pair;
    head.writeUInt32BE(name.length, 1);
    head.writeUInt32BE(value.length, 5);
    group.push(head, name, value);
    size += 9 + name.length + value.length;
    pairs++;
    if (size < STEP_BYTES) continue;
    yield hashed(Buffer.concat(group));
    group = [];
    size = 0;
  }
  yield hashed(Buffer.concat(group));
  let blobs = 0;
  for await (const { room, blobId, file } of listBlobs(blobFolder)) {
    const handle = await open(file, 'r');
    try {
      const { size: sizeBytes } = await handle.stat();
      const head = Buffer.alloc(1 + ROOM_ID_BYTES + 32 + 8);
      head[0] = TYPE.blob;
      head.write(room, 1, 'ascii');
      head.write(blobId, 1 + ROOM_ID_BYTES, 'hex');
      head.writeBigUInt64BE(BigInt(sizeBytes), 1 + ROOM_ID_BYTES + 32);
      yield hashed(head);
      for (let offset = 0; offset < sizeBytes; ) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(STEP_BYTES), 0, STEP_BYTES, offset);
        if (bytesRead === 0) throw new Error('a blob became shorter');
        yield hashed(buffer.subarray(0, bytesRead));
        offset += bytesRead;
      }
      blobs++;
    } finally {
      await handle.close();
    }
  }
  const end = Buffer.alloc(17);
  end[0] = TYPE.end;
  end.writeBigUInt64BE(BigInt(pairs), 1);
  end.writeBigUInt64BE(BigInt(blobs), 9);
  yield hashed(end);
  yield hash.digest();
}

/**
 * Fills a new data folder from a backup. The folder appears when all of it is there and whole, or not at all. It gets a
 * log id of its own, so that every device posts again what was written after the backup. [SY26]
 */
export async function restoreBackup(file: string, dataDir: string): Promise<Result<BackupCounts, BackupError>> {
  if ((await readdir(dataDir).catch(ignoreMissing)).length > 0) return fail({ code: 'folder-not-empty' });
  const temporary = `${path.resolve(dataDir)}.restoring-${process.pid}`;
  await rm(temporary, { recursive: true, force: true });
  try {
    const counts = await unpack(file, temporary, true);
    if (!counts) return fail({ code: 'backup-damaged' });
    await rm(dataDir, { recursive: true, force: true });
    await rename(temporary, dataDir);
    return ok(counts);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Opens a backup the way `restoreBackup` would, beside the file, and reads every frame and every blob in it. */
export async function verifyBackup(file: string): Promise<Result<BackupCounts, BackupError>> {
  const temporary = `${path.resolve(file)}.verifying-${process.pid}`;
  try {
    const counts = await unpack(file, temporary, false);
    return counts ? ok(counts) : fail({ code: 'backup-damaged' });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Null when anything in it is damaged. Blobs are written only when asked for, and read in any case. */
async function unpack(file: string, folder: string, withBlobs: boolean): Promise<BackupCounts | null> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const reader = await BackupReader.open(file);
  try {
    const logFolder = path.join(folder, 'log');
    await writeLevelFrameLog(logFolder, reader.pairs());
    const blobs = await reader.blobs(withBlobs ? path.join(folder, 'blobs') : null);
    await reader.end();
    const { rooms, frames } = await readThrough(logFolder);
    return { rooms, frames, blobs, sizeBytes: (await stat(file)).size };
  } catch (error) {
    if (error instanceof DamagedBackup) return null;
    throw error;
  } finally {
    await reader.close();
  }
}

/** Every frame of every room against the hash the log keeps of it. */
async function readThrough(logFolder: string): Promise<{ rooms: number; frames: number }> {
  const log = await openLevelFrameLog(logFolder);
  try {
    let rooms = 0;
    let frames = 0;
    let damaged = false;
    log.onDamage = () => {
      damaged = true;
    };
    for await (const room of log.rooms()) {
      rooms++;
      const { lastSequence } = await log.readRoom(room);
      for (let after = 0; after < lastSequence; ) {
        const entries = await log.read(room, after, STEP_BYTES);
        for (const { sequence, frame } of entries) {
          const kept = await log.hashAt(room, sequence);
          if (!kept || createHash('sha256').update(frame).digest().compare(kept) !== 0) throw new DamagedBackup();
          after = sequence;
          frames++;
        }
        if (damaged || entries.length === 0) throw new DamagedBackup();
      }
    }
    return { rooms, frames };
  } finally {
    await log.close();
  }
}

class DamagedBackup extends Error {}

class BackupReader {
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #pairCount = 0;
  #blobCount = 0;
  #type: number = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async open(file: string): Promise<BackupReader> {
    const reader = new BackupReader(await open(file, 'r'));
    return reader;
  }

  async *pairs(): AsyncGenerator<readonly [key: string, value: Uint8Array]> {
    if (!(await this.#read(MAGIC.length)).equals(MAGIC)) throw new DamagedBackup();
    for (await this.#nextType(); this.#type === TYPE.pair; await this.#nextType()) {
      const head = await this.#read(8);
      const keyLength = head.readUInt32BE(0);
      const valueLength = head.readUInt32BE(4);
      if (keyLength + valueLength > MAX_PAIR_BYTES) throw new DamagedBackup();
      const both = await this.#read(keyLength + valueLength);
      this.#pairCount++;
      yield [both.toString('utf8', 0, keyLength), new Uint8Array(both.subarray(keyLength))];
    }
  }

  /** Writes them below `folder`, or nowhere; answers how many. */
  async blobs(folder: string | null): Promise<number> {
    for (; this.#type === TYPE.blob; await this.#nextType()) {
      const head = await this.#read(ROOM_ID_BYTES + 32 + 8);
      const room = head.toString('ascii', 0, ROOM_ID_BYTES);
      const blobId = head.toString('hex', ROOM_ID_BYTES, ROOM_ID_BYTES + 32);
      if (!isRoomId(room)) throw new DamagedBackup();
      if (folder) await mkdir(path.join(folder, room), { recursive: true, mode: 0o700 });
      const target = folder ? await open(path.join(folder, room, blobId), 'wx', 0o600) : null;
      const hash = createHash('sha256');
      try {
        for (let left = Number(head.readBigUInt64BE(ROOM_ID_BYTES + 32)); left > 0; ) {
          const chunk = await this.#read(Math.min(left, STEP_BYTES));
          hash.update(chunk);
          await target?.appendFile(chunk);
          left -= chunk.length;
        }
        await target?.sync();
      } finally {
        await target?.close();
      }
      if (hash.digest('hex') !== blobId) throw new DamagedBackup();
      this.#blobCount++;
    }
    return this.#blobCount;
  }

  async end(): Promise<void> {
    if (this.#type !== TYPE.end) throw new DamagedBackup();
    const counts = await this.#read(16);
    const whole =
      counts.readBigUInt64BE(0) === BigInt(this.#pairCount) && counts.readBigUInt64BE(8) === BigInt(this.#blobCount);
    const digest = this.#hash.digest();
    const kept = Buffer.alloc(33);
    const { bytesRead } = await this.#handle.read(kept, 0, 33, null);
    if (!whole || bytesRead !== 32 || !kept.subarray(0, 32).equals(digest)) throw new DamagedBackup();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #nextType(): Promise<void> {
    this.#type = (await this.#read(1))[0] ?? 0;
  }

  async #read(length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#handle.read(bytes, done, length - done, null);
      if (bytesRead === 0) throw new DamagedBackup();
      done += bytesRead;
    }
    this.#hash.update(bytes);
    return bytes;
  }
}

async function* listBlobs(folder: string): AsyncGenerator<{ room: string; blobId: string; file: string }> {
  for (const room of await readdir(folder).catch(ignoreMissing)) {
    if (!isRoomId(room)) continue;
    for (const blobId of await readdir(path.join(folder, room)))
      if (/^[0-9a-f]{64}$/.test(blobId)) yield { room, blobId, file: path.join(folder, room, blobId) };
  }
}

function isRoomId(name: string): name is RoomId {
  return /^[a-z2-7]{26}$/.test(name);
}

function ignoreMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
