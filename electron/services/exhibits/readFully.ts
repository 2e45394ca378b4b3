import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

const HASH_STEP_BYTES = 256 * 1024;

/** SHA-256 of the first `sizeBytes` of a file, lower-case hex; null when it is shorter. One step is in memory. */
export async function hashOf(file: FileHandle, sizeBytes: number): Promise<string | null> {
  const hash = createHash('sha256');
  const step = new Uint8Array(HASH_STEP_BYTES);
  for (let offset = 0; offset < sizeBytes; ) {
    const { bytesRead } = await file.read(step, 0, Math.min(step.length, sizeBytes - offset), offset);
    if (bytesRead === 0) return null;
    hash.update(step.subarray(0, bytesRead));
    offset += bytesRead;
  }
  return hash.digest('hex');
}

/** `length` bytes at `offset`; fewer at the end of the file only. */
export async function readFully(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
