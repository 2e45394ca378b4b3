import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openFileBlobStore } from '../../../relay/FileBlobStore.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { FileState } from '../../../shared/ipc/contract.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { closeEverything, createPeer, createTestRoom, type TestPeer, until } from '../sync/testRoom.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import type { BlobRoom } from './BlobTransfers.ts';
import { BlobLine, TEST_ROOM } from './testBlobLine.ts';
import { openTestDevice, type TestDevice } from './testDevice.ts';

const MB = 1024 * 1024;
const temporary = temporaryFolders();
const children = new Set<ChildProcess>();
afterEach(async () => {
  await closeEverything();
  for (const child of children) await kill(child);
});

/** A process and what it said so far, each line as it came. */
function startChild(...args: string[]): { child: ChildProcess; lines: string[] } {
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', ...args]);
  children.add(child);
  const lines: string[] = [];
  let rest = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes) => {
      const parts = (rest + String(bytes)).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
  return { child, lines };
}
const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
async function kill(child: ChildProcess): Promise<void> {
  if (ended(child)) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
const pathOf = (relative: string): string => new URL(relative, import.meta.url).pathname;

async function startRelay(dataDir: string, port: number): Promise<{ child: ChildProcess; port: number }> {
  const { child, lines } = startChild(pathOf('../../../relay/index.ts'), '--port', String(port), '--data', dataDir);
  const listening = (): string | undefined =>
    lines.map((line) => /listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]).find(Boolean);
  await until(() => listening() !== undefined || ended(child), 30_000);
  return { child, port: Number(listening()) };
}

