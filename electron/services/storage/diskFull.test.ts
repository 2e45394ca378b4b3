import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Replica } from '../replica/Replica.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { until } from '../testing/TestWindow.ts';
import { atomicWrite } from './atomicWrite.ts';
import { ComplaintStore } from './ComplaintStore.ts';
import { noticeOfError } from './noticeOfError.ts';
import { randomBytes, Sealer } from './Sealer.ts';

const temporary = temporaryFolders();

/** Runs `use` on a real file system of 1 MB; false where none may be mounted. */
async function onSmallDisk(use: (disk: string, mode: (options: string) => void) => Promise<void>): Promise<boolean> {
  const disk = await temporary();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return false;
  }
  try {
    await use(disk, (options) => execFileSync('mount', ['-o', `remount,${options}`, disk]));
  } finally {
    // Lazily: a test that failed may have left a file open.
    execFileSync('umount', ['-l', disk]);
  }
  return true;
}

const codeOf = (error: unknown): string => noticeOfError(error)?.code ?? String(error);

describe('a full disk', () => {
  it('keeps the old file whole, leaves no half one, and is told as what it is', async () => {
    const ran = await onSmallDisk(async (disk) => {
      const path = join(disk, 'library.keys');
      await atomicWrite(path, new Uint8Array([1, 2, 3]));
      expect(await atomicWrite(path, new Uint8Array(4_000_000)).catch(codeOf)).toBe('disk-full');
      expect([...(await readFile(path))]).toEqual([1, 2, 3]);
      expect(await readdir(disk)).toEqual(['library.keys']);
    });
    // Without the right to mount, the same error stands in for the disk.
    if (!ran) expect(codeOf(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('disk-full');
  });

  it('is told while writing goes on, loses nothing typed, and saves by itself once there is room', async () => {
    const ciphers = await loadCiphers();
    await onSmallDisk(async (disk) => {
      const opened = await ComplaintStore.open(join(disk, 'db'), new Sealer(ciphers, randomBytes(32)), true);
      if (!opened.ok) throw new Error(opened.error.code);
      const told: string[] = [];
      const loaded = await Replica.load(opened.value, () => Date.now(), {
        onSaved: ({ error }) => {
          if (error) told.push(codeOf(error));
        },
      });
      if (!loaded.ok) throw new Error(loaded.error.code);
      const replica = loaded.value;
      await replica.start(65_536);
      await mkdir(join(disk, 'other'));
      const filler = join(disk, 'other', 'film');
      await writeFile(filler, new Uint8Array(800_000));
      replica.write((doc) => doc.getText('body').insert(0, Buffer.from(randomBytes(300_000)).toString('base64')));
      await until(() => told.length > 0);
      expect(told[0]).toBe('disk-full');
      expect(replica.saved).toBe(false);
      const text = replica.read((doc) => doc.getText('body').toString());
      await rm(filler);
      await until(() => replica.saved, 20_000);
      const again = await Replica.load(opened.value, () => Date.now(), {});
      expect(again.ok && again.value.read((doc) => doc.getText('body').toString())).toBe(text);
      await replica.close();
      await opened.value.close();
    });
  });
});

describe('a folder that is read-only', () => {
  it('is told as what it is, by files and by the store, and never taken for damage', async () => {
    const ciphers = await loadCiphers();
    await onSmallDisk(async (disk, mode) => {
      const sealer = new Sealer(ciphers, randomBytes(32));
      const made = await ComplaintStore.open(join(disk, 'db'), sealer, true);
      if (made.ok) await made.value.close();
      mode('ro');
      expect(await atomicWrite(join(disk, 'x'), new Uint8Array([1])).catch(codeOf)).toBe('folder-read-only');
      expect(await ComplaintStore.open(join(disk, 'db'), sealer, false).catch(codeOf)).toBe('folder-read-only');
      mode('rw');
      const again = await ComplaintStore.open(join(disk, 'db'), sealer, false);
      expect(again.ok).toBe(true);
      if (again.ok) await again.value.close();
    });
  });
});
