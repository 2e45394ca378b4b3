import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { exportDocx } from './FilingExport.ts';

const temporary = temporaryFolders();

async function workerThat(body: string): Promise<{ folder: string; worker: string }> {
  const folder = await temporary();
  const worker = join(folder, 'worker.mjs');
  await writeFile(worker, `import { parentPort, workerData } from 'node:worker_threads';\n${body}`);
  return { folder, worker };
}

describe('exportDocx', () => {
  it('writes what the worker built, whole, and names its hash', async () => {
    const { folder, worker } = await workerThat(
      'parentPort.postMessage({ ok: true, bytes: new TextEncoder().encode(JSON.stringify(workerData)) });',
    );
    const path = join(folder, 'filing.docx');
    const written = await exportDocx(worker, { a: 1 }, async () => path);
    const bytes = await readFile(path);
    expect(bytes.toString()).toBe('{"a":1}');
    expect(written).toEqual({
      ok: true,
      value: { path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    });
    expect((await readdir(folder)).sort()).toEqual(['filing.docx', 'worker.mjs']);
  });

  it('answers null when the person cancels, and does not ask when nothing could be built', async () => {
    const good = await workerThat('parentPort.postMessage({ ok: true, bytes: new Uint8Array(1) });');
    expect(await exportDocx(good.worker, {}, async () => null)).toEqual({ ok: true, value: null });
    for (const body of ['parentPort.postMessage({ ok: false });', 'throw new Error("x");', 'process.exit(3);']) {
      const bad = await workerThat(body);
      let asked = false;
      expect(
        await exportDocx(bad.worker, {}, async () => {
          asked = true;
          return null;
        }),
      ).toEqual({ ok: false, error: { code: 'export-failed' } });
      expect(asked).toBe(false);
    }
  });

  it('says export-failed when the place cannot be written', async () => {
    const { folder, worker } = await workerThat('parentPort.postMessage({ ok: true, bytes: new Uint8Array(1) });');
    expect(await exportDocx(worker, {}, async () => join(folder, 'nowhere', 'x.docx'))).toEqual({
      ok: false,
      error: { code: 'export-failed' },
    });
  });
});
