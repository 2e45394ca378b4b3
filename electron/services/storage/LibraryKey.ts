import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { atomicWrite } from './atomicWrite.ts';
import { randomBytes } from './Sealer.ts';

/** The system keychain, where it is real. `seal`/`open` reject when the keychain refuses. */
export interface Keychain {
  seal(plain: string): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<string>;
}
export type LibraryKeyError = { code: 'key-locked' } | { code: 'key-damaged' };

const KEYCHAIN_FILE = 'library.key.keychain';
const PLAIN_FILE = 'library.key';

/**
 * Reads the 32-byte root key of a library, making it on first start.
 *
 * With a real keychain the file holds the key sealed by it. Without one (Linux with no keyring: Electron would fall
 * back to a public constant, which `keychain: null` refuses) the key lies in a file of mode 0600 beside the library.
 * That protects a copied complaint folder, not a copied profile: see docs/decisions/010-library-key.md.
 *
 * 'key-locked': the keychain that sealed the key does not give it back now. Never makes a second key over a first.
 */
export async function readLibraryKey(
  folder: string,
  keychain: Keychain | null,
): Promise<Result<Uint8Array, LibraryKeyError>> {
  const sealed = await readOrNull(join(folder, KEYCHAIN_FILE));
  if (sealed) {
    if (!keychain) return fail({ code: 'key-locked' });
    try {
      return checked(Buffer.from(await keychain.open(sealed), 'base64'));
    } catch {
      return fail({ code: 'key-locked' });
    }
  }
  const plain = await readOrNull(join(folder, PLAIN_FILE));
  if (plain) return checked(Buffer.from(plain.toString('utf8'), 'base64'));

  const key = randomBytes(32);
  const text = Buffer.from(key).toString('base64');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (keychain) await atomicWrite(join(folder, KEYCHAIN_FILE), await keychain.seal(text));
  else await atomicWrite(join(folder, PLAIN_FILE), Buffer.from(text));
  return ok(key);
}

function checked(key: Buffer): Result<Uint8Array, LibraryKeyError> {
  return key.length === 32 ? ok(new Uint8Array(key)) : fail({ code: 'key-damaged' });
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
