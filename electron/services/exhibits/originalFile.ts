import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { syncFolder } from '../storage/atomicWrite.ts';
import type { Sealer } from '../storage/Sealer.ts';
import { readFully } from './readFully.ts';

const CHUNK_BYTES = 1024 * 1024;
const SEAL_BYTES = 40;

const chunkContext = (id: string, index: number, last: boolean): string =>
  `original/${id}/${index}/${last ? 'last' : 'more'}`;

/**
 * Seals a file in chunks of 1 MB, never holding more than one in memory; place and end of each chunk are part of its
 * seal, so that nothing can be cut off or moved. Gives the SHA-256 of the plain file, read back from the sealed one.
 * 'file-unreadable': the source changed size or vanished while it was read.
 */
export async function sealOriginal(
  source: string,
  target: string,
  id: string,
  sealer: Sealer,
  sizeBytes: number,
): Promise<Result<{ sha256: string }, { code: 'file-unreadable' }>> {
  const temporary = `${target}.part`;
  const hash = createHash('sha256');
  let input: FileHandle;
  try {
    input = await open(source, 'r');
  } catch {
    return fail({ code: 'file-unreadable' });
  }
  try {
    const output = await open(temporary, 'w', 0o600);
    try {
      for (let offset = 0, index = 0; offset < sizeBytes; index += 1) {
        const wanted = Math.min(CHUNK_BYTES, sizeBytes - offset);
        const chunk = await readFully(input, offset, wanted);
        if (chunk.length !== wanted) return await abandoned(temporary);
        offset += wanted;
        hash.update(chunk);
        await output.writeFile(sealer.seal(chunk, chunkContext(id, index, offset === sizeBytes)));
      }
      await output.sync();
    } finally {
      await output.close();
    }
    const sha256 = hash.digest('hex');
    const readBack = createHash('sha256');
    for await (const chunk of openOriginal(temporary, id, sealer, sizeBytes)) {
      if (!chunk) throw new Error('sealed original does not read back');
      readBack.update(chunk);
    }
    if (readBack.digest('hex') !== sha256) throw new Error('sealed original reads back differently');
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return ok({ sha256 });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await input.close();
  }
}

/** The plain chunks in order; a null ends it when the file is damaged or cut off. */
export async function* openOriginal(
  path: string,
  id: string,
  sealer: Sealer,
  sizeBytes: number,
): AsyncGenerator<Uint8Array | null> {
  const file = await open(path, 'r');
  try {
    let position = 0;
    for (let offset = 0, index = 0; offset < sizeBytes; index += 1) {
      const plainBytes = Math.min(CHUNK_BYTES, sizeBytes - offset);
      const sealed = await readFully(file, position, plainBytes + SEAL_BYTES);
      position += sealed.length;
      offset += plainBytes;
      const chunk = sealer.open(sealed, chunkContext(id, index, offset === sizeBytes));
      if (!chunk || chunk.length !== plainBytes) {
        yield null;
        return;
      }
      yield chunk;
    }
  } finally {
    await file.close();
  }
}

/** A part of the plain file, opened from the chunks that hold it; fewer bytes at its end, null when it is damaged. */
export async function readOriginalPart(
  path: string,
  id: string,
  sealer: Sealer,
  sizeBytes: number,
  part: { offset: number; length: number },
): Promise<Uint8Array | null> {
  const file = await open(path, 'r');
  try {
    const end = Math.min(part.offset + part.length, sizeBytes);
    const bytes = new Uint8Array(Math.max(0, end - part.offset));
    for (let index = Math.floor(part.offset / CHUNK_BYTES); index * CHUNK_BYTES < end; index += 1) {
      const start = index * CHUNK_BYTES;
      const plainBytes = Math.min(CHUNK_BYTES, sizeBytes - start);
      const sealed = await readFully(file, index * (CHUNK_BYTES + SEAL_BYTES), plainBytes + SEAL_BYTES);
      const chunk = sealer.open(sealed, chunkContext(id, index, start + plainBytes === sizeBytes));
      if (chunk?.length !== plainBytes) return null;
      const from = Math.max(0, part.offset - start);
      bytes.set(chunk.subarray(from, end - start), start + from - part.offset);
    }
    return bytes;
  } finally {
    await file.close();
  }
}

async function abandoned(temporary: string): Promise<Result<never, { code: 'file-unreadable' }>> {
  await rm(temporary, { force: true });
  return fail({ code: 'file-unreadable' });
}