/** A device, and what crossed its socket. */
interface Device extends TestDevice {
  movedBytes: number;
  /** Of the transfer under way, 0 to 1. */
  part: number;
}
async function openDevice(
  ciphers: Ciphers,
  blobs: () => BlobRoom['blobs'] | null,
  number: number,
  wanted: readonly string[],
  folder: string,
): Promise<Device> {
  const counted = (of: BlobRoom['blobs']): BlobRoom => ({
    blobs: {
      isAtRelay: (blobId) => of.isAtRelay(blobId),
      send: (source, options) =>
        of.send(
          {
            blobId: source.blobId,
            sizeBytes: source.sizeBytes,
            async read(offset, length) {
              const chunk = await source.read(offset, length);
              device.movedBytes += chunk.length;
              return chunk;
            },
          },
          options,
        ),
      fetchInto: (blobId, sink, options) =>
        of.fetchInto(
          blobId,
          {
            get receivedBytes() {
              return sink.receivedBytes;
            },
            get sizeBytes() {
              return sink.sizeBytes;
            },
            begin: (sizeBytes) => sink.begin(sizeBytes),
            async write(chunk) {
              device.movedBytes += chunk.length;
              await sink.write(chunk);
            },
          },
          options,
        ),
    },
  });
  const room = (): BlobRoom | null => {
    const of = blobs();
    return of && counted(of);
  };
  const onTransfer = ({ received, total }: { received: number; total: number }): void => {
    device.part = received / total;
  };
  const opened = await openTestDevice({ ciphers, folder, number, room, wanted, onTransfer });
  const device: Device = { ...opened, movedBytes: 0, part: 0 };
  return device;
}
const online = (peer: TestPeer) => () => (peer.session.status.relay === 'online' ? peer.session.blobs : null);
const stateOf = async (device: Device) => (await device.transfers.files()).files[0];
async function settled(device: Device, reached: (state: FileState | undefined) => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  for (let state = await stateOf(device); !reached(state); state = await stateOf(device)) {
    if (performance.now() > end) throw new Error(`still ${JSON.stringify({ ...state, part: device.part })}`);
    device.transfers.poke();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('[CR18] a file of 96 MB is sealed, sent, fetched, opened and read without ever being in memory', async () => {
  const { child, lines } = startChild(pathOf('./testLargeFileMain.ts'), await temporary(), '96');
  await until(() => ended(child), 280_000);
  const last = lines.at(-1) ?? '';
  expect(last, lines.join('\n')).toMatch(/^\{"baseMb"/);
  const { grown } = JSON.parse(last) as { grown: Record<string, number> };
  // In MB, of one process that is relay and both devices; what waits for the garbage collector is in it.
  for (const [step, value] of Object.entries(grown)) if (!step.endsWith('Ms')) expect(value, step).toBeLessThan(64);
}, 300_000);

it('[SY27a] 40 MB over a relay that is killed and a person who stops it: up and down, almost nothing twice', async () => {
  const dataDir = await temporary();
  let { child, port } = await startRelay(dataDir, 0);
  const room = await createTestRoom({ url: `ws://127.0.0.1:${port}` });
  const wanted: string[] = [];
  const [first, second] = [await createPeer(room, 1), await createPeer(room, 2)];
  for (const peer of [first, second]) peer.session.connect();
  const one = await openDevice(room.ciphers, online(first), 1, wanted, await temporary());
  const folder = await temporary();
  let two = await openDevice(room.ciphers, online(second), 2, wanted, folder);

  const bytes = randomBytes(40 * MB);
  bytes.set(new TextEncoder().encode('%PDF-1.7\n'));
  const path = join(await temporary(), 'scan.pdf');
  await writeFile(path, bytes);
  const staged = (await one.files.staging.stage([path])).staged[0];
  const sealed = await one.files.sealAnonymized({
    complaintId: '',
    stagingId: staged?.stagingId ?? '',
    pageCount: 1,
    thumbnail: '',
    replaced: false,
    mime: 'application/pdf',
  });
  if (!sealed.ok) throw new Error(sealed.error.code);
  const { blobId, blobKey, sha256 } = sealed.value;
  const sealedBytes = (await stat(join(one.blobsPath, blobId))).size;
  const going = (device: Device, reached: () => boolean): Promise<void> =>
    until(() => {
      device.transfers.poke();
      return reached();
    }, 60_000);
  const breakOff = async (device: Device): Promise<void> => {
    await going(device, () => device.part > 0.25);
    await kill(child);
    ({ child } = await startRelay(dataDir, port));
    await going(device, () => device.part > 0.55 && device.part < 1);
    await device.transfers.stop(blobId);
    await settled(device, (state) => state?.trouble === 'stopped' && state.moving === null);
  };

  wanted.push(blobId);
  await breakOff(one);
  await one.transfers.retry(blobId);
  await settled(one, (state) => state?.atRelay === true && !state.toSend);
  // Twice crosses at most what was under way at the two breaks.
  expect(one.movedBytes).toBeLessThanOrEqual(sealedBytes + 3 * LIMITS.blobChunk);

  await breakOff(two);
  expect((await readdir(two.blobsPath)).map((name) => name.split('.').at(-1))).toEqual(['partial']);
  expect(await two.files.openFile({ kind: 'copy', blobId, blobKey, sha256 })).toEqual({
    ok: false,
    error: { code: 'blob-not-here' },
  });
  const { movedBytes } = two;
  await two.close();
  two = await openDevice(room.ciphers, online(second), 2, wanted, folder);
  await two.transfers.retry(blobId);
  await settled(two, (state) => state?.here === true);
  expect(movedBytes + two.movedBytes).toBeLessThanOrEqual(sealedBytes + 3 * LIMITS.blobChunk);
  expect(two.movedBytes).toBeLessThan(0.5 * sealedBytes);

  const source = { kind: 'copy' as const, blobId, blobKey, sha256 };
  expect(await two.files.openFile(source)).toEqual({ ok: true, value: { sizeBytes: bytes.length, sha256 } });
  for (const at of [0, 10 * MB + 5, bytes.length - 100]) {
    const part = await two.files.readPart(source, at, 1_000);
    expect(part.ok && Buffer.compare(part.value, bytes.subarray(at, at + 1_000))).toBe(0);
  }
  expect(await readdir(two.blobsPath)).toEqual([blobId]);
  expect((await readFile(join(two.blobsPath, blobId))).length).toBe(sealedBytes);
  await one.close();
  await two.close();
}, 240_000);

describe('kill -9 of the program with a large file under way', () => {
  const SIZE_MB = 24;

  /** Takes a program to a step with a large file, kills it there, and gives the folder as it lies. */
  async function killedAt(step: string, isUnderWay: (folder: string) => Promise<boolean>): Promise<string> {
    const folder = await temporary();
    const { child, lines } = startChild(pathOf('./testLargeFileMain.ts'), folder, String(SIZE_MB));
    await until(() => lines.includes(`large ${step}`) || ended(child), 60_000);
    while (!(await isUnderWay(folder))) {
      if (ended(child)) throw new Error(`too late: ${lines.join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await kill(child);
    for (const device of ['1', '2'])
      for (const name of await namesIn(join(folder, device, 'blobs')))
        if (!name.includes('.'))
          expect(await sha256Of(join(folder, device, 'blobs', name)), 'whole names are of whole files').toBe(name);
    return folder;
  }
  const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);
  const sha256Of = async (path: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  /** Bytes in the file of this ending, once it is larger than the small file that went before. */
  const grows = (inside: string, ending: string) => async (folder: string) => {
    for (const name of await namesIn(join(folder, inside)))
      if (name.endsWith(ending)) {
        const entry = await stat(join(folder, inside, name)).catch(() => null); // it may have got its name by now
        if (entry && entry.size > 5 * MB) return true;
      }
    return false;
  };
  const largeIn = async (path: string): Promise<string> => {
    for (const name of await namesIn(path))
      if (!name.includes('.') && (await stat(join(path, name))).size > 5 * MB) return name;
    throw new Error('no large file');
  };
  const open = async (folder: string, number: number, wanted: string[]) => {
    const ciphers = await loadCiphers();
    const store = await openFileBlobStore(join(folder, 'relay'));
    const line = new BlobLine(ciphers, { store: () => store, device: number });
    const device = await openDevice(ciphers, () => line.blobs, number, wanted, join(folder, String(number)));
    return { device, store };
  };

  it('while it is sealed: nothing of it stays', async () => {
    const folder = await killedAt('seal', grows('1/blobs', '.part'));
    const { device } = await open(folder, 1, []);
    await device.transfers.ready();
    expect((await namesIn(device.blobsPath)).filter((name) => name.includes('.'))).toEqual([]);
    expect((await device.transfers.files()).files).toEqual([]);
    await device.close();
  }, 120_000);

  it('[SY27a] while it is sent: goes on by itself where the relay is', async () => {
    const folder = await killedAt('upload', grows('relay/incoming', ''));
    const blobId = await largeIn(join(folder, '1', 'blobs'));
    const { device, store } = await open(folder, 1, [blobId]);
    await settled(device, (state) => state?.atRelay === true && !state.toSend);
    expect(await store.sizeOf(TEST_ROOM, blobId)).toBe((await stat(join(device.blobsPath, blobId))).size);
    expect(device.movedBytes).toBeLessThan((SIZE_MB - 4) * MB);
    await device.close();
  }, 120_000);

  it('[SY27a] while it comes: goes on by itself where the file here ends', async () => {
    const folder = await killedAt('download', grows('2/blobs', '.partial'));
    const blobId = await largeIn(join(folder, '1', 'blobs'));
    const { device } = await open(folder, 2, [blobId]);
    expect(await namesIn(device.blobsPath)).not.toContain(blobId);
    await settled(device, (state) => state?.here === true);
    expect(await sha256Of(join(device.blobsPath, blobId))).toBe(blobId);
    expect(device.movedBytes).toBeLessThan((SIZE_MB - 4) * MB);
    await device.close();
  }, 120_000);
});
