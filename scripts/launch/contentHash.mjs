// Hashes of folders and files, to tell whether something made from them is still up to date.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './places.mjs';

/** A hash over names and bytes of everything under `paths` (relative to the root) that `counts` lets through. */
export function contentHash(paths, counts = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) add(hash, path, counts);
  return hash.digest('hex');
}

function add(hash, path, counts) {
  const absolute = inRoot(path);
  if (!existsSync(absolute)) return;
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) add(hash, join(path, name), counts);
  } else if (counts(path)) {
    const bytes = readFileSync(absolute);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
}

/** The hash kept in a stamp file, or null when there is none. */
export function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).hash;
  } catch {
    return null; // Missing or cut off: what it stands for is made again.
  }
}
