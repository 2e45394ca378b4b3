// npm as the person has it, with the registry and settings the person has chosen.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child.mjs';
import { reaches } from './reach.mjs';

/** The longest time one download may take altogether. */
export const DOWNLOAD_LIMIT_MS = 10 * 60_000;

function npmScript() {
  const candidates = [
    process.env.npm_execpath,
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  return candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path)) ?? null;
}

/** Runs npm with `args`; resolves like `run`. */
export function npm(args, options) {
  const script = npmScript();
  return script === null ? run('npm', args, options) : run(process.execPath, [script, ...args], options);
}

/** Null when the chosen registry answers within 20 s, otherwise a sentence with the reason. */
export async function registryProblem() {
  const asked = await npm(['config', 'get', 'registry'], { show: 'none', limitMs: 20_000 });
  const address = asked.output
    .split('\n')
    .find((line) => /^https?:\/\//.test(line.trim()))
    ?.trim();
  if (asked.code !== 0 || address === undefined) return 'npm does not name a package registry';
  const setting = await npm(['config', 'get', new URL(address).protocol === 'https:' ? 'https-proxy' : 'proxy'], {
    show: 'none',
    limitMs: 20_000,
  });
  const proxy = setting.output
    .split('\n')
    .find((line) => /^https?:\/\//.test(line.trim()))
    ?.trim();
  return (await reaches(proxy ?? address))
    ? null
    : `the package registry ${new URL(address).host} did not answer within 20 s`;
}
