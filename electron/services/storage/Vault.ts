import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { encodeKeyFile, findSlot, type KeyFile, withoutSlot, withSlot } from './KeyFile.ts';
import { forgetLegacyKeys, hasComplaints, readKeyFile, writeKeyFile } from './KeyFolder.ts';
import {
  openKeychainSlot,
  openWithSecret,
  type Secret,
  type SecretError,
  sealKeychainSlot,
  sealPassphraseSlot,
  sealRecoverySlot,
} from './KeySlots.ts';
import { type Keychain, makeLegacyKey, readLegacyKey } from './LibraryKey.ts';
import type { PassphraseCost, PassphraseKdf } from './PassphraseKdf.ts';
import { newRecoveryCode, type RecoveryCodeError } from './RecoveryCode.ts';
import { randomBytes } from './Sealer.ts';

export const PASSPHRASE_MIN = 10;

/** 'locked' waits for passphrase or code; the others cannot be opened by either. */
export type VaultPhase = 'open' | 'locked' | 'key-damaged' | 'key-missing' | 'key-locked' | 'key-newer-version';
export interface VaultState {
  phase: VaultPhase;
  passphrase: boolean;
  /** When the recovery kit that counts was made; null without one. */
  kitMadeMs: number | null;
  keychain: 'none' | 'available' | 'used';
  /** Nothing but a file beside the library keeps the key. */
  unprotected: boolean;
  /** True after opening by recovery code: a new passphrase may be set without the old one. */
  mayReset: boolean;
}
export interface VaultOptions {
  folder: string;
  ciphers: Ciphers;
  keychain: Keychain | null;
  kdf: PassphraseKdf;
  cost: PassphraseCost;
  nowMs: () => number;
}

/** The root key of a profile and everything that opens it (SPEC.md beside this file). */
export class Vault {
  readonly #options: VaultOptions;
  #file: KeyFile | null = null;
  #legacy: 'none' | 'keychain' | 'plain' = 'none';
  #phase: VaultPhase = 'locked';
  #root: Uint8Array | null = null;
  #mayReset = false;
  #kitCode: string | null = null;

  private constructor(options: VaultOptions) {
    this.#options = options;
  }

  /** [KO1][KO2][KO3] Opens as far as no person is needed. Rejects with the disk's error. */
  static async open(options: VaultOptions): Promise<Vault> {
    const vault = new Vault(options);
    await vault.#openAlone();
    return vault;
  }

  get state(): VaultState {
    const file = this.#file ?? { id: '', slots: [] };
    const passphrase = findSlot(file, 'passphrase') !== null;
    const used = findSlot(file, 'keychain') !== null || this.#legacy === 'keychain';
    return {
      phase: this.#phase,
      passphrase,
      kitMadeMs: findSlot(file, 'recovery')?.madeMs ?? null,
      keychain: used ? 'used' : this.#options.keychain ? 'available' : 'none',
      unprotected: this.#legacy === 'plain',
      mayReset: this.#mayReset,
    };
  }

  /** Null while it is not open. */
  get root(): Uint8Array | null {
    return this.#root;
  }

