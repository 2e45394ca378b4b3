import { open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';

const MAX_BYTES = 1024 * 1024 * 1024;

/** The whole file; 'file-too-large' above 1 GB, 'file-unreadable' when the disk or stick does not give it. */
export async function readBundleFile(
  path: string,
): Promise<Result<Uint8Array, { code: 'file-too-large' | 'file-unreadable' }>> {
  try {
    const file = await open(path, 'r');
    try {
      if ((await file.stat()).size > MAX_BYTES) return fail({ code: 'file-too-large' });
      return ok(new Uint8Array(await file.readFile()));
    } finally {
      await file.close();
    }
  } catch {
    return fail({ code: 'file-unreadable' });
  }
}
