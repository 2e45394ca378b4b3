import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import { atomicWrite } from '../storage/atomicWrite.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';

const LIMIT_MS = 120_000;

/** What the worker answers. */
export type DocxAnswer = { ok: true; bytes: Uint8Array } | { ok: false };

/** Builds the Word filing in a worker of its own, so that typing never waits for it. Null when it cannot be built. */
export function buildDocx(workerPath: string, snapshot: unknown): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const worker = new Worker(workerPath, { workerData: snapshot });
    const done = (bytes: Uint8Array | null): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      resolve(bytes);
      worker.terminate().catch(() => undefined);
    };
    const timer = setTimeout(() => done(null), LIMIT_MS);
    worker.once('message', (answer: DocxAnswer) => done(answer.ok ? answer.bytes : null));
    worker.once('error', () => done(null));
    worker.once('exit', () => done(null));
  });
}

/**
 * Builds the filing and writes it whole or not at all. `choosePath` asks the person; null from it: cancelled, and so
 * is the answer. It is asked only when the filing could be built.
 */
export async function exportDocx(
  workerPath: string,
  snapshot: unknown,
  choosePath: () => Promise<string | null>,
): Promise<Result<{ path: string; sha256: string; sizeBytes: number } | null, Notice>> {
  const bytes = await buildDocx(workerPath, snapshot);
  if (!bytes) return fail({ code: 'export-failed' });
  const path = await choosePath();
  if (path === null) return ok(null);
  try {
    await atomicWrite(path, bytes, 0o644);
  } catch (error) {
    return fail(noticeOfError(error) ?? { code: 'export-failed' });
  }
  return ok({ path, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length });
}
