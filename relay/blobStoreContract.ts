import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RoomId } from '../shared/domain/ids.ts';
import type { BlobStore } from './BlobStore.ts';

const ROOM = 'a'.repeat(26) as RoomId;
const OTHER = 'b'.repeat(26) as RoomId;

/** The acceptance suite of every `BlobStore`. */
export function blobStoreContract(
  name: string,
  open: () => Promise<{ store: BlobStore; reopen(): Promise<BlobStore>; close(): Promise<void> }>,
): void {
  describe(`${name} keeps the BlobStore contract`, () => {
    it('[SY27] stores a blob in chunks, per room, and reads parts of it after reopening', async () => {
      const { store, reopen, close } = await open();
      const bytes = new Uint8Array(randomBytes(100_000));
      const id = createHash('sha256').update(bytes).digest('hex');
      expect(await store.sizeOf(ROOM, id)).toBe(null);
      const upload = await store.begin(ROOM, id, bytes.length);
      await upload.write(bytes.subarray(0, 60_000));
      expect(await store.sizeOf(ROOM, id)).toBe(null);
      await upload.write(bytes.subarray(60_000));
      expect(await upload.finish()).toBe(true);
      const again = await reopen();
      expect(await again.sizeOf(ROOM, id)).toBe(100_000);
      expect(await again.roomBytes(ROOM)).toBe(100_000);
      expect(await again.sizeOf(OTHER, id)).toBe(null);
      const part = await again.read(ROOM, id, 99_990, 50);
      expect(part).toEqual(bytes.slice(99_990));
      await close();
    });

    it('[SY27] keeps nothing of a wrong hash, a short or an aborted upload', async () => {
      const { store, close } = await open();
      const bytes = new Uint8Array(randomBytes(1_000));
      const id = createHash('sha256').update(bytes).digest('hex');
      const wrong = await store.begin(ROOM, id, bytes.length);
      await wrong.write(bytes.map((byte) => byte ^ 1));
      expect(await wrong.finish()).toBe(false);
      const short = await store.begin(ROOM, id, bytes.length);
      await short.write(bytes.subarray(1));
      expect(await short.finish()).toBe(false);
      const aborted = await store.begin(ROOM, id, bytes.length);
      await aborted.write(bytes);
      await aborted.abort();
      expect(await store.sizeOf(ROOM, id)).toBe(null);
      expect(await store.read(ROOM, id, 0, 10)).toBe(null);
      expect(await store.roomBytes(ROOM)).toBe(0);
      await close();
    });

    it('refuses ids that are no ids', async () => {
      const { store, close } = await open();
      await expect(store.sizeOf(ROOM, '../../etc/passwd')).rejects.toThrow();
      await expect(store.sizeOf('../x' as RoomId, 'a'.repeat(64))).rejects.toThrow();
      await close();
    });
  });
}
