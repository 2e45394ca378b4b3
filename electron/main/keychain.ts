import { safeStorage } from 'electron';
import type { Keychain } from '../services/storage/LibraryKey.ts';

/**
 * The system's keychain, or null where Electron would seal with a public constant (Linux without a keyring). Newer
 * versions of Electron have asynchronous calls and drop the synchronous ones; both read what either wrote.
 */
export async function findKeychain(): Promise<Keychain | null> {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))
    return null;
  if (typeof safeStorage.encryptStringAsync === 'function') {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
    return {
      seal: (plain) => safeStorage.encryptStringAsync(plain),
      open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
    };
  }
  if (!safeStorage.isEncryptionAvailable()) return null;
  return {
    seal: async (plain) => safeStorage.encryptString(plain),
    open: async (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
  };
}
