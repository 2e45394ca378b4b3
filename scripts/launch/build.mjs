// Builds the application when a source is newer than what was built from it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { run } from './child.mjs';
import { contentHash, readStamp } from './contentHash.mjs';
import { inRoot, packageScript } from './places.mjs';
import { Stop, say, secondsSince } from './say.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
];
const PRODUCTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const stampFile = inRoot('out', 'build.json');

/** Builds into `out/` unless that is up to date; `again` builds in any case. Throws `Stop` when the build fails. */
export async function ensureBuild({ again = false } = {}) {
  const hash = contentHash(SOURCES, (path) => !/\.(?:test\.tsx?|md)$/.test(path));
  if (!again && readStamp(stampFile) === hash && PRODUCTS.every((path) => existsSync(inRoot(path)))) return;
  const startMs = performance.now();
  say('Building the application.');
  const built = await run(process.execPath, [packageScript('electron-vite/bin/electron-vite.js'), 'build'], {
    show: 'none',
    env: { NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  if (built.code !== 0) throw new Stop(`The build failed:\n${built.output.trim()}`);
  mkdirSync(inRoot('out'), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify({ hash })}\n`);
  say(`The application is built (${secondsSince(startMs)}).`);
}
