import { describe, expect, it } from 'vitest';
import { buildGapEntry } from './buildGapEntry.ts';
import { findLockAddresses } from './findLockAddresses.ts';
import { findLockGaps } from './findLockGaps.ts';
import { type LockEntry, parseLock } from './parseLock.ts';

function lockOf(packages: Record<string, LockEntry>) {
  return parseLock(JSON.stringify({ packages: { '': {}, ...packages } }));
}

describe('parseLock', () => {
  it('throws on what is not a lock file', () => {
    expect(() => parseLock('{}')).toThrow();
  });
});

describe('findLockAddresses', () => {
  it('names the entries that say where they came from', () => {
    const lock = lockOf({ 'node_modules/a': { resolved: 'https://packages.example/a.tgz' }, 'node_modules/b': {} });
    expect(findLockAddresses(lock)).toEqual(['node_modules/a']);
  });
});

describe('findLockGaps', () => {
  it('names optional packages without an entry and finds those beside and above the asking package', () => {
    const lock = lockOf({
      'node_modules/a': { dev: true, optionalDependencies: { 'a-linux-x64': '1.0.0', 'a-darwin-x64': '1.0.0' } },
      'node_modules/a-linux-x64': {},
      'node_modules/b/node_modules/c': { optionalDependencies: { d: '2.0.0', e: '2.0.0', f: '2.0.0' } },
      'node_modules/b/node_modules/c/node_modules/d': {},
      'node_modules/b/node_modules/e': {},
      'node_modules/f': {},
    });
    expect(findLockGaps(lock)).toEqual([{ name: 'a-darwin-x64', version: '1.0.0', dev: true }]);
  });
});

describe('buildGapEntry', () => {
  it.each([
    ['@a/b-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@a/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@a/b-win32-arm64-msvc', { os: ['win32'], cpu: ['arm64'] }],
    ['b-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
  ])('reads the platform from %s', (name, platform) => {
    expect(buildGapEntry({ name, version: '1.2.3', dev: false })).toEqual({
      version: '1.2.3',
      optional: true,
      ...platform,
    });
  });

  it('gives null for a name without a platform and for a range', () => {
    expect(buildGapEntry({ name: 'fsevents', version: '2.3.3', dev: false })).toBeNull();
    expect(buildGapEntry({ name: 'b-darwin-arm64', version: '^1.0.0', dev: false })).toBeNull();
  });
});
