import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWrite, syncFolder } from '../storage/atomicWrite.ts';
import { KEY_FILES } from '../storage/KeyFolder.ts';

/** Holds everything of a restored library until it has taken its place. */
const READY = 'restore-ready';
const COMPLETE = '.complete';
const OLD_MOVED = '.old-moved';
/** What belongs to a library in a profile, and is exchanged as a whole. */
const PARTS = ['library', 'settings', 'backup-settings', ...KEY_FILES] as const;

/** A fresh folder to build a library in; what an earlier try left there is gone. */
export async function beginRestore(profile: string): Promise<string> {
  const ready = join(profile, READY);
  await rm(ready, { recursive: true, force: true });
  await mkdir(join(ready, 'library'), { recursive: true, mode: 0o700 });
  return ready;
}

export async function abandonRestore(profile: string): Promise<void> {
  await rm(join(profile, READY), { recursive: true, force: true });
}

/** From here on a start of the program finishes the exchange, whatever happens. */
export async function commitRestore(profile: string): Promise<void> {
  await syncFolder(join(profile, READY));
  await atomicWrite(join(profile, READY, COMPLETE), new Uint8Array());
}

/**
 * [RS2] Puts a library that was built whole in the place of the old one, which goes to `before-restore-N`. Each step can be
 * repeated. A half-built one is removed. True when there is a restored library now that was not there before.
 */
export async function finishRestore(profile: string): Promise<boolean> {
  const ready = join(profile, READY);
  if (!(await isThere(ready))) return false;
  if (!(await isThere(join(ready, COMPLETE)))) {
    await abandonRestore(profile);
    return false;
  }
  if (!(await isThere(join(ready, OLD_MOVED)))) {
    const aside = join(profile, await asideName(profile));
    await mkdir(aside, { recursive: true, mode: 0o700 });
    for (const name of PARTS)
      if (await isThere(join(profile, name))) await rename(join(profile, name), join(aside, name));
    await syncFolder(aside);
    await syncFolder(profile);
    await atomicWrite(join(ready, OLD_MOVED), new Uint8Array());
  }
  for (const name of PARTS) if (await isThere(join(ready, name))) await rename(join(ready, name), join(profile, name));
  await syncFolder(profile);
  await rm(ready, { recursive: true, force: true });
  return true;
}

/** A new folder for each try: after a crash in between, the old parts lie in two of them, none overwritten. */
async function asideName(profile: string): Promise<string> {
  const numbers = (await readdir(profile)).flatMap((name) => {
    const match = /^before-restore-(\d+)$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
  return `before-restore-${Math.max(0, ...numbers) + 1}`;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
