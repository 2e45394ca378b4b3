import type { Notice } from '../../../shared/ipc/contract.ts';

/** The notice for an error of the disk that a person can do something about; null for every other error. */
export function noticeOfError(error: unknown): Notice | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 4; current = current.cause, depth += 1) {
    const code = (current as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'disk-full' };
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return { code: 'folder-read-only' };
    // LevelDB hands on the system's words instead of its code.
    if (code === 'LEVEL_IO_ERROR' && /No space left/i.test(current.message)) return { code: 'disk-full' };
    if (code === 'LEVEL_IO_ERROR' && /Read-only file system|Permission denied/i.test(current.message))
      return { code: 'folder-read-only' };
    // A table that is cut off or gone is read past its end.
    if (code === 'LEVEL_IO_ERROR' && /Invalid argument|No such file|truncated/i.test(current.message))
      return { code: 'complaint-damaged' };
    if (current.name === 'DamagedRecord' || code === 'LEVEL_CORRUPTION') return { code: 'complaint-damaged' };
  }
  return null;
}
