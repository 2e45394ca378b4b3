import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeFlagError, isFlagError } from '../scripts/launch/commandFlags.ts';
import type { Bench, BenchFigures } from './Bench.ts';

/**
 * `npm run bench [name …] [-- flags]`: runs the named benchmarks, or all. A benchmark is a file in this folder whose
 * name begins with a small letter and which exports `bench`. The last line is one JSON object. Ends with 0 also when a
 * target was missed (it says so), with 1 when something could not be measured, with 2 on wrong use; `--help` lists all.
 */
const NOT_BENCHES = new Set(['index', 'quantile']);
const names = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z]\w*\.ts$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3))
  .filter((name) => !NOT_BENCHES.has(name))
  .sort();

const args = process.argv.slice(2);
const firstFlag = args.findIndex((arg) => arg.startsWith('-'));
const wanted = firstFlag < 0 ? args : args.slice(0, firstFlag);
const flags = firstFlag < 0 ? [] : args.slice(firstFlag);
const unknown = wanted.filter((name) => !names.includes(name) || !existsSync(join(import.meta.dirname, `${name}.ts`)));
if (flags.includes('--help') || flags.includes('-h')) {
  console.log(await formatUsage());
  process.exit(0);
}
if (unknown.length > 0) refuse(`no benchmark is called ${unknown.join(', ')}; there are: ${names.join(', ')}.`);
if (flags.length > 0 && wanted.length !== 1) refuse(`${flags[0]} is a flag of one benchmark; name that first.`);

const results: BenchFigures[] = [];
const failed: string[] = [];
for (const name of wanted.length > 0 ? wanted : names) {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
  console.log(`\n${name}: ${bench.about}`);
  try {
    const figures = await bench.run(flags);
    results.push(figures);
    const { ratios, targets, floors = {} } = figures;
    for (const ratio of new Set([...Object.keys(ratios), ...Object.keys(targets), ...Object.keys(floors)]))
      console.log(`  ${ratio}: ${tellRatio(ratio, ratios[ratio], targets[ratio], floors[ratio])}`);
  } catch (error) {
    if (isFlagError(error)) refuse(describeFlagError(error));
    failed.push(name);
    console.error(`${name} could not be measured:`, error);
  }
}
const [only] = results;
const last =
  results.length === 1 && failed.length === 0 && wanted.length === 1
    ? only
    : { name: 'bench', met: failed.length === 0 && results.every((each) => each.met), benches: results, failed };
console.log(JSON.stringify(last));
process.exit(failed.length > 0 ? 1 : 0);

function refuse(sentence: string): never {
  console.error(`bench: ${sentence} \`npm run bench -- --help\` lists everything.`);
  process.exit(2);
}

async function formatUsage(): Promise<string> {
  const lines = ['npm run bench -- [NAME …] [flags of the one that is named]', '', 'Without a name all are run.'];
  for (const name of names) {
    const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
    lines.push('', `${name}: ${bench.about}`, `  npm run bench -- ${name} ${bench.flags ?? ''}`);
  }
  return lines.join('\n');
}

function tellRatio(name: string, value: number | undefined, most?: number, least?: number): string {
  if (value === undefined) return 'NOT MEASURED';
  const shown = name.endsWith('Ms') ? `${value} ms` : `${value}×`;
  if (most !== undefined) return `${shown} (target at most ${most}: ${value <= most ? 'met' : 'MISSED'})`;
  if (least !== undefined) return `${shown} (target at least ${least}: ${value >= least ? 'met' : 'MISSED'})`;
  return `${shown} (no target)`;
}