  /** [KF] What a backup carries so that passphrase or kit open it elsewhere; empty when there is neither. */
  get portableKeys(): string {
    if (!this.#file) return '';
    const file = withoutSlot(this.#file, 'keychain');
    return file.slots.length > 0 ? encodeKeyFile(file) : '';
  }

  async unlock(secret: Secret): Promise<Result<null, SecretError>> {
    if (!this.#file) return fail({ code: 'key-slot-damaged' });
    const { ciphers, kdf } = this.#options;
    const root = await openWithSecret(ciphers, kdf, this.#file, secret);
    if (!root.ok) return root;
    this.#root = root.value;
    this.#phase = 'open';
    this.#mayReset = secret.kind === 'recovery';
    return ok(null);
  }

  /** After a restore: the key that the person's secret has just opened in the backup. */
  openWith(root: Uint8Array): void {
    if (this.#phase === 'locked') this.#openedWith(root);
  }

  /** Forgets the root key. Without a passphrase there would be no way back in, so nothing happens then. */
  lock(): boolean {
    if (!this.state.passphrase) return false;
    this.#root?.fill(0);
    this.#root = null;
    this.#phase = 'locked';
    this.#mayReset = false;
    this.#kitCode = null;
    return true;
  }

  /** [KF6][KO4][KO5] `current` is null for a first passphrase and after a recovery code. */
  async setPassphrase(
    current: string | null,
    next: string,
    useKeychain: boolean,
  ): Promise<Result<null, SecretError | { code: 'passphrase-short' }>> {
    const root = this.#opened();
    const { ciphers, kdf, cost, keychain, folder } = this.#options;
    if ([...next.normalize('NFKC')].length < PASSPHRASE_MIN) return fail({ code: 'passphrase-short' });
    if (this.state.passphrase && !this.#mayReset) {
      const same = await openWithSecret(ciphers, kdf, this.#file as KeyFile, {
        kind: 'passphrase',
        passphrase: current ?? '',
      });
      if (!same.ok) return same;
    }
    let file = this.#fileOrNew();
    file = withSlot(file, await sealPassphraseSlot(ciphers, kdf, cost, file.id, root, next));
    file =
      useKeychain && keychain ? withSlot(file, await sealKeychainSlot(keychain, root)) : withoutSlot(file, 'keychain');
    await this.#write(file, { kind: 'passphrase', passphrase: next });
    await forgetLegacyKeys(folder);
    this.#legacy = 'none';
    this.#mayReset = false;
    return ok(null);
  }

  /** With a passphrase only: whether the system's keychain opens the library without it. */
  async useKeychain(use: boolean): Promise<void> {
    const root = this.#opened();
    const { keychain } = this.#options;
    if (!this.#file || !this.state.passphrase || (use && !keychain)) return;
    await this.#write(
      use && keychain
        ? withSlot(this.#file, await sealKeychainSlot(keychain, root))
        : withoutSlot(this.#file, 'keychain'),
      null,
    );
  }

  /** [RC3] A code that does not count yet; the same one until it is confirmed or the vault is locked. */
  beginKit(): string {
    this.#opened();
    this.#kitCode ??= newRecoveryCode();
    return this.#kitCode;
  }

  /** [RC3] From here on the begun code opens the library and an older one does not. */
  async confirmKit(lastGroup: string): Promise<Result<null, RecoveryCodeError>> {
    const root = this.#opened();
    const code = this.#kitCode ?? '';
    const groups = code.split('-');
    const typed = lastGroup.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
    if (code === '' || typed !== groups.at(-1))
      return fail({ code: 'recovery-code-mistyped', params: { group: groups.length } });
    const { ciphers, nowMs } = this.#options;
    const file = this.#fileOrNew();
    await this.#write(withSlot(file, sealRecoverySlot(ciphers, file.id, root, code, nowMs())), {
      kind: 'recovery',
      code,
    });
    this.#kitCode = null;
    return ok(null);
  }

  async #openAlone(): Promise<void> {
    const { folder, keychain } = this.#options;
    const read = await readKeyFile(folder);
    if (!read.ok && read.error.code === 'key-newer-version') {
      this.#phase = 'key-newer-version';
      return;
    }
    this.#file = read.ok ? read.value : null;
    const slot = this.#file ? findSlot(this.#file, 'keychain') : null;
    const fromKeychain = slot && keychain ? await openKeychainSlot(keychain, slot) : null;
    const passphrase = this.#file ? findSlot(this.#file, 'passphrase') !== null : false;
    if (passphrase) await forgetLegacyKeys(folder).catch(() => undefined); // [KO4], tried again at the next start
    if (fromKeychain) return this.#openedWith(fromKeychain);
    if (passphrase) return;

    const legacy = await readLegacyKey(folder, keychain);
    if (legacy.ok && legacy.value) {
      this.#legacy = legacy.value.kept;
      return this.#openedWith(legacy.value.key);
    }
    // A kit made before there was a passphrase still opens what the keychain holds back.
    if (this.#file) return;
    if (!read.ok) this.#phase = 'key-damaged';
    else if (!legacy.ok) this.#phase = legacy.error.code;
    else if (await hasComplaints(folder)) this.#phase = 'key-missing';
    else {
      const made = await makeLegacyKey(folder, keychain);
      this.#legacy = made.kept;
      this.#openedWith(made.key);
    }
  }

  #openedWith(root: Uint8Array): void {
    this.#root = root;
    this.#phase = 'open';
  }

  #opened(): Uint8Array {
    if (!this.#root) throw new Error('the library is locked');
    return this.#root;
  }

  #fileOrNew(): KeyFile {
    return this.#file ?? { id: newId<string>(randomBytes), slots: [] };
  }

  /** Durable, read back, and opened by the secret before it counts. */
  async #write(file: KeyFile, proof: Secret | null): Promise<void> {
    const { folder, ciphers, kdf } = this.#options;
    await writeKeyFile(folder, file);
    const back = await readKeyFile(folder);
    if (!back.ok || !back.value || encodeKeyFile(back.value) !== encodeKeyFile(file))
      throw new Error('the key file does not read back');
    if (proof) {
      const root = await openWithSecret(ciphers, kdf, back.value, proof);
      if (!root.ok || !Buffer.from(root.value).equals(this.#opened())) throw new Error('the key file does not open');
    }
    this.#file = file;
  }
}
