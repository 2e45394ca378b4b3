import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, describe, expect, it } from 'vitest';
import { openLevelRoomStore } from './LevelRoomStore.ts';
import { loadCiphers } from './sodium.ts';
import { closeEverything, createPeer, createTestRoom, startRelay, until } from './testRoom.ts';

afterEach(closeEverything);

/** A store whose disk tells of every batch whether it was synced. */
async function watchedStore() {
  const folder = await mkdtemp(join(tmpdir(), 'alegato-store-'));
  const db = new ClassicLevel<string, Uint8Array>(folder);
  await db.open();
  const synced: boolean[] = [];
  const batch = db.batch.bind(db) as (operations: unknown, options: { sync: boolean }) => unknown;
  Object.assign(db, {
    batch(operations: unknown, options: { sync: boolean }) {
      synced.push(options.sync);
      return batch(operations, options);
    },
  });
  const ciphers = await loadCiphers();
  const store = openLevelRoomStore({ db, prefix: 'room/', ciphers, storageKey: new Uint8Array(32) });
  await store.load(() => {});
  return {
    store,
    synced,
    async close() {
      await store.close();
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

const frame = (length: number): Uint8Array => new Uint8Array(length).fill(7);

describe('what survives a power cut', () => {
  it('[SY33] a received frame is written without a sync of its own, and synced a moment later', async () => {
    const { store, synced, close } = await watchedStore();
    await store.write({ frames: [frame(100)], mayWait: true }).done;
    await store.write({ frames: [frame(100)], mayWait: true }).done;
    expect(synced).toEqual([false, false]);
    await until(() => synced.length > 2);
    expect(synced).toEqual([false, false, true]);
    await close();
    expect(synced).toHaveLength(3);
  });

  it('[SY30] [SY33] an own frame is synced at once and takes along what was received before', async () => {
    const { store, synced, close } = await watchedStore();
    const received = store.write({ frames: [frame(100)], mayWait: true });
    await store.write({ frames: [frame(100)], ownLast: 1 }).done;
    await received.done;
    expect(synced).toEqual([true]);
    await close();
    expect(synced).toEqual([true]);
  });

  it('[SY33] a store that is closed keeps what was received', async () => {
    const { store, synced, close } = await watchedStore();
    await store.write({ frames: [frame(100)], mayWait: true }).done;
    await close();
    expect(synced).toEqual([false, true]);
  });

  it('[SY26] [SY33] received frames that went with the power come again, though the cursor is beyond them', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, two] = [await createPeer(room, 1), await createPeer(room, 2)];
    one.session.connect();
    two.session.connect();
    for (let i = 0; i < 4; i++) {
      one.type(0, `word${i} `);
      await until(() => two.text() === one.text());
    }
    await two.close();
    const db = new ClassicLevel<string, Uint8Array>(two.folder, { valueEncoding: 'view' });
    await db.open();
    const frames = (await db.keys().all()).filter((key) => key.startsWith('room/f/'));
    for (const key of frames.slice(-3)) await db.del(key, { sync: true });
    await db.close();
    const again = await createPeer(room, 2, { folder: two.folder });
    expect(again.text()).not.toBe(one.text());
    again.session.connect();
    await until(() => again.text() === one.text());
    again.type(0, 'mine ');
    await until(() => one.text() === again.text());
    expect(one.text()).toMatch(/^mine word3 /);
    expect(again.notices.filter(({ code }) => code === 'peer-fork')).toEqual([]);
  });
});
