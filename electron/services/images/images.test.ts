import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { readWantedFiles } from '../exhibits/readWantedFiles.ts';
import { openTestDevice } from '../exhibits/testDevice.ts';
import type { SharedDoc } from '../replica/documents.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { readFiledImages } from './readFiledImages.ts';
import { sealImage } from './sealImage.ts';

const temporary = temporaryFolders();
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});

const SECRET = 'Long -89.2182 Ana Cecilia';
const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([word(data.length), body, word(crc32(body))]);
}
function png(side: number): Buffer {
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.concat([word(side), word(side), Buffer.from([8, 0, 0, 0, 0])])),
    chunk('tEXt', Buffer.from(`Comment\0${SECRET}`)),
    chunk('IDAT', deflateSync(Buffer.alloc(side * (side + 1)))),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(SECRET),
  ]);
}

async function openDevice() {
  const folder = await temporary();
  return openTestDevice({ ciphers, folder, number: 1, room: () => null, wanted: [] });
}
const filed = (record: object) => ({
  body: { root: { type: 'root', children: [{ type: 'block', children: [{ type: 'image', imageId: 'a' }] }] } },
  records: { images: [{ id: 'a', ...record }] },
});

describe('images of the text', () => {
  it('[DO82] are sealed without what does not draw them, to be sent like the file of an exhibit', async () => {
    const device = await openDevice();
    const sealed = await sealImage(device.files, png(8));
    if (!sealed.ok) throw new Error(sealed.error.code);
    const { blobId, sizeBytes } = sealed.value;
    expect(sealed.value).toMatchObject({ mime: 'image/png', widthPx: 8, heightPx: 8 });
    expect((await readFile(join(device.blobsPath, blobId))).includes('Ana')).toBe(false);
    const read = await device.files.readCopy(sealed.value, 10_000_000);
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value).toHaveLength(sizeBytes);
    expect(Buffer.from(read.value).includes('Ana')).toBe(false);
    const doc = new Y.Doc();
    doc.clientID = 65_536 * 3;
    doc.getMap('images').set('aaaaaaaaaaaaaaaa/blobId', blobId);
    expect(readWantedFiles(doc as unknown as SharedDoc)).toEqual([{ blobId, addedBy: 3 }]);
    await device.close();
  });

  it('leave nothing when they are refused', async () => {
    const device = await openDevice();
    expect(await sealImage(device.files, Buffer.from('GIF89a'))).toMatchObject({ error: { code: 'image-kind' } });
    expect(await sealImage(device.files, png(2_601))).toMatchObject({ error: { code: 'image-too-large' } });
    expect((await device.transfers.files()).files).toEqual([]);
    await device.close();
  });

  it('[FI111] are all there for a filing, or there is none', async () => {
    const device = await openDevice();
    const sealed = await sealImage(device.files, png(8));
    if (!sealed.ok) throw new Error(sealed.error.code);
    const { sha256, blobId } = sealed.value;
    const read = await readFiledImages(device.files, filed(sealed.value));
    expect(read.ok && [...read.value.keys()]).toEqual([sha256]);
    const refused = { ok: false, error: { code: 'filing-without-image', params: { count: 1 } } };
    expect(await readFiledImages(device.files, filed({ ...sealed.value, blobId: '0'.repeat(64) }))).toEqual(refused);
    await writeFile(join(device.blobsPath, blobId), 'damaged');
    expect(await readFiledImages(device.files, filed(sealed.value))).toEqual(refused);
    await device.close();
  });

  it('[DO83] from a partner are filed only as their record says', async () => {
    const device = await openDevice();
    // What another program might have sealed: not clean, or no image at all.
    for (const bytes of [png(8), Buffer.from('<svg/>')]) {
      const copy = await device.files.sealCopy(bytes);
      const record = { ...copy, mime: 'image/png', widthPx: 8, heightPx: 8 };
      expect(await readFiledImages(device.files, filed(record))).toMatchObject({ ok: false });
    }
    await device.close();
  });

  it('a snapshot of any shape is read without a fault, and no path comes out of it', async () => {
    const device = await openDevice();
    for (const input of [null, 3, [], {}, { records: { images: 'x' } }, { body: { root: { children: [null, 3] } } }])
      expect(await readFiledImages(device.files, input)).toEqual({ ok: true, value: new Map() });
    const sealed = await sealImage(device.files, png(8));
    const outside = filed({ ...(sealed.ok ? sealed.value : {}), blobId: '../../db/CURRENT' });
    expect(await readFiledImages(device.files, outside)).toEqual({ ok: true, value: new Map() });
    await device.close();
  });
});
