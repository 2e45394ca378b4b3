import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { noticeOfError } from './noticeOfError.ts';

const FOLDER = '.lock';

/**
 * [LL1] One program on a library. LevelDB's own lock is used, on an empty database: it is the operating system's, so it
 * ends with the process and nothing stale can keep anybody out.
 */
export class LibraryLock {
  readonly #db: ClassicLevel;

  private constructor(db: ClassicLevel) {
    this.#db = db;
  }

  /** `libraryPath` is made when it is not there. Rejects with the disk's error. */
  static async take(libraryPath: string): Promise<Result<LibraryLock, { code: 'library-in-use' }>> {
    const folder = join(libraryPath, FOLDER);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const db = new ClassicLevel(folder);
    try {
      await db.open();
    } catch (error) {
      await db.close().catch(() => undefined);
      if ((error as { cause?: { code?: string } }).cause?.code === 'LEVEL_LOCKED')
        return fail({ code: 'library-in-use' });
      if ((noticeOfError(error)?.code ?? 'complaint-damaged') !== 'complaint-damaged') throw error;
      // It holds nothing, so that damage to it means nothing.
      await ClassicLevel.repair(folder);
      const repaired = new ClassicLevel(folder);
      await repaired.open();
      return ok(new LibraryLock(repaired));
    }
    return ok(new LibraryLock(db));
  }

  async release(): Promise<void> {
    await this.#db.close();
  }
}
