/** What the project looks at in an entry of package-lock.json. */
export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  /** Path (`node_modules/a`; empty for the project itself) → entry. */
  packages: Record<string, LockEntry>;
}

/** Reads the text of a package-lock.json; throws when it is something else. */
export function parseLock(text: string): Lock {
  const lock: unknown = JSON.parse(text);
  if (typeof lock !== 'object' || lock === null || !('packages' in lock))
    throw new Error('This is not a package-lock.json.');
  return lock as Lock;
}
