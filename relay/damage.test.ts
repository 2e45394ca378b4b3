import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hex } from '../shared/crypto/bytes.ts';
import { createFrame, frameHash, KIND } from '../shared/sync/Frame.ts';
import { openFileBlobStore } from './FileBlobStore.ts';
import { openLevelFrameLog } from './LevelFrameLog.ts';
import { startRelay } from './Relay.ts';
import { Healer } from './testing/Healer.ts';
import {
  type Filled,
  fillHeldRoom,
  type HeldRoom,
  healHeldRoom,
  type OpenedRoom,
  openHeldRoom,
} from './testing/HeldRoom.ts';
import { createTestKeys, recordsOf, TestDevice, type TestKeys, until } from './testing/TestDevice.ts';

let folder: string;
let keys: TestKeys;
/** Everything the devices of the room hold, records first. */
let frames: Uint8Array[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alegato-damage-'));
  keys = await createTestKeys();
  frames = [...recordsOf(keys, 1), ...recordsOf(keys, 2).slice(1)];
});
afterEach(() => rm(folder, { recursive: true }));

/** `count` frames in the chain of each device. */
function write(count: number, sizeBytes: number, devices: readonly number[] = [1, 2]): void {
  const { ciphers, root, epoch } = keys;
  for (const device of devices) {
    let previous = frameHash(ciphers, frames[device === 1 ? 0 : 2] as Uint8Array);
    const { secretKey } = ciphers.signPair(new Uint8Array(32).fill(device));
    for (let counter = 1; counter <= count; counter++) {
      const content = new Uint8Array(sizeBytes).fill(counter);
      const frame = { kind: KIND.update, device, counter, previous, content } as const;
      frames.push(createFrame(ciphers, root.room, epoch, secretKey, frame));
      previous = frameHash(ciphers, frames[frames.length - 1] as Uint8Array);
    }
  }
}

const held = (): HeldRoom => ({ folder, publicKey: keys.root.room.publicKey, frames });
const open = (): Promise<OpenedRoom> => openHeldRoom(keys.ciphers, held());
const fill = (): Promise<Filled> => fillHeldRoom(keys.ciphers, held());
const heal = (filled: Filled, at = folder): ReturnType<typeof healHeldRoom> =>
  healHeldRoom(keys.ciphers, { ...held(), folder: at }, filled);

async function withRaw<T>(
  work: (db: ClassicLevel<string, Uint8Array>) => Promise<T>,
  { compression = true, at = folder } = {},
): Promise<T> {
  const encoding = { keyEncoding: 'utf8', valueEncoding: 'view' } as const;
  const db = new ClassicLevel<string, Uint8Array>(at, { ...encoding, compression });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** The log as it was, but for what the test changed. */
async function restore(values: ReadonlyMap<string, Uint8Array>, at = folder): Promise<void> {
  await withRaw(
    async (db) => {
      await db.clear();
      await db.batch([...values].map(([key, value]) => ({ type: 'put', key, value })));
    },
    { at },
  );
}

async function readValues(): Promise<Map<string, Uint8Array>> {
  return withRaw(async (db) => {
    const values = new Map<string, Uint8Array>();
    for await (const [key, value] of db.iterator()) values.set(key, value.slice());
    return values;
  });
}

describe('a damaged log', () => {
  it('[SY75] every flipped byte of every stored value is noticed, not served, counted, and mended by whoever posts', async () => {
    frames = frames.slice(0, 1);
    write(1, 20, [1]); // the founding and one update: every kind of value
    const filled = await fill();
    const values = await readValues();
    const flips = [...values].flatMap(([key, value]) => Array.from(value, (_, place) => ({ key, value, place })));
    expect(flips.length).toBeGreaterThan(900);
    // several folders at once: most of the time is waiting for the disk
    const lane = async (at: string): Promise<void> => {
      for (let flip = flips.pop(); flip; flip = flips.pop()) {
        const { key, value, place } = flip;
        const flipped = Uint8Array.from(value);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8));
        await restore(new Map(values).set(key, flipped), at);
        const healed = await heal(filled, at);
        expect(healed.damaged).toBe(key.startsWith('f!') ? 1 : 0);
        expect(healed.first).toBe(key.startsWith('f!') ? filled.all.length - 1 : filled.all.length);
      }
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => lane(path.join(folder, name))));
  }, 200_000);

  it('[SY75] every value that is gone comes back', async () => {
    write(4, 20);
    const filled = await fill();
    const values = await readValues();
    for (const key of values.keys()) {
      const left = new Map(values);
      left.delete(key);
      await restore(left);
      const healed = await heal(filled);
      expect(healed.damaged).toBe(0);
    }
  }, 60_000);

  it('[SY75] in a long log, wherever it is', async () => {
    write(200, 500);
    const filled = await fill();
    const values = [...(await readValues())];
    const flippable = values.filter(([, value]) => value.length > 0);
    let state = 7;
    const random = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    for (let time = 0; time < 8; time++) {
      const chosen = new Map(
        Array.from({ length: 1 + random(5) }, () => flippable[random(flippable.length)] ?? ['', new Uint8Array()]),
      );
      const damaged = new Map(values);
      for (const [key, value] of chosen) {
        const flipped = Uint8Array.from(value);
        const place = random(value.length);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << random(8));
        damaged.set(key, flipped);
      }
      await restore(damaged);
      const healed = await heal(filled);
      // a frame whose both hashes were hit as well is told from nothing else
      expect(healed.damaged).toBeGreaterThanOrEqual([...chosen.keys()].filter((key) => key.startsWith('f!')).length);
    }
  }, 120_000);

  it('[SY75] flipped bytes of the files themselves: repaired, and everything comes back, even where LevelDB ends the process', async () => {
    write(60, 300);
    const filled = await fill();
    await withRaw((db) => db.compactRange('', '~'));
    await heal(filled); // and a part of it is in the write-ahead log
    const names = (await readdir(folder)).filter((name) => name !== 'LOCK' && !name.startsWith('LOG'));
    const whole = new Map<string, Buffer>();
    for (const name of names) whole.set(name, await readFile(path.join(folder, name)));
    expect(names.some((name) => name.endsWith('.ldb'))).toBe(true);
    const healer = new Healer(held(), filled);
    let repairs = 0;
    try {
      for (const [name, bytes] of whole) {
        for (let place = 3; place < bytes.length; place += Math.ceil(bytes.length / (bytes.length > 1_000 ? 12 : 3))) {
          for (const left of await readdir(folder)) await rm(path.join(folder, left), { recursive: true });
          for (const [other, content] of whole) await writeFile(path.join(folder, other), content);
          const flipped = Buffer.from(bytes);
          flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8));
          await writeFile(path.join(folder, name), flipped);
          repairs += (await healer.heal()).repairs;
        }
      }
    } finally {
      healer.close();
    }
    expect(repairs).toBeGreaterThan(0);
  }, 240_000);

  it('[SY75] a table that ends every process that reads it is set aside at the third start, and what it held comes back', async () => {
    write(60, 300);
    const filled = await fill();
    await withRaw((db) => db.compactRange('', '~'), { compression: false });
    const [table = ''] = (await readdir(folder)).filter((name) => name.endsWith('.ldb'));
    const bytes = await readFile(path.join(folder, table));
    expect(bytes[0]).toBe(0); // the first key shares nothing with one before it, and the second byte is its length
    bytes[1] = 3;
    await writeFile(path.join(folder, table), bytes);
    const healer = new Healer(held(), filled);
    try {
      expect(await healer.heal()).toMatchObject({ repairs: 1, damaged: 0 });
    } finally {
      healer.close();
    }
    expect(healer.deaths).toBe(2);
    expect(await readFile(path.join(folder, 'lost', table))).toEqual(bytes);
  }, 60_000);

  it('[SY76] a log that was not closed has another id; one that was keeps its own', async () => {
    write(2, 20);
    await fill();
    const first = await open();
    await first.close();
    const second = await open();
    expect(second.logId).toBe(first.logId);
    await second.close();
    await withRaw((db) => db.del('m!closed')); // as after a power cut
    const third = await open();
    expect(third.logId).not.toBe(first.logId);
    await third.close();
  });
});

