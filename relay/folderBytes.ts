import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** All files under a folder together; 0 when there is none. What vanishes meanwhile is left out. */
export async function folderBytes(folder: string): Promise<number> {
  let sum = 0;
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const child = path.join(folder, entry.name);
      sum += entry.isDirectory() ? await folderBytes(child) : (await stat(child)).size;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return sum;
}
