// Where things lie: the project's root and the folder for what is kept between runs outside of it.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The project's root folder. */
export const root = resolve(import.meta.dirname, '../..');

/** What may be downloaded again: `$XDG_CACHE_HOME/alegato`, by default under `~/.cache`. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'alegato');

/** A file or folder under the project's root. */
export function inRoot(...parts) {
  return join(root, ...parts);
}

/** The script of an installed package, to be run with `process.execPath` (no shell, no `.cmd` on Windows). */
export function packageScript(path) {
  return inRoot('node_modules', ...path.split('/'));
}
