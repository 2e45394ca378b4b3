import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { quantile } from '../quantile.ts';

export interface DiskFigures {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

/** A frame of a few words, sealed. */
const FRAME_BYTES = 400;
const SYNCS = 250;
const PAUSE_MS = 20;

/** The disk below `folder` alone: one frame's bytes appended and synced (`fdatasync`), again and again, nothing beside it. */
export async function measureDisk(folder: string): Promise<DiskFigures> {
  const path = join(folder, 'disk-alone');
  const file = await open(path, 'a');
  const frame = Buffer.alloc(FRAME_BYTES, 7);
  const times: number[] = [];
  try {
    for (let sync = 0; sync < SYNCS; sync += 1) {
      const beganMs = performance.now();
      await file.appendFile(frame);
      await file.datasync();
      times.push(performance.now() - beganMs);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  } finally {
    await file.close();
    await rm(path);
  }
  return { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), p99Ms: quantile(times, 0.99) };
}
