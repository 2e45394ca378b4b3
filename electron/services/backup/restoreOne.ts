import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { type ComplaintId, newId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import { UNFINISHED } from '../library/ComplaintFolder.ts';
import type { Library } from '../library/Library.ts';
import { syncFolder } from '../storage/atomicWrite.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import { randomBytes, type Sealer } from '../storage/Sealer.ts';
import { BackupFailure } from './BackupFormat.ts';
import { BackupReader } from './BackupReader.ts';
import { FilePool } from './FilePool.ts';
import { restoreComplaints } from './restoreComplaints.ts';
import { verifyBackup } from './verifyBackup.ts';

export interface RestoreOneOptions {
  path: string;
  complaintId: string;
  /** What the list calls a copy. */
  title: string;
  library: Library;
  root: Sealer;
  ciphers: Ciphers;
  signal: AbortSignal;
  onStep: (done: number) => void;
}

/**
 * [RS4][RS5] Brings one complaint back: under its own id when it is damaged or gone here, else as a copy beside it. The
 * damaged one is set aside only once the backup has been verified.
 */
export async function restoreOne(
  options: RestoreOneOptions,
): Promise<Result<{ complaintId: string; inPlace: boolean }, Notice>> {
  const { path, complaintId, title, library, root, ciphers, signal, onStep } = options;
  const pool = new FilePool(join(dirname(path), 'pool'));
  try {
    const { contents } = await verifyBackup({ path, root, ciphers, pool, signal, onStep });
    if (!contents.complaints.some((complaint) => complaint.id === complaintId && !complaint.damaged))
      return fail({ code: 'backup-damaged' });
    const present = (await library.list()).find((complaint) => complaint.id === complaintId);
    const inPlace = !present || present.damaged;
    const id = inPlace ? complaintId : newId<ComplaintId>(randomBytes);
    const opened = await BackupReader.open(path);
    if (!opened.ok) return opened;
    // Built whole first; a start after a crash clears this name away.
    const building = join(library.path, `${UNFINISHED}restore-${id}`);
    try {
      await rm(building, { recursive: true, force: true });
      await mkdir(building, { mode: 0o700 });
      const restored = await restoreComplaints(
        { reader: opened.value, root, pool, libraryPath: building, signal, onStep },
        (found) => (found === complaintId ? { id, withRoom: inPlace, title: inPlace ? null : title } : null),
      );
      if (restored.length !== 1) return fail({ code: 'backup-damaged' });
      if (present?.damaged) await library.setAside(complaintId);
      await rename(join(building, id), join(library.path, id));
      await syncFolder(library.path);
    } finally {
      await opened.value.close();
      await rm(building, { recursive: true, force: true });
    }
    await library.returned(id);
    // The text carries its title too. A copy that does not take the new one is a copy all the same.
    if (!inPlace) await library.rename(id, title);
    return ok({ complaintId: id, inPlace });
  } catch (error) {
    if (error instanceof BackupFailure) return fail({ code: error.code });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail({ code: 'backup-missing' });
    const notice = noticeOfError(error);
    if (notice) return fail(notice);
    throw error;
  }
}
