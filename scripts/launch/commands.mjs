// The commands of package.json; each sets up by itself what it needs and resolves with its exit code.
import { ensureBuild } from './build.mjs';
import { check } from './check.mjs';
import { run } from './child.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { displayIsVisible } from './display.mjs';
import { packageScript, root } from './places.mjs';
import { say } from './say.mjs';
import { runTypeScript, setUpApplication, withApplication } from './setUp.mjs';
import { test } from './test.mjs';

const isShow = (flag) => flag === '--show';
const isHelp = (flag) => flag === '--help' || flag === '-h';

async function start(flags) {
  if (!(await displayIsVisible())) {
    say('Nobody could see a window here, so the demo runs instead; it does the same work without a person.');
    return demo(flags);
  }
  const electron = await setUpApplication({ virtualDisplay: false });
  const ended = await run(electron.executable, [...electron.args, root, ...flags]);
  return ended.code;
}

async function demo(flags) {
  return inApplication('scripts/demo/index.ts')(flags);
}

/** A script that starts the built application; `--show` puts it on the screen, `--help` needs none. */
function inApplication(path) {
  return (flags) =>
    flags.some(isHelp)
      ? inNode(path)(flags)
      : withApplication({ show: flags.some(isShow) }, async (env) => (await runTypeScript(path, flags, { env })).code);
}

/** The benchmarks that need the application or its runtime; the others need the dependencies alone. */
const BENCHES_IN_APPLICATION = ['typing', 'editor', 'sync', 'trace'];

function bench(flags) {
  const firstFlag = flags.findIndex((flag) => flag.startsWith('-'));
  const names = firstFlag < 0 ? flags : flags.slice(0, firstFlag);
  // Flags without a name are refused, which needs no application.
  const needsApplication = flags.length === 0 || names.some((name) => BENCHES_IN_APPLICATION.includes(name));
  return (needsApplication ? inApplication : inNode)('bench/index.ts')(flags);
}

/** A script that needs the dependencies alone. */
function inNode(path) {
  return async (flags) => {
    await ensureDependencies();
    return (await runTypeScript(path, flags)).code;
  };
}

async function two(flags) {
  return withApplication(
    { show: !flags.includes('--check') },
    async (env) => (await runTypeScript('scripts/two/index.ts', flags, { env })).code,
  );
}

async function format(flags) {
  await ensureDependencies();
  return (
    await run(process.execPath, [
      packageScript('@biomejs/biome/bin/biome'),
      'check',
      '--write',
      ...(flags.length > 0 ? flags : ['.']),
    ])
  ).code;
}

async function build() {
  await ensureDependencies();
  await ensureBuild({ again: true });
  return 0;
}

/** Name → what it does with its flags. */
export const commands = {
  start,
  demo,
  test,
  check,
  two,
  relay: inNode('relay/index.ts'),
  'relay:package': inNode('scripts/relay/index.ts'),
  fuzz: inNode('scripts/fuzz/index.ts'),
  crash: inApplication('scripts/crash/index.ts'),
  screenshots: inApplication('scripts/screenshots/index.ts'),
  attack: inNode('adversary/attack/index.ts'),
  bench,
  gate: inNode('scripts/gate/index.ts'),
  lock: inNode('scripts/lock/index.ts'),
  build,
  format,
};
