import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { runtimeFromEnvironment } from '../fixtures/AlegatoApp.ts';

const ROOT = join(import.meta.dirname, '../..');

test('[CR19] the runtime of the application judges every signature as libsodium does', async () => {
  // below the root, where packages are found
  const script = join(ROOT, '.cache', `compare-signatures-${process.pid}.mjs`);
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  await build({
    entryPoints: [join(ROOT, 'e2e/fixtures/compareSignatures.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  const { stdout } = await promisify(execFile)(runtimeFromEnvironment().executable, [script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  }).finally(() => rm(script, { force: true }));
  const outcome = JSON.parse(stdout);
  expect(outcome.different).toEqual([]);
  expect(outcome.alike).toBeGreaterThan(1_000);
  expect(outcome.accepted).toBeGreaterThan(24);
});
