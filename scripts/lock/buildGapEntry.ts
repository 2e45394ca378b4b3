import type { LockGap } from './findLockGaps.ts';
import type { LockEntry } from './parseLock.ts';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** An entry with the platform that the package's name tells (`@a/b-linux-x64-musl`). */
interface PlatformEntry extends LockEntry {
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
}

/**
 * The entry npm would have written for a native package, without the hash that only its registry knows; null when the
 * name tells no platform or the version is a range.
 */
export function buildGapEntry({ name, version, dev }: LockGap): PlatformEntry | null {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) return null;
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : null;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc !== null && os === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}
