import type { Lock } from './parseLock.ts';

/** An optional package (a native build for another platform) that a lock leaves out. */
export interface LockGap {
  readonly name: string;
  readonly version: string;
  /** The package that asks for it serves development alone. */
  readonly dev: boolean;
}

/**
 * The optional packages without an entry. npm leaves them out where the registry in use lacks them, and `npm ci` then
 * refuses the lock everywhere.
 */
export function findLockGaps(lock: Lock): LockGap[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(lock, path, name))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  );
}

/** Looks where Node would: beside the package, then in each folder above. */
function isLocked(lock: Lock, path: string, name: string): boolean {
  for (let base = path; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === '') return false;
  }
}
