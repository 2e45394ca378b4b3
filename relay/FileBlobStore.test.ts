import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../shared/sync/limits.ts';
import { blobStoreContract, madeBlob } from './blobStoreContract.ts';
import { openFileBlobStore } from './FileBlobStore.ts';

const PLENTY = 1_000_000_000;
const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'alegato-blobs-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

blobStoreContract('FileBlobStore', async () => {
  const folder = await newFolder();
  return {
    store: await openFileBlobStore(folder),
    reopen: () => openFileBlobStore(folder),
    close: () => rm(folder, { recursive: true }),
  };
});

describe('FileBlobStore and a room that is full of promises', () => {
  it('[SY27a] lets what nobody goes on with give way, oldest first and no more than needed', async () => {
    let nowMs = 0;
    const folder = await newFolder();
    const store = await openFileBlobStore(folder, { nowMs: () => nowMs });
    const [old, newer, wanted] = [madeBlob(400, 1), madeBlob(400, 2), madeBlob(300, 3)];
    await store.begin(old.key, 1_000);
    nowMs = 1_000;
    await store.begin(newer.key, 1_000);
    await store.append(newer.key, 0, newer.bytes.subarray(0, 100));
    expect(await store.begin(wanted.key, 1_000)).toBe(false);
    nowMs = 600_500;
    expect(await store.begin(wanted.key, 1_000)).toBe(true);
    expect(await store.receivedBytes(old.key)).toBe(null);
    expect(await store.receivedBytes(newer.key)).toBe(100);
    expect(await store.begin({ ...old.key, sizeBytes: 700 }, 1_000)).toBe(false);
    expect(await store.receivedBytes(newer.key)).toBe(100);
  });

  it('[SY27a] a byte now and then does not keep the place of a file that never comes', async () => {
    let nowMs = 0;
    const store = await openFileBlobStore(await newFolder(), { nowMs: () => nowMs });
    const [slow, dripping, wanted] = [madeBlob(LIMITS.blobChunk + 2, 1), madeBlob(400, 2), madeBlob(300, 3)];
    const quotaBytes = LIMITS.blobChunk + 500;
    await store.begin(slow.key, quotaBytes);
    await store.begin(dripping.key, quotaBytes);
    for (nowMs = 0; nowMs < 1_000_000; nowMs += 100_000)
      await store.append(dripping.key, nowMs / 100_000, dripping.bytes.subarray(0, 1));
    await store.append(slow.key, 0, slow.bytes.subarray(0, LIMITS.blobChunk));
    expect(await store.begin(wanted.key, quotaBytes)).toBe(true);
    expect(await store.receivedBytes(dripping.key)).toBe(null);
    expect(await store.receivedBytes(slow.key)).toBe(LIMITS.blobChunk);
  });
});

describe('FileBlobStore and what a crash leaves', () => {
  it('[SY27a] goes on at the length a temporary file was cut to, wherever that is', async () => {
    for (const cut of [0, 1, 499, 500, 999, 1_000]) {
      const folder = await newFolder();
      const { bytes, key } = madeBlob(1_000);
      const store = await openFileBlobStore(folder);
      await store.begin(key, PLENTY);
      await store.append(key, 0, bytes.subarray(0, 999));
      const [name] = await readdir(path.join(folder, 'incoming'));
      const file = path.join(folder, 'incoming', name as string);
      // 1,000: every byte came and the relay ended before it looked at them
      if (cut === 1_000) await writeFile(file, bytes);
      else await truncate(file, cut);
      const again = await openFileBlobStore(folder);
      expect(await again.receivedBytes(key)).toBe(cut);
      expect(await again.append(key, cut, bytes.subarray(cut))).toEqual({ outcome: 'stored' });
      expect(await again.read(key.room, key.blobId, 0, 1_000)).toEqual(bytes);
    }
  });

  it('[SY27] every flipped byte of a temporary file is found at the end, and the upload starts anew', async () => {
    const { bytes, key } = madeBlob(64);
    for (let at = 0; at < 60; at += 1) {
      const folder = await newFolder();
      const store = await openFileBlobStore(folder);
      await store.begin(key, PLENTY);
      await store.append(key, 0, bytes.subarray(0, 60));
      const [name] = await readdir(path.join(folder, 'incoming'));
      const file = path.join(folder, 'incoming', name as string);
      const held = await readFile(file);
      held[at] = (held[at] as number) ^ 0x10;
      await writeFile(file, held);
      expect(await store.append(key, 60, bytes.subarray(60))).toEqual({ outcome: 'damaged' });
      expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
      await store.begin(key, PLENTY);
      expect(await store.append(key, 0, bytes)).toEqual({ outcome: 'stored' });
    }
  });

  it('removes what is too old, too long or no upload, and starts anew when a file vanished', async () => {
    const folder = await newFolder();
    const { bytes, key } = madeBlob(1_000);
    let nowMs = Date.now();
    const options = { partials: { ageMs: 60_000 }, nowMs: () => nowMs };
    const store = await openFileBlobStore(folder, options);
    await store.begin(key, PLENTY);
    await store.append(key, 0, bytes.subarray(0, 300));
    const incoming = path.join(folder, 'incoming');
    await writeFile(path.join(incoming, 'stray'), 'x');
    await writeFile(path.join(incoming, `${key.room}.${key.blobId}.7.10`), new Uint8Array(11));
    expect(await (await openFileBlobStore(folder, options)).receivedBytes(key)).toBe(300);
    expect(await readdir(incoming)).toHaveLength(1);
    nowMs += 120_000;
    expect(await (await openFileBlobStore(folder, options)).receivedBytes(key)).toBe(null);
    expect(await readdir(incoming)).toEqual([]);
    expect(await store.append(key, 300, bytes.subarray(300))).toEqual({ outcome: 'more', receivedBytes: 0 });
  });
});
