// `npm run check`: types, lint and format, layers, cycles, the lock file, and the quick unit tests, within a minute.
import { existsSync } from 'node:fs';
import { run } from './child.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inRoot, packageScript } from './places.mjs';
import { secondsSince } from './say.mjs';
import { runTypeScript } from './setUp.mjs';
import { runSteps } from './steps.mjs';

const FOLDERS = ['shared', 'electron', 'renderer', 'relay', 'scripts', 'e2e', 'bench', 'adversary'];
const QUICK_TESTS = ['shared/', 'scripts/checks/', 'scripts/lock/', 'scripts/launch/'];

const quiet = { show: 'none', env: { NO_COLOR: '1', FORCE_COLOR: undefined } };

function types(name, project) {
  return {
    name,
    work: () => run(process.execPath, [packageScript('typescript/bin/tsc'), '-p', inRoot(project)], quiet),
  };
}

/** Everything `check` looks at apart from the unit tests. */
export function checkSteps() {
  return [
    {
      name: 'lint and format',
      work: () =>
        run(
          process.execPath,
          [
            packageScript('@biomejs/biome/bin/biome'),
            'check',
            '--max-diagnostics=40',
            '--diagnostic-level=warn',
            '--error-on-warnings',
            '.',
          ],
          quiet,
        ),
    },
    {
      name: 'layers, cycles, lock file, longest files',
      shown: true,
      work: () => runTypeScript('scripts/checks/index.ts', [], quiet),
    },
    ...FOLDERS.filter((folder) => existsSync(inRoot(folder, 'tsconfig.json'))).map((folder) =>
      types(`types of ${folder}/`, `${folder}/tsconfig.json`),
    ),
    types('types of the tests', 'tsconfig.tests.json'),
  ];
}

/** Runs everything and resolves with 0, or with 1 when something failed. */
export async function check() {
  const startMs = performance.now();
  await ensureDependencies();
  const unitTests = {
    name: 'unit tests of shared/ and of the checks',
    shown: true,
    work: () => run(process.execPath, [packageScript('vitest/vitest.mjs'), 'run', ...QUICK_TESTS], quiet),
  };
  const failed = await runSteps([unitTests, ...checkSteps()]);
  console.log(
    failed.length === 0
      ? `\nEverything is in order (${secondsSince(startMs)}).`
      : `\nNot in order: ${failed.join('; ')} (${secondsSince(startMs)}).`,
  );
  return failed.length === 0 ? 0 : 1;
}
