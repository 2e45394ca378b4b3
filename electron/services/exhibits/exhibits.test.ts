import { createHash } from 'node:crypto';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { BlobTransfers } from './BlobTransfers.ts';
import { ExhibitFiles } from './ExhibitFiles.ts';
import { inspectFile } from './inspectFile.ts';

const temporary = temporaryFolders();
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});

const PDF = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

function jpeg(width: number, height: number, applicationBytes: number): Uint8Array {
  const segment = new Uint8Array(applicationBytes + 4);
  segment.set([0xff, 0xe1, (applicationBytes + 2) >> 8, (applicationBytes + 2) & 255]);
  const frame = [0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return new Uint8Array([0xff, 0xd8, ...segment, 0xff, 0xff, ...frame.slice(1), 0xff, 0xd9]);
}

async function made(bytes: Uint8Array, name = 'file'): Promise<string> {
  const path = join(await temporary(), name);
  await writeFile(path, bytes);
  return path;
}

describe('inspectFile', () => {
  it('knows the three kinds by content, whatever the name says', async () => {
    expect(await inspectFile(await made(PDF, 'photo.png'))).toEqual(
      ok({ mime: 'application/pdf', sizeBytes: PDF.length }),
    );
    expect(await inspectFile(await made(png(640, 480)))).toMatchObject({ ok: true, value: { mime: 'image/png' } });
    expect(await inspectFile(await made(jpeg(640, 480, 60_000)))).toMatchObject({
      ok: true,
      value: { mime: 'image/jpeg' },
    });
  });

  it('refuses an image bomb from its header', async () => {
    expect(await inspectFile(await made(png(60_000, 60_000)))).toMatchObject({
      ok: false,
      error: { code: 'image-too-large', params: { width: 60_000 } },
    });
    expect(await inspectFile(await made(jpeg(65_000, 1_000, 10)))).toMatchObject({
      ok: false,
      error: { code: 'image-too-large' },
    });
    expect(await inspectFile(await made(png(0, 5)))).toMatchObject({ ok: false, error: { code: 'image-broken' } });
    expect(await inspectFile(await made(jpeg(10, 10, 100).subarray(0, 40)))).toMatchObject({
      ok: false,
      error: { code: 'image-broken' },
    });
  });

  it('refuses a 2 GB file without reading it, an empty one, a folder and an unknown kind', async () => {
    const huge = await made(PDF);
    await truncate(huge, 2 * 1024 * 1024 * 1024);
    const before = performance.now();
    expect(await inspectFile(huge)).toEqual(fail({ code: 'file-too-large', params: { limitMb: 512 } }));
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(await inspectFile(await made(new Uint8Array(0)))).toEqual(fail({ code: 'file-empty' }));
    expect(await inspectFile(await temporary())).toEqual(fail({ code: 'file-unreadable' }));
    expect(await inspectFile('/nowhere/at/all')).toEqual(fail({ code: 'file-unreadable' }));
    expect(await inspectFile(await made(new TextEncoder().encode('<html>')))).toEqual(
      fail({ code: 'file-type-unknown' }),
    );
  });
});

interface Fixture {
  files: ExhibitFiles;
  transfers: BlobTransfers;
  store: ComplaintStore;
  folder: string;
}

async function makeFiles(): Promise<Fixture> {
  const folder = await temporary();
  const sealer = new Sealer(ciphers, randomBytes(32));
  const opened = await ComplaintStore.open(join(folder, 'db'), sealer.derive('store'), true);
  if (!opened.ok) throw new Error(opened.error.code);
  const transfers = new BlobTransfers({
    blobsPath: join(folder, 'blobs'),
    store: opened.value,
    deviceNumber: 1,
    room: () => null,
    wanted: () => [],
    organizations: () => new Map(),
    holders: null,
    onTransfer: () => undefined,
    onFiles: () => undefined,
    onNotice: () => undefined,
  });
  const files = new ExhibitFiles({
    originalsPath: join(folder, 'originals'),
    blobsPath: join(folder, 'blobs'),
    store: opened.value,
    sealer,
    ciphers,
    transfers,
  });
  return { files, transfers, store: opened.value, folder };
}

const COMPLAINT = 'a'.repeat(16);

describe('ExhibitFiles', () => {
  it('keeps an original of several chunks sealed, and gives back the same bytes', async () => {
    const { files, folder, store, transfers } = await makeFiles();
    const bytes = new Uint8Array(2_500_000);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = (i * 31) & 255;
    bytes.set(PDF);
    const staged = (await files.staging.stage([await made(bytes, 'Carta de Mauricio.pdf')])).staged[0];
    const kept = await files.keepOriginal({
      complaintId: COMPLAINT,
      stagingId: staged?.stagingId ?? '',
      pageCount: 3,
      thumbnail: '',
    });
    if (!kept.ok) throw new Error(kept.error.code);
    expect(kept.value).toMatchObject({
      fileName: 'Carta de Mauricio.pdf',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      pageCount: 3,
    });
    const onDisk = await readFile(join(folder, 'originals', kept.value.id));
    expect(onDisk.includes('%PDF')).toBe(false);
    const read = await files.readOriginal(kept.value.id);
    expect(read.ok && Buffer.from(read.value.bytes).equals(Buffer.from(bytes))).toBe(true);
    expect(await files.originals()).toHaveLength(1);
    expect(files.staging.find(staged?.stagingId ?? '')).toBeNull();
    await transfers.close();
    await store.close();
  });

  it('tells a cut, a swapped and a flipped original from a whole one', async () => {
    const { files, folder, store, transfers } = await makeFiles();
    const bytes = new Uint8Array(2_200_000).fill(7);
    bytes.set(PDF);
    const staged = (await files.staging.stage([await made(bytes)])).staged[0];
    const kept = await files.keepOriginal({
      complaintId: COMPLAINT,
      stagingId: staged?.stagingId ?? '',
      pageCount: 1,
      thumbnail: '',
    });
    if (!kept.ok) throw new Error(kept.error.code);
    const path = join(folder, 'originals', kept.value.id);
    const whole = await readFile(path);
    const chunk = 1024 * 1024 + 40;
    for (const damaged of [
      whole.subarray(0, 2 * chunk),
      Buffer.concat([whole.subarray(chunk, 2 * chunk), whole.subarray(0, chunk), whole.subarray(2 * chunk)]),
      Buffer.concat([whole.subarray(0, 100), Buffer.from([(whole[100] as number) ^ 1]), whole.subarray(101)]),
    ]) {
      await writeFile(path, damaged);
      expect(await files.readOriginal(kept.value.id)).toEqual(fail({ code: 'blob-damaged' }));
    }
    expect(await files.readOriginal('b'.repeat(16))).toEqual(fail({ code: 'blob-not-here' }));
    await transfers.close();
    await store.close();
  });

  it('seals an anonymized copy that opens with both hashes, and refuses one over 16 MB or of another kind', async () => {
    const { files, folder, store, transfers } = await makeFiles();
    const staged = (await files.staging.stage([await made(PDF, 'x.pdf')])).staged[0];
    const request = {
      complaintId: COMPLAINT,
      stagingId: staged?.stagingId ?? '',
      pageCount: 1,
      thumbnail: '',
      mime: 'application/pdf' as const,
    };
    expect(await files.sealAnonymized({ ...request, bytes: png(2, 2) as Uint8Array<ArrayBuffer> })).toEqual(
      fail({ code: 'file-type-unknown' }),
    );
    const large = new Uint8Array(16 * 1024 * 1024 + 1);
    large.set(PDF);
    expect(await files.sealAnonymized({ ...request, bytes: large })).toMatchObject({
      ok: false,
      error: { code: 'file-too-large', params: { limitMb: 16 } },
    });
    expect(await readdir(folder)).not.toContain('blobs');
    const sealed = await files.sealAnonymized(request);
    if (!sealed.ok) throw new Error(sealed.error.code);
    const onDisk = await readFile(join(folder, 'blobs', sealed.value.blobId));
    expect(createHash('sha256').update(onDisk).digest('hex')).toBe(sealed.value.blobId);
    expect(onDisk.includes('%PDF')).toBe(false);
    const { blobId, blobKey, sha256 } = sealed.value;
    expect(await files.read({ complaintId: COMPLAINT, blobId, blobKey, sha256 })).toEqual(ok(PDF));
    expect(await files.read({ complaintId: COMPLAINT, blobId, blobKey, sha256: 'f'.repeat(64) })).toEqual(
      fail({ code: 'blob-damaged' }),
    );
    await transfers.close();
    await store.close();
  });
});
