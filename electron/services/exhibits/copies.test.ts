import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { base64url } from '../../../shared/crypto/baseEncoding.ts';
import { parseBlobLayout, sealedRange } from '../../../shared/crypto/blobLayout.ts';
import { hex, join as joinBytes, utf8 } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { pad } from '../../../shared/crypto/padding.ts';
import { sealBytes } from '../../../shared/crypto/sealing.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { CopyFile } from './CopyFile.ts';
import { CopyReader } from './CopyReader.ts';
import { CopyWriter, type SealedCopy } from './CopyWriter.ts';

const temporary = temporaryFolders();
const CHUNK = 256 * 1024;
let plain: Ciphers;
/** Chunks opened so far. */
let opened = 0;
let ciphers: Ciphers;
beforeAll(async () => {
  plain = await loadCiphers();
  ciphers = {
    ...plain,
    decrypt: (...given) => {
      opened += 1;
      return plain.decrypt(...given);
    },
  };
});

/** Sealed in pieces of a size that meets no border. */
async function sealed(folder: string, bytes: Uint8Array, chunkBytes?: number): Promise<SealedCopy> {
  const writer = await CopyWriter.create(folder, ciphers, bytes.length, chunkBytes);
  for (let at = 0; at < bytes.length; at += 99_991) await writer.write(bytes.subarray(at, at + 99_991));
  await (await writer.check()).close();
  const copy = await writer.keep(async () => undefined);
  await writer.discard();
  return copy;
}
const DAMAGED = fail({ code: 'blob-damaged' });

