import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { atomicWrite } from './atomicWrite.ts';
import { LEGACY_KEYCHAIN_FILE, LEGACY_PLAIN_FILE, readIfThere } from './KeyFolder.ts';
import { randomBytes } from './Sealer.ts';

/** The system keychain, where it is real. `seal`/`open` reject when the keychain refuses. */
export interface Keychain {
  seal(plain: string): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<string>;
}
export type LibraryKeyError = { code: 'key-locked' } | { code: 'key-damaged' };

/** What a profile without a passphrase keeps its root key in. */
export interface LegacyKey {
  key: Uint8Array;
  kept: 'keychain' | 'plain';
}

/**
 * Reads the 32-byte root key that a profile begins with; null when there is none.
 *
 * With a real keychain the file holds the key sealed by it. Without one (Linux with no keyring: Electron would fall
 * back to a public constant, which `keychain: null` refuses) the key lies in a file of mode 0600 beside the library.
 * That protects a copied complaint folder, not a copied profile: see docs/decisions/010-library-key.md.
 *
 * 'key-locked': the keychain that sealed the key does not give it back now.
 */
export async function readLegacyKey(
  folder: string,
  keychain: Keychain | null,
): Promise<Result<LegacyKey | null, LibraryKeyError>> {
  const sealed = await readIfThere(join(folder, LEGACY_KEYCHAIN_FILE));
  if (sealed) {
    if (!keychain) return fail({ code: 'key-locked' });
    try {
      return checked(await keychain.open(sealed), 'keychain');
    } catch {
      return fail({ code: 'key-locked' });
    }
  }
  const plain = await readIfThere(join(folder, LEGACY_PLAIN_FILE));
  return plain ? checked(plain.toString('utf8'), 'plain') : ok(null);
}

/** [KO2] Makes the root key of a new profile. The caller has looked that there is none. */
export async function makeLegacyKey(folder: string, keychain: Keychain | null): Promise<LegacyKey> {
  const key = randomBytes(32);
  const text = Buffer.from(key).toString('base64');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (keychain) await atomicWrite(join(folder, LEGACY_KEYCHAIN_FILE), await keychain.seal(text));
  else await atomicWrite(join(folder, LEGACY_PLAIN_FILE), Buffer.from(text));
  return { key, kept: keychain ? 'keychain' : 'plain' };
}

function checked(text: string, kept: LegacyKey['kept']): Result<LegacyKey, LibraryKeyError> {
  const key = new Uint8Array(Buffer.from(text, 'base64'));
  return key.length === 32 ? ok({ key, kept }) : fail({ code: 'key-damaged' });
}
