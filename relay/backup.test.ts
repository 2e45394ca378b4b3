import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoomId } from '../shared/domain/ids.ts';
import { restoreBackup, verifyBackup, writeBackup } from './backup.ts';
import { openFileBlobStore } from './FileBlobStore.ts';
import { type LocalFrameLog, openLevelFrameLog } from './LevelFrameLog.ts';

const ROOM = 'a'.repeat(26) as RoomId;

let folder: string;
let log: LocalFrameLog;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alegato-backup-'));
  log = await openLevelFrameLog(path.join(folder, 'log'));
});
afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

async function append(sequence: number): Promise<void> {
  const bytes = new Uint8Array(randomBytes(60));
  const hash = new Uint8Array(createHash('sha256').update(bytes).digest());
  await log.append(ROOM, sequence, sequence * 60, {
    bytes,
    device: 1,
    counter: sequence,
    hash,
    isRecord: sequence === 1,
    end: { counter: sequence, hash },
  });
}

async function save(source: AsyncIterable<Uint8Array>): Promise<string> {
  const file = path.join(folder, 'backup');
  await writeFile(file, source);
  return file;
}

const backup = (): Promise<string> => save(writeBackup(log, path.join(folder, 'blobs')));

describe('backup', () => {
  it('is the log as of its beginning, however much is written while it is taken', async () => {
    for (let i = 1; i <= 20; i++) await append(i);
    async function* slowly(): AsyncGenerator<Uint8Array> {
      let next = 21;
      for await (const part of writeBackup(log, path.join(folder, 'blobs'))) {
        yield part;
        await append(next++);
      }
    }
    const file = await save(slowly());
    expect(await verifyBackup(file)).toMatchObject({ ok: true, value: { rooms: 1, frames: 20, blobs: 0 } });
    expect((await log.readRoom(ROOM)).lastSequence).toBeGreaterThan(20);
  });

  it('[SY26] restores frames, keys and blobs byte for byte, under another log id', async () => {
    for (let i = 1; i <= 30; i++) await append(i);
    const blobs = await openFileBlobStore(path.join(folder, 'blobs'));
    const blob = new Uint8Array(randomBytes(600_000));
    const blobId = createHash('sha256').update(blob).digest('hex');
    const key = { room: ROOM, blobId, device: 1, sizeBytes: blob.length };
    await blobs.begin(key, 1e9);
    expect(await blobs.append(key, 0, blob)).toEqual({ outcome: 'stored' });
    await blobs.begin({ ...key, device: 2, sizeBytes: 99, blobId: 'f'.repeat(64) }, 1e9); // unfinished: stays behind
    const target = path.join(folder, 'restored');
    expect(await restoreBackup(await backup(), target)).toMatchObject({
      ok: true,
      value: { rooms: 1, frames: 30, blobs: 1 },
    });
    const restored = await openLevelFrameLog(path.join(target, 'log'));
    expect(await restored.read(ROOM, 0, 1e9)).toEqual(await log.read(ROOM, 0, 1e9));
    expect(await restored.readRoom(ROOM)).toEqual(await log.readRoom(ROOM));
    expect(restored.logId).not.toEqual(log.logId);
    await restored.close();
    const copied = await openFileBlobStore(path.join(target, 'blobs'));
    const read = await copied.read(ROOM, blobId, 0, blob.length);
    expect(read && Buffer.compare(read, blob)).toBe(0);
  });

  it('every flipped byte and every cut is found, and nothing is left behind', async () => {
    for (let i = 1; i <= 3; i++) await append(i);
    const file = await backup();
    const bytes = await readFile(file);
    for (let place = 0; place < bytes.length; place += 7) {
      const flipped = Buffer.from(bytes);
      flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8));
      await writeFile(file, flipped);
      expect(await restoreBackup(file, path.join(folder, 'damaged'))).toEqual({
        ok: false,
        error: { code: 'backup-damaged' },
      });
    }
    for (const length of [0, 1, 22, 23, 24, 100, bytes.length - 32, bytes.length - 1]) {
      await writeFile(file, bytes);
      await truncate(file, length);
      expect(await verifyBackup(file)).toMatchObject({ ok: false });
    }
    await writeFile(file, Buffer.concat([bytes, Buffer.from('x')]));
    expect(await verifyBackup(file)).toMatchObject({ ok: false });
    expect((await readdir(folder)).sort()).toEqual(['backup', 'log']);
  });
});
