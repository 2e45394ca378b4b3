import { parentPort, workerData } from 'node:worker_threads';
import { toDocx } from '../../../shared/docx/toDocx.ts';
import { buildFiling } from '../../../shared/filing/buildFiling.ts';
import { parseSnapshot } from '../../../shared/filing/parseSnapshot.ts';
import type { DocxAnswer } from './FilingExport.ts';

/** Worker: one snapshot in, one Word package out, then it ends. */
async function answer(): Promise<DocxAnswer> {
  try {
    const snapshot = parseSnapshot(workerData);
    if (!snapshot.ok) return { ok: false };
    return { ok: true, bytes: await toDocx(buildFiling(snapshot.value)) };
  } catch {
    return { ok: false };
  }
}

parentPort?.postMessage(await answer());
