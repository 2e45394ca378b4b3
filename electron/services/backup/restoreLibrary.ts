import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import { KEY_FILE, KEY_FILES } from '../storage/KeyFolder.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import { Sealer } from '../storage/Sealer.ts';
import { BackupFailure } from './BackupFormat.ts';
import { BackupReader } from './BackupReader.ts';
import { FilePool } from './FilePool.ts';
import { abandonRestore, beginRestore, commitRestore } from './pendingRestore.ts';
import { restoreComplaints } from './restoreComplaints.ts';
import { verifyBackup } from './verifyBackup.ts';

export interface RestoreLibraryOptions {
  profile: string;
  /** The backup file; its pool, if it needs one, lies beside it. */
  path: string;
  /** The root key that the backup is sealed under. */
  rootKey: Uint8Array;
  /** True when that is the key open here now: the profile's own key files stay. */
  sameKey: boolean;
  ciphers: Ciphers;
  signal: AbortSignal;
  onStep: (done: number) => void;
}

/**
 * [RS1]–[RS3] Verifies a backup, builds a library of it beside the present one and commits the exchange, which
 * `finishRestore` then makes. Nothing of the present library is touched here.
 */
export async function restoreLibrary(options: RestoreLibraryOptions): Promise<Result<null, Notice>> {
  const { profile, path, rootKey, sameKey, ciphers, signal, onStep } = options;
  const root = new Sealer(ciphers, rootKey);
  const pool = new FilePool(join(dirname(path), 'pool'));
  try {
    const { contents } = await verifyBackup({ path, root, ciphers, pool, signal, onStep });
    const opened = await BackupReader.open(path);
    if (!opened.ok) return opened;
    const reader = opened.value;
    const ready = await beginRestore(profile);
    try {
      await restoreComplaints({ reader, root, pool, libraryPath: join(ready, 'library'), signal, onStep }, (id) => ({
        id,
        withRoom: true,
        title: null,
      }));
      if (contents.settings !== null)
        await writeFile(join(ready, 'settings'), Buffer.from(contents.settings, 'base64'), { mode: 0o600 });
      if (sameKey) for (const name of KEY_FILES) await copyIfThere(join(profile, name), join(ready, name));
      else await writeFile(join(ready, KEY_FILE), reader.header.keys, { mode: 0o600 });
      await commitRestore(profile);
      return ok(null);
    } finally {
      await reader.close();
    }
  } catch (error) {
    await abandonRestore(profile);
    if (error instanceof BackupFailure) return fail({ code: error.code });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail({ code: 'backup-missing' });
    const notice = noticeOfError(error);
    if (notice) return fail(notice);
    throw error;
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
