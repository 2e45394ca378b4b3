// Takes the place of Electron's default app in the fallback runtime: opens the application named by the first
// argument that is not a flag. The import is awaited, because Electron delays `ready` until this module has ended,
// and an application registers its own schemes before `ready`.
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  console.error('Name the folder of an application: electron <folder>');
  process.exit(2);
}
const target = resolve(named);
process.defaultApp = true;
if (statSync(target).isDirectory()) {
  const described = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
  if (described.version) app.setVersion(described.version);
  if (described.productName ?? described.name) app.name = described.productName ?? described.name;
  app.setAppPath(target);
  await import(pathToFileURL(join(target, described.main ?? 'index.js')).href);
} else {
  await import(pathToFileURL(target).href);
}
