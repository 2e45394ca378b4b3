// Installs the dependencies exactly as locked, when they are missing or belong to another state of the lock.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { run } from './child.mjs';
import { contentHash, readStamp } from './contentHash.mjs';
import { DOWNLOAD_LIMIT_MS, npm, registryProblem } from './npm.mjs';
import { inRoot, packageScript } from './places.mjs';
import { Stop, say, secondsSince } from './say.mjs';

const stampFile = inRoot('node_modules', '.alegato-dependencies.json');

/** Makes sure `node_modules` is what package.json and package-lock.json ask for. Throws `Stop` when it cannot be. */
export async function ensureDependencies() {
  const hash = contentHash(['package.json', 'package-lock.json', 'patches']);
  if (readStamp(stampFile) === hash) return;
  if (!matchesLock() || (await patchProblem()) !== null) await install();
  writeFileSync(stampFile, `${JSON.stringify({ hash })}\n`);
}

async function install() {
  const startMs = performance.now();
  const problem = await registryProblem();
  if (problem !== null)
    throw new Stop(
      `The dependencies are ${existsSync(inRoot('node_modules')) ? 'out of date' : 'missing'} and cannot be installed: ${problem}. Nothing was changed.`,
    );
  say('Installing the dependencies (npm ci).');
  // No package needs its install script here: what is native comes prebuilt inside the packages.
  const installed = await npm(['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
    show: 'none',
    limitMs: DOWNLOAD_LIMIT_MS,
  });
  if (installed.timedOut)
    throw new Stop('Installing the dependencies took more than 10 minutes and was stopped. Please try again.');
  if (installed.code !== 0) throw new Stop(`The dependencies could not be installed:\n${installed.output.trim()}`);
  const unpatched = await patchProblem();
  if (unpatched !== null) throw new Stop(`The patches of the dependencies do not apply:\n${unpatched}`);
  say(`The dependencies are installed (${secondsSince(startMs)}).`);
}

/** Applies `patches/` (what is applied already stays); null when all of them are in, otherwise what went wrong. */
async function patchProblem() {
  if (!existsSync(inRoot('patches'))) return null;
  const patched = await run(process.execPath, [packageScript('patch-package/index.js'), '--error-on-fail'], {
    show: 'none',
    limitMs: 60_000,
  });
  return patched.code === 0 ? null : patched.output.trim();
}

/** True when what npm says it installed is what the lock names; packages for other platforms may be absent. */
function matchesLock() {
  const installed = readPackages(inRoot('node_modules', '.package-lock.json'));
  const locked = readPackages(inRoot('package-lock.json'));
  if (installed === null || locked === null || !lockFitsPackage(locked[''])) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return (
      found.version === entry.version && found.integrity === entry.integrity && existsSync(inRoot(path, 'package.json'))
    );
  });
}

function lockFitsPackage(lockedRoot) {
  const asked = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return ['dependencies', 'devDependencies'].every((kind) => sameEntries(asked[kind], lockedRoot[kind]));
}

function sameEntries(a = {}, b = {}) {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null; // Missing or cut off: then the dependencies are installed anew.
  }
}
