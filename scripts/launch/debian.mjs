// What Electron and a virtual display need from a Debian-like system.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './child.mjs';
import { DOWNLOAD_LIMIT_MS } from './npm.mjs';
import { Stop, say, secondsSince } from './say.mjs';

const PACKAGES = [
  'xvfb',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'libatspi2.0-0',
  'libdrm2',
  'fonts-liberation',
];
const NETWORK_LIMITS = [
  '-o',
  'Acquire::http::Timeout=20',
  '-o',
  'Acquire::https::Timeout=20',
  '-o',
  'Acquire::Retries=1',
];

/** The path of a program, or null when it is not installed. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder || '.', name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/**
 * Makes sure the executable finds its libraries and, with `virtualDisplay`, that Xvfb is there. As root on Debian the
 * missing packages are installed; otherwise throws `Stop` with code 2 and the exact command. Does nothing elsewhere
 * than on Linux.
 */
export async function ensureSystemLibraries(executable, { virtualDisplay }) {
  if (process.platform !== 'linux') return;
  const missing = await findMissing(executable, virtualDisplay);
  if (missing.length === 0) return;
  if (findProgram('apt-get') === null) {
    throw new Stop(
      `Missing on this system: ${missing.join(', ')}. Please install them with its package manager (Debian calls the packages ${PACKAGES.join(' ')}).`,
      2,
    );
  }
  const packages = await namesHere(PACKAGES);
  if (process.getuid() !== 0) {
    throw new Stop(
      `Missing on this system: ${missing.join(', ')}. Please run this once, then try again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}\n`,
      2,
    );
  }
  await aptInstall(packages);
  const still = await findMissing(executable, virtualDisplay);
  if (still.length > 0) throw new Stop(`Still missing after the installation: ${still.join(', ')}.`, 2);
}

/** Installs Debian packages as root. Throws `Stop` with code 2 when that fails. */
export async function aptInstall(packages) {
  const startMs = performance.now();
  say(`Installing Debian packages: ${packages.join(' ')}.`);
  const options = { show: 'none', limitMs: DOWNLOAD_LIMIT_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const updated = await run('apt-get', [...NETWORK_LIMITS, 'update'], options);
  const installed = await run(
    'apt-get',
    [...NETWORK_LIMITS, 'install', '-y', '--no-install-recommends', ...packages],
    options,
  );
  if (installed.code !== 0)
    throw new Stop(`The packages could not be installed:\n${updated.output}${installed.output}`, 2);
  say(`The packages are installed (${secondsSince(startMs)}).`);
}

async function findMissing(executable, virtualDisplay) {
  const linked = await run('ldd', [executable], { show: 'none', limitMs: 20_000, env: { LC_ALL: 'C' } });
  const missing = [...linked.output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  if (virtualDisplay && findProgram('Xvfb') === null) missing.push('Xvfb');
  return [...new Set(missing)];
}

/** Newer Debians and Ubuntus renamed some libraries for 64-bit time (`libgtk-3-0t64`). */
async function namesHere(packages) {
  if (!existsSync('/usr/bin/apt-cache')) return packages;
  const known = await run('apt-cache', ['pkgnames', 'lib'], { show: 'none', limitMs: 20_000 });
  const names = new Set(known.output.split('\n'));
  return packages.map((name) => (names.has(`${name}t64`) ? `${name}t64` : name));
}
