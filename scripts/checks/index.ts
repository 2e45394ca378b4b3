import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findLockAddresses } from '../lock/findLockAddresses.ts';
import { findLockGaps } from '../lock/findLockGaps.ts';
import { parseLock } from '../lock/parseLock.ts';
import { findCycles } from './findCycles.ts';
import { findFarReachingSelectors } from './findFarReachingSelectors.ts';
import { findImpurities } from './findImpurities.ts';
import { findHomelessFiles, findLayerBreaks, formatLayerTable } from './findLayerBreaks.ts';
import { findTooLong, readLengths } from './findLongest.ts';
import { parseSource } from './parseSource.ts';
import { readImports, readSourceFiles } from './readImports.ts';

/** Prints the layer table, the cycles, the lock file's state and the longest files; ends with 1 if a rule is broken. */
const root = resolve(import.meta.dirname, '../..');
const LONGEST_SHOWN = 15;

const files = readSourceFiles(root, [
  'shared',
  'electron',
  'renderer',
  'relay',
  'scripts',
  'e2e',
  'bench',
  'adversary',
]);
const unreadable = files.filter((file) => parseSource(root, file) === null).map((file) => `${file} does not parse`);
const imports = readImports(root, files);
const lengths = readLengths(root, files);
const breaks = [
  ...unreadable,
  ...findHomelessFiles(files).map((file) => `${file} stands in no layer`),
  ...findLayerBreaks(imports),
];
const cycles = findCycles(imports).map((cycle) => [...cycle, cycle[0]].join(' → '));
const impurities = findImpurities(root, files);
const farReaching = findFarReachingSelectors(root);
const lock = parseLock(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const addresses = findLockAddresses(lock);
const gaps = findLockGaps(lock).map(
  ({ name }) => `${name} has no entry; npm ci would refuse the lock (npm run lock enters it)`,
);
const tooLong = findTooLong(root, lengths);

section(
  `Layers (files → what they may import; ${imports.length} imports in ${files.length} files read)`,
  formatLayerTable(files),
);
section(`Imports against the layer table: ${breaks.length}`, breaks);
section(`Import cycles: ${cycles.length}`, cycles);
section(`Clock, chance or locale read in shared/: ${impurities.length}`, impurities);
section(`Style rules that make the whole page be laid out again: ${farReaching.length}`, farReaching);
section(`Addresses in package-lock.json: ${addresses.length}`, addresses);
section(`Gaps in package-lock.json: ${gaps.length}`, gaps);
section(`Longest files (${tooLong.length} too long)`, [
  ...tooLong,
  ...lengths.slice(0, LONGEST_SHOWN).map(({ file, lines }) => `${String(lines).padStart(4)} ${file}`),
]);

const broken = [breaks, cycles, impurities, farReaching, addresses, gaps, tooLong].some((list) => list.length > 0);
process.exitCode = broken || files.length === 0 ? 1 : 0;

function section(title: string, lines: readonly string[]): void {
  console.log(title);
  for (const line of lines) console.log(`  ${line}`);
}
