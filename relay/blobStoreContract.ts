import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RoomId } from '../shared/domain/ids.ts';
import type { BlobStore, UploadKey } from './BlobStore.ts';

const ROOM = 'a'.repeat(26) as RoomId;
const OTHER = 'b'.repeat(26) as RoomId;
const PLENTY = 1_000_000_000;

/** A made-up blob and the upload of it by one device. */
export function madeBlob(sizeBytes: number, device = 1, room = ROOM): { bytes: Uint8Array; key: UploadKey } {
  const bytes = new Uint8Array(randomBytes(sizeBytes));
  return { bytes, key: { room, blobId: createHash('sha256').update(bytes).digest('hex'), device, sizeBytes } };
}

/** The acceptance suite of every `BlobStore`. */
export function blobStoreContract(
  name: string,
  open: () => Promise<{ store: BlobStore; reopen(): Promise<BlobStore>; close(): Promise<void> }>,
): void {
  describe(`${name} keeps the BlobStore contract`, () => {
    it('[SY27] stores a blob in chunks, per room, and reads parts of it after reopening', async () => {
      const { store, reopen, close } = await open();
      const { bytes, key } = madeBlob(100_000);
      expect(await store.sizeOf(ROOM, key.blobId)).toBe(null);
      expect(await store.begin(key, PLENTY)).toBe(true);
      expect(await store.append(key, 0, bytes.subarray(0, 60_000))).toEqual({ outcome: 'more', receivedBytes: 60_000 });
      expect(await store.sizeOf(ROOM, key.blobId)).toBe(null);
      expect(await store.read(ROOM, key.blobId, 0, 10)).toBe(null);
      expect(await store.append(key, 60_000, bytes.subarray(60_000))).toEqual({ outcome: 'stored' });
      expect(await store.receivedBytes(key)).toBe(null);
      const again = await reopen();
      expect(await again.sizeOf(ROOM, key.blobId)).toBe(100_000);
      expect(await again.roomBytes(ROOM)).toBe(100_000);
      expect(await again.sizeOf(OTHER, key.blobId)).toBe(null);
      expect(await again.read(ROOM, key.blobId, 99_990, 50)).toEqual(bytes.slice(99_990));
      await close();
    });

    it('[SY27a] goes on after reopening at every place where an upload can be cut', async () => {
      const { store, reopen, close } = await open();
      const { bytes, key } = madeBlob(4_000);
      let current = store;
      expect(await current.begin(key, PLENTY)).toBe(true);
      for (let offset = 0; offset < bytes.length; offset += 500) {
        current = await reopen();
        expect(await current.receivedBytes(key)).toBe(offset);
        expect(await current.sizeOf(ROOM, key.blobId)).toBe(null);
        const answer = await current.append(key, offset, bytes.subarray(offset, offset + 500));
        expect(answer.outcome).toBe(offset + 500 === bytes.length ? 'stored' : 'more');
      }
      expect(await (await reopen()).read(ROOM, key.blobId, 0, 5_000)).toEqual(bytes);
      await close();
    });

    it('[SY27a] a chunk that begins elsewhere changes nothing and is told where to go on', async () => {
      const { store, close } = await open();
      const { bytes, key } = madeBlob(1_000);
      expect(await store.append(key, 0, bytes)).toEqual({ outcome: 'more', receivedBytes: 0 });
      await store.begin(key, PLENTY);
      await store.append(key, 0, bytes.subarray(0, 400));
      for (const offset of [0, 399, 401, 999]) {
        const answer = await store.append(key, offset, bytes.subarray(offset, offset + 1));
        expect(answer).toEqual({ outcome: 'more', receivedBytes: 400 });
      }
      expect(await store.append(key, 400, bytes.subarray(400))).toEqual({ outcome: 'stored' });
      await close();
    });

    it('[SY27] keeps nothing of wrong bytes, of too many and of a discarded upload', async () => {
      const { store, close } = await open();
      const { bytes, key } = madeBlob(1_000);
      await store.begin(key, PLENTY);
      expect(
        await store.append(
          key,
          0,
          Uint8Array.from(bytes, (byte) => byte ^ 1),
        ),
      ).toEqual({ outcome: 'damaged' });
      expect(await store.receivedBytes(key)).toBe(null);
      await store.begin(key, PLENTY);
      await store.append(key, 0, bytes.subarray(0, 900));
      expect(await store.append(key, 900, bytes.subarray(0, 101))).toEqual({ outcome: 'damaged' });
      await store.begin(key, PLENTY);
      await store.append(key, 0, bytes.subarray(0, 900));
      await store.discard(key);
      expect(await store.receivedBytes(key)).toBe(null);
      expect(await store.sizeOf(ROOM, key.blobId)).toBe(null);
      expect(await store.roomBytes(ROOM)).toBe(0);
      await close();
    });

    it('[SY27a] wrong bytes of one device do not spoil what another uploads of the same blob', async () => {
      const { store, close } = await open();
      const { bytes, key } = madeBlob(2_000, 1);
      const second = { ...key, device: 2 };
      const hostile = { ...key, device: 3 };
      for (const each of [key, second, hostile]) await store.begin(each, PLENTY);
      for (let offset = 0; offset < 1_500; offset += 500) {
        const chunk = bytes.subarray(offset, offset + 500);
        await Promise.all([
          store.append(key, offset, chunk),
          store.append(second, offset, chunk),
          store.append(hostile, offset, new Uint8Array(500)),
        ]);
      }
      expect(await store.append(hostile, 1_500, bytes.subarray(1_500))).toEqual({ outcome: 'damaged' });
      expect(await store.append(key, 1_500, bytes.subarray(1_500))).toEqual({ outcome: 'stored' });
      expect(await store.append(second, 1_500, bytes.subarray(1_500))).toEqual({ outcome: 'stored' });
      expect(await store.read(ROOM, key.blobId, 0, 2_000)).toEqual(bytes);
      expect(await store.roomBytes(ROOM)).toBe(2_000);
      await close();
    });

    it('counts unfinished uploads with the size they will have, each room by itself', async () => {
      const { store, reopen, close } = await open();
      const first = madeBlob(600);
      const second = madeBlob(500, 2);
      const elsewhere = madeBlob(900, 1, OTHER);
      expect(await store.begin(first.key, 1_000)).toBe(true);
      expect(await store.begin(first.key, 1_000)).toBe(true);
      expect(await store.begin(second.key, 1_000)).toBe(false);
      expect(await store.begin(elsewhere.key, 1_000)).toBe(true);
      const again = await reopen();
      expect(await again.begin(second.key, 1_000)).toBe(false);
      await again.discard(first.key);
      expect(await again.begin(second.key, 1_000)).toBe(true);
      await close();
    });

    it('bounds how many unfinished uploads a device has', async () => {
      const { store, close } = await open();
      const blobs = Array.from({ length: 12 }, () => madeBlob(100));
      for (const { key } of blobs) await store.begin(key, PLENTY);
      const left = await Promise.all(blobs.map(({ key }) => store.receivedBytes(key)));
      expect(left.filter((bytes) => bytes !== null).length).toBeLessThan(12);
      expect(left.at(-1)).toBe(0);
      await close();
    });

    it('refuses ids that are no ids', async () => {
      const { store, close } = await open();
      const { key } = madeBlob(10);
      await expect(store.sizeOf(ROOM, '../../etc/passwd')).rejects.toThrow();
      await expect(store.sizeOf('../x' as RoomId, 'a'.repeat(64))).rejects.toThrow();
      await expect(store.begin({ ...key, blobId: '../../x' }, PLENTY)).rejects.toThrow();
      await expect(store.begin({ ...key, room: '../x' as RoomId }, PLENTY)).rejects.toThrow();
      await close();
    });
  });
}
