/**
 * The packages whose entry in a package-lock.json (as text) names the address it came from: such a lock installs only
 * where that address is reached, so the project keeps none. Throws when the text is not a lock file.
 */
export function findLockAddresses(lockText: string): string[] {
  const lock: unknown = JSON.parse(lockText);
  if (typeof lock !== 'object' || lock === null || !('packages' in lock))
    throw new Error('This is not a package-lock.json.');
  return Object.entries(lock.packages as Record<string, object>)
    .filter(([, entry]) => 'resolved' in entry)
    .map(([path]) => path);
}
