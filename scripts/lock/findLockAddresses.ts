import type { Lock } from './parseLock.ts';

/** The packages whose entry names the address it came from: such a lock installs only where that address is reached. */
export function findLockAddresses(lock: Lock): string[] {
  return Object.entries(lock.packages)
    .filter(([, entry]) => entry.resolved !== undefined)
    .map(([path]) => path);
}
