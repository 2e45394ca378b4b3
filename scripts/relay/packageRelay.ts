import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the relay needs at run time; everything else is in the bundle. */
export const RUNTIME_PACKAGES = ['classic-level', 'libsodium-wrappers-sumo', 'ws'] as const;

/**
 * Writes the relay as a package of its own that needs neither Electron nor the window: one bundled file, a
 * package.json with the pinned packages it runs on, a guide, the licence, and what lies in `deploy/`.
 */
export async function packageRelay(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: 'relay/index.ts',
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: {
        external: [...RUNTIME_PACKAGES],
        output: { format: 'es', entryFileNames: 'alegato-relay.mjs', banner: '#!/usr/bin/env node' },
      },
    },
    ssr: { noExternal: true, external: [...RUNTIME_PACKAGES] },
  });
  await chmod(join(folder, 'alegato-relay.mjs'), 0o755);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
  await copyFile(join(ROOT, 'docs/self-hosting.md'), join(folder, 'README.md'));
  await copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  for (const name of ['Caddyfile', 'alegato-relay.service', 'Dockerfile', '.dockerignore'])
    await copyFile(join(ROOT, 'deploy', name), join(folder, name));
}

async function manifest(): Promise<Record<string, unknown>> {
  const project = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  return {
    name: 'alegato-relay',
    version: project.version,
    description: 'The blind relay of Alegato: carries and keeps sealed records it cannot read.',
    license: project.license,
    type: 'module',
    bin: { 'alegato-relay': 'alegato-relay.mjs' },
    files: ['alegato-relay.mjs', 'Caddyfile', 'alegato-relay.service', 'Dockerfile'],
    engines: project.engines,
    dependencies: Object.fromEntries(RUNTIME_PACKAGES.map((name) => [name, project.dependencies[name]])),
  };
}
