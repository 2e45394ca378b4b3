import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Files of the child processes, bundled once a run, so that all run under plain Node without a loader. */
export interface Scripts {
  readonly probe: string;
  readonly load: string;
  readonly relay: string;
  readonly hocuspocus: string;
  readonly folder: string;
  remove(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');

/** Bundles into a folder below the root, where packages are found; `remove` takes it away. */
export async function buildScripts(): Promise<Scripts> {
  const cache = join(ROOT, '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'bench-sync-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await build({
      entryPoints: {
        probe: join(import.meta.dirname, 'serverProbe.ts'),
        load: join(import.meta.dirname, 'loadMain.ts'),
        relay: join(ROOT, 'relay/index.ts'),
        hocuspocus: join(import.meta.dirname, 'hocuspocusMain.ts'),
      },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: 'inline',
      logLevel: 'error',
    });
    await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json')); // the relay reads its version there
  } catch (error) {
    await remove();
    throw error;
  }
  const file = (name: string): string => join(folder, `${name}.mjs`);
  return {
    probe: file('probe'),
    load: file('load'),
    relay: file('relay'),
    hocuspocus: file('hocuspocus'),
    folder,
    remove,
  };
}