describe('An anonymized copy on disk', () => {
  it('[CR15] comes back whole, whatever the pieces and the chunks', async () => {
    const folder = await temporary();
    for (const length of [0, 1, 8_184, 100_000, CHUNK - 8, CHUNK - 7, 3 * CHUNK]) {
      for (const chunkBytes of length > 100_000 ? [undefined] : [undefined, 1_024]) {
        const bytes = randomBytes(length);
        const copy = await sealed(folder, bytes, chunkBytes);
        const file = await CopyFile.open(join(folder, copy.blobId), ciphers, copy.blobId, copy.blobKey, { chunkBytes });
        if (!file?.ok) throw new Error(`${length}`);
        expect(file.value.sizeBytes).toBe(length);
        expect(await file.value.isWhole(copy.sha256)).toBe(true);
        expect(Buffer.compare((await file.value.read(0, length + 5)) as Uint8Array, bytes)).toBe(0);
        await file.value.close();
      }
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('[CR17] is looked through once, and a part of it is then read from its own chunks alone', async () => {
    const folder = await temporary();
    const bytes = randomBytes(20 * CHUNK + 1_234);
    const copy = await sealed(folder, bytes);
    const reader = new CopyReader(folder, ciphers);
    expect(await reader.open(copy)).toEqual(ok(bytes.length));
    for (const [offset, length, chunks] of [
      [0, 10, 1],
      [5 * CHUNK, CHUNK, 1],
      [5 * CHUNK - 1, 2, 2],
      [7 * CHUNK + 1, 2 * CHUNK, 3],
      [bytes.length - 10, 100, 1],
      [bytes.length, 10, 0],
    ] as const) {
      opened = 0;
      const part = await reader.read(copy, offset, length);
      expect(part?.ok && Buffer.compare(part.value, bytes.subarray(offset, offset + length))).toBe(0);
      expect(opened).toBe(chunks);
    }
    expect(await reader.open({ ...copy, sha256: 'f'.repeat(64) })).toEqual(DAMAGED);
    expect(await reader.open({ ...copy, blobKey: base64url(randomBytes(32)) })).toEqual(DAMAGED);
    expect(await reader.read({ ...copy, blobId: 'f'.repeat(64) }, 0, 1)).toBe(null);
  });

  it('[CR16] any byte changed on disk, seeded over a large file: never shown, and good again when it is whole again', async () => {
    const folder = await temporary();
    const bytes = randomBytes(6 * CHUNK);
    const copy = await sealed(folder, bytes);
    const path = join(folder, copy.blobId);
    const whole = await readFile(path);
    const layout = parseBlobLayout(whole.length);
    const borders = Array.from({ length: layout?.chunkCount ?? 0 }, (_, index) =>
      layout ? sealedRange(layout, index).offset : 0,
    );
    let state = 11;
    const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
    const places = [0, 1, 24, 25, ...borders, ...borders.map((at) => at - 1), whole.length - 1];
    while (places.length < 60) places.push(next() % whole.length);
    const reader = new CopyReader(folder, ciphers);
    for (const at of places) {
      const handle = await open(path, 'r+');
      await handle.write(Uint8Array.of((whole[at] as number) ^ (1 << (at & 7))), 0, 1, at);
      await handle.close();
      expect(await reader.open(copy)).toEqual(DAMAGED);
      expect(await reader.read(copy, 0, 1)).toEqual(DAMAGED);
      const repair = await open(path, 'r+');
      await repair.write(whole, at, 1, at);
      await repair.close();
    }
    expect(await reader.open(copy)).toEqual(ok(bytes.length));
  });

  it('[CR16] cut at every border between chunks, and beside it: refused', async () => {
    const folder = await temporary();
    const bytes = randomBytes(4 * CHUNK + 50_000);
    const copy = await sealed(folder, bytes);
    const path = join(folder, copy.blobId);
    const whole = await readFile(path);
    const layout = parseBlobLayout(whole.length);
    if (!layout) throw new Error('layout');
    for (let index = layout.chunkCount - 1; index >= 0; index -= 1)
      for (const beside of [1, 0, -1]) {
        await truncate(path, sealedRange(layout, index).offset + beside);
        expect(await new CopyReader(folder, ciphers).open(copy)).toEqual(DAMAGED);
      }
    await writeFile(path, Buffer.concat([whole, whole.subarray(25, 25 + CHUNK + 16)]));
    expect(await new CopyReader(folder, ciphers).open(copy)).toEqual(DAMAGED);
  });

  it('[CR17] damage that comes while it is read is met at the chunk it is in', async () => {
    const folder = await temporary();
    const bytes = randomBytes(4 * CHUNK);
    const copy = await sealed(folder, bytes);
    const path = join(folder, copy.blobId);
    const file = await CopyFile.open(path, ciphers, copy.blobId, copy.blobKey);
    if (!file?.ok) throw new Error('not here');
    const handle = await open(path, 'r+');
    await handle.write(new Uint8Array(10), 0, 10, 25 + CHUNK + 16 + 100);
    await handle.close();
    expect(await file.value.read(CHUNK, 10)).toBe(null);
    expect(await file.value.read(0, 2 * CHUNK)).toBe(null);
    expect(
      Buffer.compare((await file.value.read(2 * CHUNK, CHUNK)) as Uint8Array, bytes.subarray(2 * CHUNK, 3 * CHUNK)),
    ).toBe(0);
    expect(await file.value.isWhole(copy.sha256)).toBe(false);
    await file.value.close();
  });

  it('[CR12] one of format 1 still opens, is opened once for many parts, and is refused when damaged', async () => {
    const folder = await temporary();
    const bytes = randomBytes(300_000);
    const key = randomBytes(32);
    const old = joinBytes(Uint8Array.of(1), sealBytes(plain, key, pad(bytes, 37 * 8_192), utf8('alegato-blob-1')));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const copy = { blobId: hex(plain.sha256(old)), blobKey: base64url(key), sha256 };
    await writeFile(join(folder, copy.blobId), old);
    const reader = new CopyReader(folder, ciphers);
    opened = 0;
    expect(await reader.open(copy)).toEqual(ok(bytes.length));
    for (const at of [0, 150_000, 299_990]) {
      const part = await reader.read(copy, at, 20);
      expect(part?.ok && Buffer.compare(part.value, bytes.subarray(at, at + 20))).toBe(0);
    }
    expect(opened).toBe(1);
    for (const at of [0, 1, 30, 200_000, old.length - 1]) {
      const flipped = old.slice();
      flipped[at] = (flipped[at] as number) ^ 8;
      await writeFile(join(folder, copy.blobId), flipped);
      expect(await reader.open(copy)).toEqual(DAMAGED);
    }
  });

  it('[CR18] what was not written to its end, or is not kept, never has the name under which it is read', async () => {
    const folder = join(await temporary(), 'blobs');
    await mkdir(folder);
    const bytes = randomBytes(2 * CHUNK);
    const writer = await CopyWriter.create(folder, ciphers, bytes.length);
    await writer.write(bytes.subarray(0, CHUNK + 5));
    await expect(writer.check()).rejects.toThrow('unfinished');
    await expect(writer.keep(async () => undefined)).rejects.toThrow('unchecked');
    await expect(writer.write(bytes)).rejects.toThrow(RangeError);
    expect((await readdir(folder)).map((name) => name.slice(-5))).toEqual(['.part']);
    await writer.discard();
    expect(await readdir(folder)).toEqual([]);

    const changed = await CopyWriter.create(folder, ciphers, bytes.length);
    await changed.write(bytes);
    const [name = ''] = await readdir(folder);
    const handle = await open(join(folder, name), 'r+');
    await handle.write(new Uint8Array(1), 0, 1, 5_000);
    await handle.close();
    await expect(changed.check()).rejects.toThrow('does not read back');
    await changed.discard();

    const refused = await CopyWriter.create(folder, ciphers, bytes.length);
    await refused.write(bytes);
    await (await refused.check()).close();
    await expect(refused.keep(() => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    await refused.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is the same file under another name: what counts is its content', async () => {
    const folder = await temporary();
    const [first, second] = [await sealed(folder, randomBytes(50_000)), await sealed(folder, randomBytes(50_000))];
    const reader = new CopyReader(folder, ciphers);
    expect((await reader.open(first))?.ok).toBe(true);
    await rename(join(folder, second.blobId), join(folder, first.blobId));
    expect(await reader.open(first)).toEqual(DAMAGED);
    expect(await reader.read(first, 0, 10)).toEqual(DAMAGED);
  });
});
