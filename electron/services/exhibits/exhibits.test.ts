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
    expect(await inspectFile(huge)).toEqual(fail({ code: 'exhibit-too-large' }));
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
const REQUEST = {
  complaintId: COMPLAINT,
  pageCount: 1,
  thumbnail: '',
  replaced: false,
  mime: 'application/pdf' as 'application/pdf' | 'image/png',
};

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
    const source = { kind: 'original' as const, originalId: kept.value.id };
    expect(await files.openFile(source)).toEqual(ok({ sizeBytes: bytes.length, sha256: kept.value.sha256 }));
    const chunk = 1024 * 1024;
    for (const [offset, length] of [
      [0, 1_000],
      [chunk - 1, 2],
      [chunk, chunk],
      [bytes.length - 5, 100],
      [bytes.length, 1],
    ] as const) {
      const part = await files.readPart(source, offset, length);
      expect(part.ok && Buffer.compare(part.value, bytes.subarray(offset, offset + length))).toBe(0);
    }
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
      expect(await files.openFile({ kind: 'original', originalId: kept.value.id })).toEqual(
        fail({ code: 'blob-damaged' }),
      );
    }
    expect(await files.openFile({ kind: 'original', originalId: 'b'.repeat(16) })).toEqual(
      fail({ code: 'blob-not-here' }),
    );
    await transfers.close();
    await store.close();
  });

  it('seals an anonymized copy that opens with both hashes, and refuses one of another kind', async () => {
    const { files, folder, store, transfers } = await makeFiles();
    const staged = (await files.staging.stage([await made(PDF, 'x.pdf')])).staged[0];
    const request = { ...REQUEST, stagingId: staged?.stagingId ?? '' };
    expect(await files.sealAnonymized({ ...request, mime: 'image/png' })).toEqual(fail({ code: 'file-type-unknown' }));
    expect(await readdir(join(folder, 'blobs'))).toEqual([]);
    const sealed = await files.sealAnonymized(request);
    if (!sealed.ok) throw new Error(sealed.error.code);
    expect(sealed.value.sizeBytes).toBe(PDF.length);
    const onDisk = await readFile(join(folder, 'blobs', sealed.value.blobId));
    expect(createHash('sha256').update(onDisk).digest('hex')).toBe(sealed.value.blobId);
    expect(onDisk.includes('%PDF')).toBe(false);
    const { blobId, blobKey, sha256 } = sealed.value;
    const source = { kind: 'copy' as const, blobId, blobKey, sha256 };
    expect(await files.openFile(source)).toEqual(ok({ sizeBytes: PDF.length, sha256 }));
    expect(await files.readPart(source, 0, 1_000)).toEqual(ok(PDF));
    const other = { ...source, sha256: 'f'.repeat(64) };
    expect(await files.openFile(other)).toEqual(fail({ code: 'blob-damaged' }));
    expect(await files.readPart(other, 0, 10)).toEqual(fail({ code: 'blob-damaged' }));
    await transfers.close();
    await store.close();
  });

  it('refuses a file that is not the one whose pages were looked at any more', async () => {
    const { files, folder, store, transfers } = await makeFiles();
    const path = await made(PDF, 'x.pdf');
    const staged = (await files.staging.stage([path])).staged[0];
    const source = { kind: 'staged' as const, stagingId: staged?.stagingId ?? '' };
    const request = { ...REQUEST, stagingId: source.stagingId };
    expect(await files.openFile(source)).toMatchObject({ ok: true, value: { sizeBytes: PDF.length } });
    expect(await files.readPart(source, 1, 3)).toEqual(ok(PDF.slice(1, 4)));
    const changed = PDF.slice();
    changed[PDF.length - 1] = 1;
    for (const bytes of [changed, PDF.subarray(1), new Uint8Array([...PDF, 0])]) {
      await writeFile(path, bytes);
      expect(await files.sealAnonymized(request)).toEqual(fail({ code: 'file-unreadable' }));
    }
    expect(await readdir(join(folder, 'blobs')).catch(() => [])).toEqual([]);
    await writeFile(path, PDF);
    expect((await files.sealAnonymized(request)).ok).toBe(true);
    await transfers.close();
    await store.close();
  });

  it('takes what replaces an image in parts, sealed as they come, and nothing out of order', async () => {
    const { files, folder, store, transfers } = await makeFiles();
    const image = new Uint8Array(700_000).fill(9);
    image.set(png(640, 480));
    const staged = (await files.staging.stage([await made(png(10, 10), 'x.png')])).staged[0];
    const stagingId = staged?.stagingId ?? '';
    const put = (offset: number, bytes: Uint8Array, sizeBytes = image.length) =>
      files.putPart({ complaintId: COMPLAINT, stagingId, sizeBytes, offset, bytes: bytes as Uint8Array<ArrayBuffer> });
    const request = { ...REQUEST, stagingId, mime: 'image/png' as const, replaced: true };
    const refused = fail({ code: 'payload-refused' });
    expect(await files.sealAnonymized(request)).toEqual(refused);
    expect(await put(5, image)).toEqual(refused);
    expect(await put(0, image, 513 * 1024 * 1024)).toEqual(fail({ code: 'exhibit-too-large' }));
    expect(await put(0, image.subarray(0, 1_000))).toEqual(ok(undefined));
    expect(await put(0, image.subarray(0, 300_000))).toEqual(ok(undefined));
    expect(await put(299_999, image.subarray(299_999))).toEqual(refused);
    expect(await put(300_000, new Uint8Array(400_001))).toEqual(refused);
    expect(await files.sealAnonymized(request)).toEqual(refused);
    // one temporary file, and nothing readable in it
    expect((await readdir(join(folder, 'blobs'))).map((name) => name.slice(-5))).toEqual(['.part']);
    expect(await put(300_000, image.subarray(300_000))).toEqual(ok(undefined));
    const sealed = await files.sealAnonymized(request);
    if (!sealed.ok) throw new Error(sealed.error.code);
    expect(sealed.value).toMatchObject({
      sizeBytes: image.length,
      sha256: createHash('sha256').update(image).digest('hex'),
    });
    expect(await readdir(join(folder, 'blobs'))).toEqual([sealed.value.blobId]);
    const again = (await files.staging.stage([await made(png(10, 10), 'y.png')])).staged[0];
    await files.putPart({
      complaintId: COMPLAINT,
      stagingId: again?.stagingId ?? '',
      sizeBytes: 10,
      offset: 0,
      bytes: new Uint8Array(5),
    });
    await files.discardStaged(again?.stagingId ?? '');
    expect(await readdir(join(folder, 'blobs'))).toEqual([sealed.value.blobId]);
    await files.close();
    await transfers.close();
    await store.close();
  });
});
