import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { sealBlob } from '../../../shared/crypto/blob.ts';
import { MemoryBlobSink, memoryBlobSource } from '../sync/MemoryBlob.ts';
import { closeEverything, createPeer, createTestRoom, until } from '../sync/testRoom.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';

const temporary = temporaryFolders();
let relay: ChildProcess | null = null;
afterEach(async () => {
  await closeEverything();
  if (relay) await kill(relay);
});

const LISTENING = /listening on ws:\/\/127\.0\.0\.1:(\d+)/;

/** The relay as it is started by a volunteer: a process of its own. */
async function startProcess(dataDir: string, port: number): Promise<{ child: ChildProcess; port: number }> {
  const entry = new URL('../../../relay/index.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', entry, '--port', String(port), '--data', dataDir]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  relay = child;
  const deadline = performance.now() + 20_000;
  for (;;) {
    const found = LISTENING.exec(said);
    if (found) return { child, port: Number(found[1]) };
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`the relay did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

it('[SY27a] kill -9 of the relay in the middle: uploads and downloads go on, and almost nothing crosses twice', async () => {
  const dataDir = await temporary();
  let { child, port } = await startProcess(dataDir, 0);
  const room = await createTestRoom({ url: `ws://127.0.0.1:${port}` });
  const one = await createPeer(room, 1);
  one.session.connect();
  await until(() => one.session.status.relay === 'online', 20_000);
  const bytes = new Uint8Array(randomBytes(12 * 1024 * 1024));
  const { sealed, blobId } = sealBlob(room.ciphers, bytes);
  const kills = [0.2, 0.5, 0.8];

  const killedAt = async (run: (onProgress: (moved: number, total: number) => void) => Promise<unknown>) => {
    const left = [...kills];
    let furthest = 0;
    let movedBytes = 0;
    let before = 0;
    let restarting: Promise<void> | null = null;
    const done = run((moved, total) => {
      if (moved > before) movedBytes += moved - before;
      before = moved;
      furthest = Math.max(furthest, moved);
      if (restarting || left.length === 0 || moved / total < (left[0] as number)) return;
      left.shift();
      restarting = (async () => {
        await kill(child);
        ({ child } = await startProcess(dataDir, port));
        restarting = null;
      })();
    });
    const outcome = await done;
    if (restarting) await restarting;
    expect(left).toEqual([]);
    // Between two places where it went on lies at most the chunk that was under way.
    expect(movedBytes).toBeLessThanOrEqual(sealed.length + kills.length * 256 * 1024);
    return outcome;
  };

  expect(
    await killedAt((onProgress) => one.session.blobs.send(memoryBlobSource(blobId, sealed), { onProgress })),
  ).toEqual({ ok: true, value: null });
  const sink = new MemoryBlobSink();
  expect(await killedAt((onProgress) => one.session.blobs.fetchInto(blobId, sink, { onProgress }))).toEqual({
    ok: true,
    value: null,
  });
  expect(createHash('sha256').update(sink.bytes).digest('hex')).toBe(blobId);
}, 180_000);
