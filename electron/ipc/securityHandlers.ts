import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import { newId } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import type { Answer, Notice } from '../../shared/ipc/contract.ts';
import type { SECURITY_CHANNELS, SecurityEvents, VaultSecret } from '../../shared/ipc/security.ts';
import { BackupFailure, EXTENSION } from '../services/backup/BackupFormat.ts';
import { BackupReader, reading } from '../services/backup/BackupReader.ts';
import type { Backups } from '../services/backup/Backups.ts';
import { restoreOne } from '../services/backup/restoreOne.ts';
import type { Library } from '../services/library/Library.ts';
import { atomicWrite } from '../services/storage/atomicWrite.ts';
import { buildKitPage, buildKitText } from '../services/storage/buildKit.ts';
import { findSlot, parseKeyFile } from '../services/storage/KeyFile.ts';
import { openWithSecret } from '../services/storage/KeySlots.ts';
import { noticeOfError } from '../services/storage/noticeOfError.ts';
import type { PassphraseKdf } from '../services/storage/PassphraseKdf.ts';
import { randomBytes, Sealer } from '../services/storage/Sealer.ts';
import type { Vault } from '../services/storage/Vault.ts';
import type { Handlers } from './registrar.ts';

/** Dialogs and the printer, given by Electron in the program. Each answers null when the person cancelled. */
export interface SecurityDesktop {
  chooseBackupFile(windowId: number): Promise<string | null>;
  chooseFolder(windowId: number): Promise<string | null>;
  choosePath(windowId: number, suggestedName: string): Promise<string | null>;
  printPdf(html: string): Promise<Uint8Array>;
}
export interface SecurityServices {
  ciphers: Ciphers;
  kdf: PassphraseKdf;
  desktop: SecurityDesktop;
  vault(): Vault;
  /** Null while the library is locked. */
  current(): { library: Library; backups: Backups } | null;
  /** The vault is open now: opens the library. */
  onUnlocked(): Promise<void>;
  /** Closes every complaint, then locks. */
  lock(): Promise<void>;
  /** Builds, exchanges, opens again, and has every window start anew. */
  restoreLibrary(
    path: string,
    rootKey: Uint8Array,
    sameKey: boolean,
    signal: AbortSignal,
  ): Promise<Result<null, Notice>>;
  onVault(): void;
  onProgress(progress: SecurityEvents['backup/progress']): void;
}

type SecurityHandlers = Pick<Handlers, keyof typeof SECURITY_CHANNELS>;

