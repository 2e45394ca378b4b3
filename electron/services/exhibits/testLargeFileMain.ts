// For tests: a program of its own that takes one large file through everything, and says how far its memory grew.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openFileBlobStore } from '../../../relay/FileBlobStore.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { BlobLine, TEST_ROOM } from './testBlobLine.ts';
import { openTestDevice, type TestDevice } from './testDevice.ts';

const MB = 1024 * 1024;
const [folder = '', sizeMb = '200'] = process.argv.slice(2);
const ciphers = await loadCiphers();

let highest = 0;
let before = 0;
const grown: Record<string, number> = {};
const sample = (): void => {
  highest = Math.max(highest, process.memoryUsage.rss());
};
setInterval(sample, 2).unref();
async function measured<T>(step: string, run: () => Promise<T>): Promise<T> {
  highest = 0;
  sample();
  const startMs = performance.now();
  process.stdout.write(`${before > 0 ? 'large' : 'small'} ${step}\n`);
  const result = await run();
  sample();
  grown[step] = Math.round((highest - before) / MB);
  grown[`${step}Ms`] = Math.round(performance.now() - startMs);
  return result;
}

async function madeFile(name: string, sizeBytes: number): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, 'w');
  for (let at = 0; at < sizeBytes; at += MB) {
    const step = randomBytes(Math.min(MB, sizeBytes - at));
    if (at === 0) step.set(new TextEncoder().encode('%PDF-1.7\n'));
    await file.writeFile(step);
  }
  await file.close();
  return path;
}
async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 10));
}

const relay = await openFileBlobStore(join(folder, 'relay'));
const wanted: string[] = [];
function openDevice(number: number): Promise<TestDevice> {
  const line = new BlobLine(ciphers, { store: () => relay, device: number });
  return openTestDevice({ ciphers, folder: join(folder, String(number)), number, room: () => line, wanted });
}
const one = await openDevice(1);
const two = await openDevice(2);

async function takeThrough(path: string): Promise<void> {
  const staged = (await one.files.staging.stage([path])).staged[0];
  const staging = { kind: 'staged' as const, stagingId: staged?.stagingId ?? '' };
  await measured('inspect', () => one.files.openFile(staging));
  const request = { complaintId: '', stagingId: staging.stagingId, pageCount: 1, thumbnail: '', replaced: false };
  const sealed = await measured('seal', () => one.files.sealAnonymized({ ...request, mime: 'application/pdf' }));
  if (!sealed.ok) throw new Error(sealed.error.code);
  const { blobId, blobKey, sha256, sizeBytes } = sealed.value;
  await measured('upload', () => until(async () => (await relay.sizeOf(TEST_ROOM, blobId)) !== null));
  wanted.push(blobId);
  const source = { kind: 'copy' as const, blobId, blobKey, sha256 };
  two.transfers.poke();
  await measured('download', () =>
    until(async () => (await two.transfers.files()).files.some((file) => file.blobId === blobId && file.here)),
  );
  await measured('open', () => two.files.openFile(source));
  const hash = createHash('sha256');
  await measured('read', async () => {
    for (let at = 0; at < sizeBytes; at += MB) {
      const part = await two.files.readPart(source, at, MB);
      if (!part.ok) throw new Error(part.error.code);
      hash.update(part.value);
    }
  });
  if (hash.digest('hex') !== sha256) throw new Error('other bytes');
  const again = (await two.files.staging.stage([path])).staged[0];
  const kept = await measured('keepOriginal', () =>
    two.files.keepOriginal({ complaintId: '', stagingId: again?.stagingId ?? '', pageCount: 1, thumbnail: '' }),
  );
  if (!kept.ok) throw new Error(kept.error.code);
  await measured('openOriginal', () => two.files.openFile({ kind: 'original', originalId: kept.value.id }));
}

// A small file first: what code and ciphers take by themselves is no growth.
await takeThrough(await madeFile('small.pdf', 3 * MB));
const large = await madeFile('large.pdf', Number(sizeMb) * MB);
(globalThis as { gc?: () => void }).gc?.();
before = process.memoryUsage.rss();
await takeThrough(large);
process.stdout.write(`${JSON.stringify({ baseMb: Math.round(before / MB), grown })}\n`);
process.exit(0);
