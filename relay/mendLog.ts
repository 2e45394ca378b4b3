import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';

/** Behind the log's folder, and before the name of the file that is looked at. */
export const SUSPECT = '.suspect-';
/** Behind every key. */
const LAST_KEY = '\u{10ffff}';

/**
 * What a process of its own does to a damaged log: `[folder]` builds it anew, `[folder, after]` looks at every file whose
 * name comes after, each alone. When LevelDB ends the process or cannot read what it wrote itself, a folder named after the file
 * stays behind.
 */
export async function mendLog(args: readonly string[]): Promise<void> {
  const [folder = '', after] = args;
  if (after === undefined) return rebuild(folder);
  const names = (await readdir(folder)).filter((name) => /^\d+\.(?:ldb|sst|log)$/.test(name)).sort();
  for (const name of names) if (name > after) await look(folder, name);
}

/** Ends the program: with 0 when all of it was done. */
export async function mendLogAndEnd(args: readonly string[]): Promise<never> {
  process.once('disconnect', () => process.exit(1)); // nobody waits for it any more, and somebody else may open the log
  try {
    await mendLog(args);
  } catch {
    process.exit(1); // the number is all that is asked for; the log is where it was
  }
  process.exit(0);
}

async function look(folder: string, name: string): Promise<void> {
  const suspect = `${folder}${SUSPECT}${name}`;
  await mkdir(suspect);
  try {
    const target = path.join(suspect, name);
    // LevelDB moves such files and never writes into them
    await link(path.join(folder, name), target).catch(() => copyFile(path.join(folder, name), target));
    await rebuild(suspect);
  } catch (error) {
    // a disk that is full says nothing against the file
    if (!isCorruption(error)) await rm(suspect, { recursive: true });
    throw error;
  }
  await rm(suspect, { recursive: true });
}

function isCorruption(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code === 'LEVEL_CORRUPTION' || cause?.code === 'LEVEL_CORRUPTION';
}

/**
 * LevelDB looks at no checksum while it repairs, and would end the relay later, when it merges keys that are out of order:
 * so everything is merged here.
 */
async function rebuild(folder: string): Promise<void> {
  await ClassicLevel.repair(folder);
  const db = new ClassicLevel(folder, { createIfMissing: false });
  await db.open();
  await db.compactRange('', LAST_KEY);
  await db.del(LAST_KEY, { sync: true }); // rejects when the merge failed
  await db.close();
}
