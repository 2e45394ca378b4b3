import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildGapEntry } from './buildGapEntry.ts';
import { findLockGaps } from './findLockGaps.ts';
import { parseLock } from './parseLock.ts';

/** `npm run lock`: after a change of dependencies, enters the native packages of platforms the registry here lacks. */
const file = join(resolve(import.meta.dirname, '../..'), 'package-lock.json');
const lock = parseLock(readFileSync(file, 'utf8'));
const left: string[] = [];
let entered = 0;
for (const gap of findLockGaps(lock)) {
  const entry = buildGapEntry(gap);
  if (entry === null) left.push(gap.name);
  else {
    lock.packages[`node_modules/${gap.name}`] = entry;
    entered++;
  }
}
const collator = new Intl.Collator('en');
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => collator.compare(a, b)));
if (entered > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${entered} entries added to package-lock.json.`);
for (const name of left) console.error(`${name}: its platform cannot be told from its name.`);
process.exitCode = left.length === 0 ? 0 : 1;
