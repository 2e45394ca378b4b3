import { parentPort, workerData } from 'node:worker_threads';
import { toDocx } from '../../../shared/docx/toDocx.ts';
import { redlineAuthor, toRedlineDocx } from '../../../shared/docx/toRedlineDocx.ts';
import { buildFiling } from '../../../shared/filing/buildFiling.ts';
import { parseSnapshot } from '../../../shared/filing/parseSnapshot.ts';
import { buildRedlineFiling } from '../../../shared/filing/redline/buildRedlineFiling.ts';
import type { DocxAnswer } from './FilingExport.ts';

/** Asked for under `redline`, in the place of a snapshot. */
export interface RedlineToBuild {
  /** Snapshots as JSON in UTF-8. */
  before: Uint8Array;
  after: Uint8Array;
  author: string;
  atMs: number;
}

/** Asked for under `filing`: a snapshot and the files of its images by SHA-256. */
export interface FilingToBuild {
  snapshot: unknown;
  images: ReadonlyMap<string, Uint8Array>;
}

async function buildFiled({ snapshot: input, images }: FilingToBuild): Promise<DocxAnswer> {
  const snapshot = parseSnapshot(input);
  return snapshot.ok ? { ok: true, bytes: await toDocx(buildFiling(snapshot.value), images) } : { ok: false };
}

function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function buildRedline({ before, after, author, atMs }: RedlineToBuild): Promise<DocxAnswer> {
  const [then, now] = [parseSnapshot(readJson(before)), parseSnapshot(readJson(after))];
  if (!then.ok || !now.ok) return { ok: false };
  const date = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
  const redline = buildRedlineFiling(then.value, now.value);
  return { ok: true, bytes: await toRedlineDocx(redline, { author: redlineAuthor(author), date }) };
}

/** Worker: one snapshot with its images in, or the two of a redline, one Word package out, then it ends. */
async function answer(): Promise<DocxAnswer> {
  try {
    if (workerData?.redline) return await buildRedline(workerData.redline as RedlineToBuild);
    return await buildFiled(workerData?.filing as FilingToBuild);
  } catch {
    return { ok: false };
  }
}

parentPort?.postMessage(await answer());
