// Over 400 lines: every way in which a transfer can be broken off, each shown to go on.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../../relay/BlobStore.ts';
import { openFileBlobStore } from '../../../relay/FileBlobStore.ts';
import { sealBlob } from '../../../shared/crypto/blob.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { FileState, Notice } from '../../../shared/ipc/contract.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import { atomicWrite } from '../storage/atomicWrite.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { until } from '../testing/TestWindow.ts';
import { BlobTransfers, MAX_DAMAGED } from './BlobTransfers.ts';
import type { WantedFile } from './readWantedFiles.ts';
import { BlobLine, type Fate, TEST_ROOM } from './testBlobLine.ts';

const temporary = temporaryFolders();
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});

/** One device with a folder, and a line to the relay. */
class Device {
  readonly line: BlobLine;
  readonly folder: string;
  readonly notices: Notice[] = [];
  readonly wanted: WantedFile[] = [];
  readonly relay: TestRelay;
  readonly number: number;
  online = true;
  transfers: BlobTransfers;
  readonly #store: ComplaintStore;

  constructor(relay: TestRelay, number: number, folder: string, store: ComplaintStore) {
    this.relay = relay;
    this.number = number;
    this.folder = folder;
    this.#store = store;
    this.line = new BlobLine(ciphers, {
      store: () => relay.store,
      device: number,
      maxRoomBytes: () => relay.maxRoomBytes,
    });
    this.transfers = this.#openTransfers();
    devices.push(this);
  }

  /** The program is closed and started again. */
  async restart(): Promise<void> {
    await this.transfers.close();
    this.transfers = this.#openTransfers();
  }

  async close(): Promise<void> {
    this.line.close();
    await this.transfers.close();
    await this.#store.close();
  }

  get blobsPath(): string {
    return join(this.folder, 'blobs');
  }

  /** Puts a sealed file here, as the program does when one is added. */
  async add(sizeBytes: number): Promise<WantedFile> {
    const { sealed, blobId } = sealBlob(ciphers, randomBytes(sizeBytes));
    await mkdir(this.blobsPath, { recursive: true });
    await this.transfers.rememberUpload(blobId);
    await atomicWrite(join(this.blobsPath, blobId), sealed);
    const file = { blobId, addedBy: this.number };
    this.wanted.push(file);
    return file;
  }

  async has(blobId: string): Promise<boolean> {
    const bytes = await readFile(join(this.blobsPath, blobId)).catch(() => null);
    if (!bytes) return false;
    // Whatever lies under the final name must be whole, at any moment.
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(blobId);
    return true;
  }

  async state(blobId: string): Promise<FileState | undefined> {
    return (await this.transfers.files()).files.find((file) => file.blobId === blobId);
  }

  #openTransfers(): BlobTransfers {
    return new BlobTransfers({
      blobsPath: join(this.folder, 'blobs'),
      store: this.#store,
      deviceNumber: this.number,
      room: () => (this.online ? this.line : null),
      wanted: () => this.wanted,
      organizations: () =>
        new Map([
          [1, 'Amparo'],
          [2, 'Clínica'],
        ]),
      holders: null,
      onTransfer: () => undefined,
      onFiles: () => undefined,
      onNotice: (notice) => this.notices.push(notice),
      retryMs: 10,
      standInMs: 20,
    });
  }
}

interface TestRelay {
  store: BlobStore;
  folder: string;
  maxRoomBytes: number;
}
const devices: Device[] = [];
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

