import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileBlobStore } from './FileBlobStore.ts';
import { type LocalFrameLog, openLevelFrameLog } from './LevelFrameLog.ts';
import { type Relay, type RelayStores, startRelay } from './Relay.ts';
import { createTestKeys, TestDevice, type TestKeys, until } from './testing/TestDevice.ts';

const MB = 1024 * 1024;

let dataDir: string;
let log: LocalFrameLog;
let disk: { freeBytes: number; refuses: boolean; isSilent: boolean };
let relay: Relay;
let keys: TestKeys;
const lines: string[] = [];

/** A relay on a disk whose free space and refusals the test decides. */
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'alegato-disk-'));
  keys = await createTestKeys();
  lines.length = 0;
  log = await openLevelFrameLog(path.join(dataDir, 'log'));
  disk = { freeBytes: 1_000 * MB, refuses: false, isSilent: false };
  let broken = false;
  const refusing = (): void => {
    broken ||= disk.refuses;
    if (broken) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  };
  const stores: RelayStores = {
    log: {
      logId: log.logId,
      readRoom: (room) => log.readRoom(room),
      readRecords: (room) => log.readRecords(room),
      roomCount: () => log.roomCount(),
      totalBytes: () => log.totalBytes(),
      async append(...all) {
        refusing();
        return log.append(...all);
      },
      async moveEnds(...all) {
        refusing();
        return log.moveEnds(...all);
      },
      async drop(...all) {
        refusing();
        return log.drop(...all);
      },
      read: (...all) => log.read(...all),
      hashAt: (...all) => log.hashAt(...all),
      find: (...all) => log.find(...all),
      async recover() {
        broken = false;
        refusing();
        await log.recover();
      },
      close: () => log.close(),
    },
    blobs: await openFileBlobStore(path.join(dataDir, 'blobs')),
    usedBytes: 0,
    freeBytes: () => (disk.isSilent ? new Promise(() => {}) : Promise.resolve(disk.freeBytes)),
    backup: null,
  };
  const admin = { host: '127.0.0.1', port: 0 };
  relay = await startRelay({ host: '127.0.0.1', port: 0, dataDir, admin, log: (line) => lines.push(line) }, stores);
});
afterEach(async () => {
  await relay.close();
  await rm(dataDir, { recursive: true });
});

const health = async (): Promise<number> => (await fetch(`${relay.adminUrl}/health`)).status;
const states = (): string[] =>
  lines.map((line) => JSON.parse(line)).flatMap(({ event, state }) => (event === 'storage' ? [state] : []));

describe('a relay whose disk runs full', () => {
  it('refuses posts below its reserve, goes on reading, and calls who was refused back when there is room', async () => {
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    device.post('before');
    await device.next('ack');
    const idle = new TestDevice(keys, relay.url);
    await idle.enter(2);
    disk.freeBytes = 10 * MB;
    await until(async () => (await health()) === 503);
    const refused = device.post('while full');
    expect(await device.next('rejected')).toMatchObject({ counter: 2, code: 'relay-quota' });
    device.send({ type: 'fetch', after: 0 });
    expect((await device.next('page')).entries.length).toBe(4); // the founding, what came before, and what let device 2 in
    device.send({ type: 'blob-put', blobId: new Uint8Array(32), size: 5, offset: 0, chunk: new Uint8Array(5) });
    expect((await device.next('blob-refused')).code).toBe('relay-quota');
    disk.freeBytes = 1_000 * MB;
    expect(await device.closed()).toBe(4503);
    expect(await health()).toBe(200);
    expect(idle.closeCode).toBe(null);
    const again = new TestDevice(keys, relay.url);
    await again.enter(1);
    again.send({ type: 'post', frame: refused });
    expect((await again.next('ack')).frames).toEqual([{ device: 1, counter: 2, sequence: 5 }]);
    expect(states()).toEqual(['disk-full', 'accepting']);
  });

  it('does not wait for its next look at the disk to stop', async () => {
    disk.freeBytes = 65 * MB; // one above the reserve
    await until(async () =>
      (await (await fetch(`${relay.adminUrl}/metrics`)).text()).includes(`free_bytes ${65 * MB}`),
    );
    disk.isSilent = true;
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    for (let i = 0; i < 4; i++) device.post(new Uint8Array(400_000));
    expect((await device.next('rejected')).code).toBe('relay-quota');
  });

  it('acknowledges nothing that a write refused, stays up, and reads rooms anew when the disk takes writes again', async () => {
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    device.post('kept');
    await device.next('ack');
    disk.refuses = true;
    const lost = device.post('not written');
    expect(await device.closed()).toBe(4503);
    expect(device.received.filter(({ type }) => type === 'ack')).toEqual([]);
    expect(await health()).toBe(503);
    const meanwhile = new TestDevice(keys, relay.url);
    await meanwhile.enter(1);
    meanwhile.send({ type: 'fetch', after: 0 });
    expect((await meanwhile.next('page')).entries.length).toBe(2);
    meanwhile.send({ type: 'post', frame: lost });
    expect((await meanwhile.next('rejected')).code).toBe('relay-quota');
    disk.refuses = false;
    expect(await meanwhile.closed()).toBe(4503);
    await until(async () => (await health()) === 200);
    const after = new TestDevice(keys, relay.url);
    expect((await after.enter(1)).lastSequence).toBe(2);
    after.send({ type: 'post', frame: lost });
    expect((await after.next('ack')).frames).toEqual([{ device: 1, counter: 2, sequence: 3 }]);
    expect(states()).toEqual(['write-failed', 'accepting']);
  });
});