describe('a disk that damages what it keeps while the relay runs', () => {
  it('[SY75] the damaged frame is not served; everybody comes back and it is taken again', async () => {
    const log = await openLevelFrameLog(path.join(folder, 'log'));
    let toDamage = 0;
    const damaging = Object.assign(Object.create(log), {
      append: (...[room, sequence, size, frame]: Parameters<typeof log.append>) => {
        const bytes = frame.bytes.slice();
        if (sequence === toDamage) bytes[200] = (bytes[200] ?? 0) ^ 4;
        return log.append(room, sequence, size, { ...frame, bytes });
      },
    });
    for (const name of [
      'readRoom',
      'readRecords',
      'roomCount',
      'totalBytes',
      'survey',
      'replaceEnds',
      'moveEnds',
    ] as const)
      damaging[name] = (log[name] as (...all: unknown[]) => unknown).bind(log);
    for (const name of ['drop', 'read', 'hashAt', 'find', 'recover', 'close'] as const)
      damaging[name] = (log[name] as (...all: unknown[]) => unknown).bind(log);
    Object.defineProperty(damaging, 'logId', { get: () => log.logId });
    Object.defineProperty(damaging, 'onDamage', {
      set: (listener: typeof log.onDamage) => {
        log.onDamage = listener ?? null;
      },
    });
    const stores = {
      log: damaging,
      blobs: await openFileBlobStore(path.join(folder, 'blobs')),
      usedBytes: 0,
      freeBytes: async () => 1e12,
      backup: null,
    };
    const admin = { host: '127.0.0.1', port: 0 };
    const relay = await startRelay({ host: '127.0.0.1', port: 0, dataDir: folder, admin }, stores);
    try {
      const device = new TestDevice(keys, relay.url);
      await device.enter(1);
      toDamage = 3;
      const posted = [device.post('one'), device.post('two'), device.post('three')];
      for (let acknowledged = 0; acknowledged < 3; ) acknowledged += (await device.next('ack')).frames.length;
      const reader = new TestDevice(keys, relay.url);
      await reader.enter(2);
      reader.send({ type: 'fetch', after: 0 });
      expect(await reader.closed()).toBe(4503);
      expect(await device.closed()).toBe(4503);
      toDamage = 0;
      const again = new TestDevice(keys, relay.url);
      const welcome = await again.enter(1);
      expect(welcome.ends.find((end) => end.device === 1)?.counter).toBe(1); // before the damaged one
      for (const frame of posted.slice(1)) again.send({ type: 'post', frame });
      const sequences: number[] = [];
      while (sequences.length < 2) sequences.push(...(await again.next('ack')).frames.map(({ sequence }) => sequence));
      expect(sequences.sort()).toEqual([4, 7]); // the third is where it was; founding, three frames, and two let in before
      again.send({ type: 'fetch', after: 0 });
      const page = await again.next('page');
      const served = page.entries.map(({ frame }) => hex(frame));
      for (const frame of posted) expect(served).toContain(hex(frame));
      const metrics = await (await fetch(`${relay.adminUrl}/metrics`)).text();
      expect(metrics).toContain('events_total{code="log-damaged"} 1');
      await until(() => again.closeCode === null);
    } finally {
      await relay.close();
    }
  });
});
