import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { atomicWrite } from './atomicWrite.ts';
import { encodeKeyFile, type KeyFile, type KeyFileError, parseKeyFile } from './KeyFile.ts';

export const KEY_FILE = 'library.keys';
export const KEY_FILE_COPY = 'library.keys.copy';
/** Root key in base64 sealed by the system's keychain, and bare: what a profile begins with. */
export const LEGACY_KEYCHAIN_FILE = 'library.key.keychain';
export const LEGACY_PLAIN_FILE = 'library.key';

/** Every file of a profile that has to do with its root key. */
export const KEY_FILES = [KEY_FILE, KEY_FILE_COPY, LEGACY_KEYCHAIN_FILE, LEGACY_PLAIN_FILE] as const;

/** [KF5] Null when there is no key file. A file that is not whole is written again from the other. */
export async function readKeyFile(folder: string): Promise<Result<KeyFile | null, KeyFileError>> {
  const found = await Promise.all([KEY_FILE, KEY_FILE_COPY].map((name) => readIfThere(join(folder, name))));
  if (found.every((bytes) => bytes === null)) return ok(null);
  const parsed = found.map((bytes) => (bytes ? parseKeyFile(bytes) : fail({ code: 'key-damaged' } as const)));
  const newer = parsed.find((result) => !result.ok && result.error.code === 'key-newer-version');
  if (newer) return newer as Result<never, KeyFileError>;
  const readable = parsed.flatMap((result) => (result.ok ? [result.value] : []));
  const first = readable.find((file) => file.whole) ?? readable[0];
  if (!first) return fail({ code: 'key-damaged' });
  let file: KeyFile = { id: first.id, slots: first.slots };
  if (!first.whole) {
    const missing = readable
      .filter((other) => other !== first && other.id === file.id)
      .flatMap((other) => other.slots)
      .filter((slot) => !file.slots.some((own) => own.kind === slot.kind));
    file = { id: file.id, slots: [...file.slots, ...missing] };
  }
  const text = encodeKeyFile(file);
  // A folder that cannot be written to must not keep anybody out: the next start tries again.
  if (found.some((bytes) => bytes?.toString('utf8') !== text)) await writeKeyFile(folder, file).catch(() => undefined);
  return ok(file);
}

/** [KF6] Durable in both places when it resolves; until the last step the old slots count. */
export async function writeKeyFile(folder: string, file: KeyFile): Promise<void> {
  const bytes = Buffer.from(encodeKeyFile(file));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await atomicWrite(join(folder, KEY_FILE_COPY), bytes);
  await atomicWrite(join(folder, KEY_FILE), bytes);
}

/** [KO4] Overwrites, where the disk does that in place, and removes. */
export async function forgetLegacyKeys(folder: string): Promise<void> {
  for (const name of [LEGACY_PLAIN_FILE, LEGACY_KEYCHAIN_FILE]) {
    const path = join(folder, name);
    const bytes = await readIfThere(path);
    if (!bytes) continue;
    const file = await open(path, 'r+');
    try {
      await file.write(new Uint8Array(bytes.length), 0, bytes.length, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await rm(path, { force: true });
  }
}

/** True when there is a complaint in the profile's library that a new key would lock out. */
export async function hasComplaints(folder: string): Promise<boolean> {
  try {
    return (await readdir(join(folder, 'library'))).some(isId);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