async function newRelay(): Promise<TestRelay> {
  const folder = await temporary();
  return { store: await openFileBlobStore(folder), folder, maxRoomBytes: 1_000_000_000 };
}
async function newDevice(relay: TestRelay, number: number): Promise<Device> {
  const folder = await temporary();
  const sealer = new Sealer(ciphers, randomBytes(32));
  const opened = await ComplaintStore.open(join(folder, 'db'), sealer.derive('store'), true);
  if (!opened.ok) throw new Error(opened.error.code);
  return new Device(relay, number, folder, opened.value);
}
async function eventually(reached: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await reached())) {
    if (performance.now() > end) throw new Error(`not reached: ${reached}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const atRelay = (relay: TestRelay, blobId: string) => async () =>
  (await relay.store.sizeOf(TEST_ROOM, blobId)) !== null;

const LARGE = 600_000;

describe('Transfers over a line that is cut', () => {
  for (const fate of ['cut-before', 'cut-after'] as Fate[]) {
    it(`[SY27a] goes on where the relay is, ${fate} at every message of an upload`, async () => {
      const relay = await newRelay();
      const one = await newDevice(relay, 1);
      for (let cutAt = 0; cutAt < 10; cutAt += 1) {
        const { blobId } = await one.add(LARGE);
        let messages = 0;
        let cuts = 0;
        let lostBytes = 0;
        one.line.movedBytes = 0;
        one.line.fate = (message) => {
          if (messages++ !== cutAt) return 'pass';
          cuts += 1;
          if (message.type === 'blob-put') lostBytes += message.chunk.length;
          return fate;
        };
        one.transfers.poke();
        await eventually(atRelay(relay, blobId));
        await eventually(async () => (await one.state(blobId))?.atRelay === true);
        const size = (await relay.store.sizeOf(TEST_ROOM, blobId)) as number;
        // a chunk that arrived and was not answered may be sent again
        expect(one.line.movedBytes).toBeLessThanOrEqual(size + lostBytes + LIMITS.blobChunk);
        expect(cuts).toBeLessThanOrEqual(1);
      }
      expect(one.notices).toEqual([]);
    });

    it(`[SY27a] goes on where the file here ends, ${fate} at every message of a download`, async () => {
      const relay = await newRelay();
      const one = await newDevice(relay, 1);
      const two = await newDevice(relay, 2);
      for (let cutAt = 0; cutAt < 10; cutAt += 1) {
        const file = await one.add(LARGE);
        one.transfers.poke();
        await eventually(atRelay(relay, file.blobId));
        let messages = 0;
        let lostBytes = 0;
        two.line.movedBytes = 0;
        two.line.fate = (message) => {
          if (messages++ !== cutAt) return 'pass';
          if (message.type === 'blob-chunk') lostBytes += message.chunk.length;
          if (message.type === 'blob-get') lostBytes += message.length;
          return fate;
        };
        two.wanted.push(file);
        two.transfers.poke();
        await eventually(() => two.has(file.blobId));
        const size = (await relay.store.sizeOf(TEST_ROOM, file.blobId)) as number;
        expect(two.line.movedBytes).toBeLessThanOrEqual(size + lostBytes);
      }
      expect((await readdir(two.blobsPath)).filter((name) => name.includes('.'))).toEqual([]);
    });
  }

  it('[SY27a] survives seeded cuts, restarts of both programs and of the relay, in any order', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = seeded(seed);
      const relay = await newRelay();
      const one = await newDevice(relay, 1);
      const two = await newDevice(relay, 2);
      const files: WantedFile[] = [];
      for (let i = 0; i < 3; i += 1) files.push(await one.add(50_000 + Math.floor(random() * LARGE)));
      two.wanted.push(...files);
      let left = 40;
      for (const device of [one, two]) {
        device.line.fate = () => {
          if (left <= 0 || random() < 0.7) return 'pass';
          left -= 1;
          return random() < 0.5 ? 'cut-before' : 'cut-after';
        };
        device.transfers.poke();
      }
      const there = async () => {
        for (const { blobId } of files) if (!(await two.has(blobId))) return false;
        return true;
      };
      for (let step = 0; step < 12 && !(await there()); step += 1) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const dice = random();
        if (dice < 0.3) await one.restart();
        else if (dice < 0.6) await two.restart();
        else relay.store = await openFileBlobStore(relay.folder);
        one.line.cut();
        two.line.cut();
        one.line.connect();
        two.line.connect();
        one.transfers.poke();
        two.transfers.poke();
      }
      await eventually(there).catch((error) => {
        throw new Error(`seed ${seed}: ${error}`);
      });
      expect(two.notices, `seed ${seed}`).toEqual([]);
    }
  }, 60_000);

  it('[SY27a] a program that was closed in the middle goes on from there, up and down', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const file = await one.add(LARGE);
    let reached = false;
    one.line.fate = (message) => {
      if (message.type !== 'blob-put' || message.offset < 150_000) return 'pass';
      reached = true;
      return 'cut-before';
    };
    one.transfers.poke();
    await until(() => reached);
    one.line.cut();
    await one.restart();
    one.line.fate = () => 'pass';
    one.line.movedBytes = 0;
    one.line.connect();
    one.transfers.poke();
    await eventually(atRelay(relay, file.blobId));
    expect(one.line.movedBytes).toBeLessThan(LARGE - 100_000);

    const two = await newDevice(relay, 2);
    two.wanted.push(file);
    reached = false;
    two.line.fate = (message) => {
      if (message.type !== 'blob-chunk' || message.offset < 150_000) return 'pass';
      reached = true;
      return 'cut-before';
    };
    two.transfers.poke();
    await until(() => reached);
    two.line.cut();
    await two.restart();
    expect(await two.has(file.blobId)).toBe(false);
    expect((await two.state(file.blobId))?.here).toBe(false);
    two.line.fate = () => 'pass';
    two.line.movedBytes = 0;
    two.line.connect();
    two.transfers.poke();
    await eventually(() => two.has(file.blobId));
    expect(two.line.movedBytes).toBeLessThan(LARGE - 100_000);
  });
});

describe('Transfers and damage', () => {
  it('a partial file cut to any length or with any byte changed still ends as the right file', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const file = await one.add(100_000);
    one.transfers.poke();
    await eventually(atRelay(relay, file.blobId));
    const sealed = await readFile(join(one.blobsPath, file.blobId));
    const random = seeded(7);
    for (let round = 0; round < 24; round += 1) {
      const two = await newDevice(relay, 2);
      await mkdir(two.blobsPath, { recursive: true });
      const part = join(two.blobsPath, `${file.blobId}.${sealed.length}.partial`);
      const length = [0, 1, sealed.length - 1, sealed.length][round] ?? Math.floor(random() * sealed.length);
      const bytes = Buffer.from(sealed.subarray(0, length));
      const at = Math.floor(random() * length);
      if (round % 2 === 1 && length > 0) bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
      await writeFile(part, bytes);
      two.wanted.push(file);
      two.transfers.poke();
      await eventually(() => two.has(file.blobId));
      expect(two.notices).toEqual([]);
      await two.transfers.close();
    }
  });

  it('a wrong byte anywhere on the way: fetched again, told after some tries, and never shown', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const file = await one.add(200_000);
    one.transfers.poke();
    await eventually(atRelay(relay, file.blobId));
    const two = await newDevice(relay, 2);
    let flips = 0;
    two.line.change = (message) => {
      if (message.type !== 'blob-chunk' || message.chunk.length === 0 || message.offset !== 0) return message;
      flips += 1;
      return { ...message, chunk: Uint8Array.from(message.chunk, (byte, i) => (i === 100 ? byte ^ 4 : byte)) };
    };
    two.wanted.push(file);
    two.transfers.poke();
    await until(() => two.notices.length > 0);
    expect(two.notices).toEqual([{ code: 'blob-damaged' }]);
    expect(flips).toBe(MAX_DAMAGED);
    expect(await two.has(file.blobId)).toBe(false);
    expect(await two.state(file.blobId)).toMatchObject({ here: false, trouble: 'damaged' });
    two.line.change = (message) => message;
    two.transfers.poke();
    expect((await two.state(file.blobId))?.trouble).toBe('damaged');
    await two.transfers.retry(file.blobId);
    await eventually(() => two.has(file.blobId));
    expect(await two.state(file.blobId)).toMatchObject({ here: true, trouble: null });
  });

  it('a file damaged on this disk is not sent, is set aside, and comes from a partner', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const two = await newDevice(relay, 2);
    const file = await one.add(100_000);
    const sealed = await readFile(join(one.blobsPath, file.blobId));
    await truncate(join(one.blobsPath, file.blobId), 50_000);
    one.transfers.poke();
    await eventually(async () => (await one.state(file.blobId))?.here === false);
    expect(await relay.store.sizeOf(TEST_ROOM, file.blobId)).toBe(null);
    await mkdir(two.blobsPath, { recursive: true });
    await writeFile(join(two.blobsPath, file.blobId), sealed);
    two.wanted.push(file);
    two.transfers.poke();
    await eventually(() => one.has(file.blobId));
  });
});

describe('Transfers as people meet them', () => {
  it('two devices that upload the same file do not corrupt each other', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const two = await newDevice(relay, 2);
    const file = await one.add(LARGE);
    await mkdir(two.blobsPath, { recursive: true });
    await writeFile(join(two.blobsPath, file.blobId), await readFile(join(one.blobsPath, file.blobId)));
    await two.transfers.rememberUpload(file.blobId);
    two.wanted.push(file);
    one.transfers.poke();
    two.transfers.poke();
    await eventually(async () => (await one.state(file.blobId))?.atRelay === true);
    await eventually(async () => (await two.state(file.blobId))?.atRelay === true);
    const size = (await relay.store.sizeOf(TEST_ROOM, file.blobId)) as number;
    const bytes = await relay.store.read(TEST_ROOM, file.blobId, 0, size);
    expect(
      createHash('sha256')
        .update(bytes as Uint8Array)
        .digest('hex'),
    ).toBe(file.blobId);
    expect(await relay.store.roomBytes(TEST_ROOM)).toBe(size);
  });

  it('a full relay is told of once; the file stays here and goes when somebody asks or the relay comes back', async () => {
    const relay = await newRelay();
    relay.maxRoomBytes = 300_000;
    const one = await newDevice(relay, 1);
    const file = await one.add(LARGE);
    const small = await one.add(1_000);
    one.transfers.poke();
    await eventually(atRelay(relay, small.blobId));
    await until(() => one.notices.length > 0);
    expect(one.notices).toEqual([{ code: 'exhibit-relay-full' }]);
    expect(await one.state(file.blobId)).toMatchObject({ here: true, atRelay: null, trouble: 'relay-full' });
    expect(one.line.movedBytes).toBeLessThan(100_000);
    await one.restart();
    for (let i = 0; i < 3; i += 1) {
      one.online = false;
      one.transfers.poke();
      one.online = true;
      one.transfers.poke();
      await eventually(async () => (await one.state(file.blobId))?.trouble === 'relay-full');
    }
    expect(one.notices).toHaveLength(1);
    relay.maxRoomBytes = 1_000_000_000;
    one.line.cut();
    one.line.connect();
    await one.transfers.retry(file.blobId);
    await eventually(atRelay(relay, file.blobId));
    await eventually(async () => (await one.state(file.blobId))?.trouble === null);
  });

  it('stops a file when somebody says so, keeps what has moved, also over a restart, and goes on when asked', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const file = await one.add(LARGE);
    let stopped: Promise<void> | null = null;
    one.line.fate = (message) => {
      if (message.type === 'blob-put' && message.offset > 0) stopped ??= one.transfers.stop(file.blobId);
      return 'pass';
    };
    one.transfers.poke();
    await until(() => stopped !== null);
    await stopped;
    await eventually(async () => (await one.state(file.blobId))?.moving === null);
    await one.restart();
    one.transfers.poke();
    expect(await one.state(file.blobId)).toMatchObject({ here: true, trouble: 'stopped', moving: null });
    expect(await relay.store.sizeOf(TEST_ROOM, file.blobId)).toBe(null);
    one.line.movedBytes = 0;
    await one.transfers.retry(file.blobId);
    await eventually(atRelay(relay, file.blobId));
    expect(one.line.movedBytes).toBeLessThan(LARGE);

    const two = await newDevice(relay, 2);
    two.wanted.push(file);
    let halted: Promise<void> | null = null;
    two.line.fate = (message) => {
      if (message.type === 'blob-chunk' && message.offset > 0) halted ??= two.transfers.stop(file.blobId);
      return 'pass';
    };
    two.transfers.poke();
    await until(() => halted !== null);
    await halted;
    await eventually(async () => (await two.state(file.blobId))?.moving === null);
    expect(await two.transfers.fetchNow(file.blobId)).toMatchObject({ ok: false, error: { code: 'blob-not-here' } });
    await two.restart();
    two.transfers.poke();
    expect((await two.state(file.blobId))?.trouble).toBe('stopped');
    await two.transfers.retry(file.blobId);
    await eventually(() => two.has(file.blobId));
  });

  it('moves nothing while paused, but the one file that somebody wants now', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    await one.transfers.setPaused(true);
    const first = await one.add(20_000);
    const second = await one.add(20_000);
    await one.restart();
    one.transfers.poke();
    expect((await one.transfers.files()).paused).toBe(true);
    await one.transfers.retry(second.blobId);
    await eventually(atRelay(relay, second.blobId));
    expect(await relay.store.sizeOf(TEST_ROOM, first.blobId)).toBe(null);
    await one.transfers.setPaused(false);
    await eventually(atRelay(relay, first.blobId));
  });

  it('a file that somebody opens overtakes the one under way, which then goes on', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const large = await one.add(3_000_000);
    const urgent = await one.add(1_000);
    one.transfers.poke();
    await eventually(atRelay(relay, large.blobId));
    await eventually(atRelay(relay, urgent.blobId));
    const two = await newDevice(relay, 2);
    two.wanted.push(large, urgent);
    let opened: Promise<unknown> | null = null;
    const order: string[] = [];
    two.line.fate = (message) => {
      if (message.type === 'blob-chunk' && message.offset > 0)
        opened ??= two.transfers.fetchNow(urgent.blobId).then(() => order.push('urgent'));
      return 'pass';
    };
    two.transfers.poke();
    await eventually(() => two.has(large.blobId));
    order.push('large');
    await opened;
    expect(order).toEqual(['urgent', 'large']);
    expect(two.line.movedBytes).toBeLessThan(3_000_000 + 2 * 256 * 1024 + 40_000);
  });

  it('whoever has a file sends it again by itself when the relay lost it, also one that it did not add', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const two = await newDevice(relay, 2);
    const file = await one.add(50_000);
    one.transfers.poke();
    await eventually(atRelay(relay, file.blobId));
    two.wanted.push(file);
    two.transfers.poke();
    await eventually(() => two.has(file.blobId));
    for (const holder of [one, two]) {
      one.online = false;
      two.online = false;
      one.transfers.poke();
      two.transfers.poke();
      await rm(join(relay.folder, TEST_ROOM), { recursive: true });
      expect(await relay.store.sizeOf(TEST_ROOM, file.blobId)).toBe(null);
      holder.online = true;
      holder.transfers.poke();
      await eventually(atRelay(relay, file.blobId));
    }
  });

  it('says where a file is: here, at the relay, or only with the organization that added it', async () => {
    const relay = await newRelay();
    const one = await newDevice(relay, 1);
    const two = await newDevice(relay, 2);
    one.online = false;
    const file = await one.add(50_000);
    two.wanted.push(file);
    two.transfers.poke();
    await eventually(async () => (await two.state(file.blobId))?.atRelay === false);
    expect(await two.state(file.blobId)).toMatchObject({ here: false, alsoWith: ['Amparo'], moving: null });
    expect(await one.state(file.blobId)).toMatchObject({ here: true, atRelay: null, alsoWith: [] });
    one.online = true;
    one.transfers.poke();
    await eventually(() => two.has(file.blobId));
    expect(await two.state(file.blobId)).toMatchObject({ here: true, atRelay: true, alsoWith: ['Amparo'] });
  });
});

function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0;
    return ((state ^ (state >>> 12)) >>> 0) / 4_294_967_296;
  };
}