/** Handlers about the key and the backups. Those that need an open library say so when there is none. */
export function createSecurityHandlers(services: SecurityServices): SecurityHandlers {
  const { desktop, ciphers, kdf } = services;
  const chosen = new Map<string, string>();
  let restoring: AbortController | null = null;
  const state = (): Answer<Vault['state']> => ok(services.vault().state);
  const changed = (): Answer<Vault['state']> => {
    services.onVault();
    return state();
  };
  const open = async <T>(
    use: (current: { library: Library; backups: Backups }) => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    const current = services.current();
    return current ? use(current) : fail({ code: 'library-locked' });
  };
  const cancellable = async <T>(use: (signal: AbortSignal) => Promise<Answer<T>>): Promise<Answer<T>> => {
    if (restoring) return fail({ code: 'backup-running' });
    restoring = new AbortController();
    try {
      return await use(restoring.signal);
    } finally {
      restoring = null;
    }
  };
  /** The root key of a backup: of its own slots by `secret`, else the one that is open here. */
  const keyOf = async (
    reader: BackupReader,
    secret: VaultSecret | null,
  ): Promise<Result<{ rootKey: Uint8Array; sameKey: boolean }, Notice>> => {
    const here = services.vault().root;
    if (secret === null) return here ? ok({ rootKey: here, sameKey: true }) : fail({ code: 'backup-other-key' });
    const file = parseKeyFile(Buffer.from(reader.header.keys));
    if (!file.ok) return fail({ code: reader.header.keys === '' ? 'backup-other-key' : 'backup-damaged' });
    const opened = await openWithSecret(ciphers, kdf, file.value, secret);
    return opened.ok ? ok({ rootKey: opened.value, sameKey: false }) : opened;
  };

  return {
    'vault/state': async () => state(),
    'vault/unlock': async (secret) => {
      const unlocked = await services.vault().unlock(secret);
      if (!unlocked.ok) return unlocked;
      await services.onUnlocked();
      return changed();
    },
    'vault/lock': async () => {
      if (services.vault().state.passphrase) await services.lock();
      return changed();
    },
    'vault/set-passphrase': async ({ current, next, useKeychain }) =>
      open(async () => {
        const set = await services.vault().setPassphrase(current, next, useKeychain);
        return set.ok ? changed() : set;
      }),
    'vault/use-keychain': async ({ use }) =>
      open(async () => {
        await services.vault().useKeychain(use);
        return changed();
      }),
    'vault/begin-kit': async () => open(async () => ok({ code: services.vault().beginKit() })),
    'vault/save-kit': async ({ format, made, words }, caller) =>
      open(async () => {
        const path = await desktop.choosePath(
          caller.windowId,
          `${words.suggestedName}.${format === 'pdf' ? 'pdf' : 'txt'}`,
        );
        if (path === null) return ok(null);
        const code = services.vault().beginKit();
        try {
          const bytes =
            format === 'pdf'
              ? await desktop.printPdf(buildKitPage(words, code, made))
              : Buffer.from(buildKitText(words, code, made));
          await atomicWrite(path, bytes);
        } catch (error) {
          return fail(noticeOfError(error) ? { code: 'kit-not-written' } : raise(error));
        }
        return ok({ path });
      }),
    'vault/confirm-kit': async ({ lastGroup }) =>
      open(async () => {
        const confirmed = await services.vault().confirmKit(lastGroup);
        return confirmed.ok ? changed() : confirmed;
      }),

    'backup/state': async () => open(async ({ backups }) => ok(await backups.state())),
    'backup/now': async () => open(({ backups }) => backups.now()),
    'backup/cancel': async () => {
      restoring?.abort();
      services.current()?.backups.cancel();
      return ok(undefined);
    },
    'backup/choose-folder': async (_request, caller) =>
      open(async ({ backups }) => {
        const folder = await desktop.chooseFolder(caller.windowId);
        return ok(folder === null ? null : await backups.chooseFolder(folder));
      }),
    'backup/save-complete': async ({ suggestedName }, caller) =>
      open(async ({ backups }) => {
        const path = await desktop.choosePath(caller.windowId, `${suggestedName}${EXTENSION}`);
        if (path === null) return ok(null);
        const saved = await backups.saveComplete(path);
        if (!saved.ok) return saved;
        const opened = await BackupReader.open(path);
        if (!opened.ok) return opened;
        await opened.value.close();
        return ok({ path, sizeBytes: opened.value.sizeBytes });
      }),
    'backup/restore-complaint': async ({ name, complaintId, title }) =>
      open(async ({ library, backups }) => {
        const path = backups.pathOf(name);
        const rootKey = services.vault().root;
        if (!path || !rootKey) return fail({ code: 'backup-missing' });
        return cancellable((signal) =>
          restoreOne({
            path,
            complaintId,
            title,
            library,
            root: new Sealer(ciphers, rootKey),
            ciphers,
            signal,
            onStep: (done) => services.onProgress({ phase: 'restoring', done, total: 0 }),
          }),
        );
      }),
    'backup/choose-file': async (_request, caller) => {
      const path = await desktop.chooseBackupFile(caller.windowId);
      if (path === null) return ok(null);
      const opened = await openReader(path);
      if (!opened.ok) return opened;
      const reader = opened.value;
      try {
        const { createdMs, keys } = reader.header;
        const file = parseKeyFile(Buffer.from(keys));
        const here = services.vault().root;
        const sameKey = here !== null && (await reading(() => reader.contents(new Sealer(ciphers, here)))).ok;
        const token = newId<string>(randomBytes);
        chosen.clear();
        chosen.set(token, path);
        return ok({
          token,
          createdMs,
          passphrase: file.ok && findSlot(file.value, 'passphrase') !== null,
          kit: file.ok && findSlot(file.value, 'recovery') !== null,
          sameKey,
        });
      } finally {
        await reader.close();
      }
    },
    'backup/restore-library': async ({ token, name, secret }) => {
      const fromList = name === null ? null : (services.current()?.backups.pathOf(name) ?? null);
      const path = token === null ? fromList : (chosen.get(token) ?? null);
      if (!path) return fail({ code: 'backup-missing' });
      const opened = await openReader(path);
      if (!opened.ok) return opened;
      const key = await keyOf(opened.value, secret).finally(() => opened.value.close());
      if (!key.ok) return key;
      return cancellable(async (signal) => {
        const restored = await services.restoreLibrary(path, key.value.rootKey, key.value.sameKey, signal);
        return restored.ok ? ok(undefined) : restored;
      });
    },
  };
}

/** A name the person chose that cannot be read is a value. */
async function openReader(path: string): Promise<Result<BackupReader, Notice>> {
  try {
    return await BackupReader.open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail({ code: 'backup-missing' });
    if (error instanceof BackupFailure) return fail({ code: error.code });
    throw error;
  }
}

function raise(error: unknown): never {
  throw error;
}
