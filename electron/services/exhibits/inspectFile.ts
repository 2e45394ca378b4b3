import { type FileHandle, open } from 'node:fs/promises';
import { MAX_FILE_BYTES } from '../../../shared/crypto/blobLayout.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice, StagedFile } from '../../../shared/ipc/contract.ts';

export const MAX_PIXELS = 50_000_000;

export type Mime = StagedFile['mime'];

/** Reads `length` bytes at `offset`; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** First checks of a chosen file, from its first bytes only: size, kind by content, dimensions of an image. */
export async function inspectFile(path: string): Promise<Result<{ mime: Mime; sizeBytes: number }, Notice>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return fail({ code: 'file-unreadable' });
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return fail({ code: 'file-unreadable' });
    if (stat.size > MAX_FILE_BYTES) return fail({ code: 'exhibit-too-large' });
    return await inspectContent(stat.size, async (offset, length) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } catch {
    return fail({ code: 'file-unreadable' });
  } finally {
    await file.close();
  }
}

/** The same checks on a file that is read through `readAt`. */
export async function inspectContent(
  sizeBytes: number,
  readAt: ReadAt,
): Promise<Result<{ mime: Mime; sizeBytes: number }, Notice>> {
  if (sizeBytes === 0) return fail({ code: 'file-empty' });
  const head = await readAt(0, 1_024);
  if (Buffer.from(head).includes('%PDF-')) return ok({ mime: 'application/pdf', sizeBytes });
  const mime = startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    ? 'image/png'
    : startsWith(head, [0xff, 0xd8, 0xff])
      ? 'image/jpeg'
      : null;
  if (!mime) return fail({ code: 'file-type-unknown' });
  const size = mime === 'image/png' ? pngSize(head) : await jpegSize(readAt, sizeBytes);
  if (!size || size.width === 0 || size.height === 0) return fail({ code: 'image-broken' });
  if (size.width * size.height > MAX_PIXELS) {
    return fail({
      code: 'image-too-large',
      params: { width: size.width, height: size.height, limitMegapixels: MAX_PIXELS / 1_000_000 },
    });
  }
  return ok({ mime, sizeBytes });
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function pngSize(head: Uint8Array): { width: number; height: number } | null {
  if (head.length < 33 || Buffer.from(head.subarray(12, 16)).toString('latin1') !== 'IHDR') return null;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks the segments up to the frame header, so that no decoder sees the image before its size is known. */
async function jpegSize(readAt: ReadAt, sizeBytes: number): Promise<{ width: number; height: number } | null> {
  let offset = 2;
  for (let segment = 0; segment < 1_000 && offset + 4 <= sizeBytes; segment += 1) {
    const header = await readAt(offset, 9);
    if (header.length < 4 || header[0] !== 0xff) return null;
    const marker = header[1] as number;
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      offset += 2;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return null;
    const length = ((header[2] as number) << 8) | (header[3] as number);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      if (header.length < 9) return null;
      return {
        height: ((header[5] as number) << 8) | (header[6] as number),
        width: ((header[7] as number) << 8) | (header[8] as number),
      };
    }
    offset += 2 + length;
  }
  return null;
}
