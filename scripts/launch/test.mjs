// `npm test`: the checks, all unit and integration tests, the fuzz and crash tests at a small size, and the journeys
// in the real application, all counted into one last line.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { checkSteps } from './check.mjs';
import { run } from './child.mjs';
import { inRoot, packageScript } from './places.mjs';
import { say } from './say.mjs';
import { runTypeScript, withApplication } from './setUp.mjs';
import { runSteps } from './steps.mjs';

const SMALL_RUNS = [
  { name: 'convergence fuzz', path: 'scripts/fuzz/index.ts', flags: ['--seeds', '20'] },
  { name: 'room fuzz', path: 'scripts/fuzz/index.ts', flags: ['--rooms', '40'] },
  { name: 'crash test', path: 'scripts/crash/index.ts', flags: ['--times', '2'] },
];

/** Runs all tests (`--show`: windows on the screen) and resolves with 0, or with 1 when one failed. */
export async function test(flags) {
  return withApplication({ show: flags.includes('--show') }, async (env) => {
    const parts = [await runChecks(), await runUnitTests(), ...(await runSmall(env)), await runJourneys(env)];
    const passed = parts.reduce((sum, part) => sum + part.passed, 0);
    const failed = parts.reduce((sum, part) => sum + part.failed, 0);
    console.log('');
    for (const part of parts) console.log(`${part.name}: ${part.passed} passed, ${part.failed} failed`);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  });
}

async function runChecks() {
  say('Checking types, lint, layers and cycles.');
  const steps = checkSteps();
  const failed = await runSteps(steps);
  return { name: 'checks', passed: steps.length - failed.length, failed: failed.length };
}

async function runUnitTests() {
  say('Running the unit and integration tests.');
  const report = reportFile('unit.json');
  const ended = await run(process.execPath, [
    packageScript('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return count('unit and integration tests', ended.code, report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
  }));
}

async function runSmall(env) {
  const parts = [];
  for (const { name, path, flags } of SMALL_RUNS) {
    say(`Running the ${name} (${flags.join(' ')}).`);
    const ended = await runTypeScript(path, flags, { env });
    parts.push({ name, passed: ended.code === 0 ? 1 : 0, failed: ended.code === 0 ? 0 : 1 });
  }
  return parts;
}

async function runJourneys(env) {
  say('Running the journeys in the real application.');
  const report = reportFile('journeys.json');
  const ended = await run(
    process.execPath,
    [packageScript('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  return count('journeys', ended.code, report, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped,
  }));
}

function reportFile(name) {
  mkdirSync(inRoot('out/reports'), { recursive: true });
  const file = inRoot('out/reports', name);
  rmSync(file, { force: true });
  return file;
}

/** A runner that ends with an error without a failed test, or leaves no report, counts as one failure. */
function count(name, code, report, read) {
  const figures = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0 };
  const failed = code !== 0 && figures.failed === 0 ? 1 : figures.failed;
  return { name, passed: figures.passed, failed };
}
