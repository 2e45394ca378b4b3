import { hkdfSync } from 'node:crypto';
import { utf8 } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { KEY_BYTES, openBytes, sealBytes } from '../../../shared/crypto/sealing.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { findSlot, type KeyFile, type SlotOf, slotContext, type UncheckedSlot } from './KeyFile.ts';
import type { Keychain } from './LibraryKey.ts';
import { type PassphraseCost, type PassphraseKdf, SALT_BYTES } from './PassphraseKdf.ts';
import { parseRecoveryCode, type RecoveryCodeError, recoverySecret } from './RecoveryCode.ts';
import { randomBytes } from './Sealer.ts';

/** What a person opens the library with. */
export type Secret = { kind: 'passphrase'; passphrase: string } | { kind: 'recovery'; code: string };
export type SecretError =
  | { code: 'passphrase-wrong' }
  | { code: 'recovery-code-wrong' }
  | { code: 'key-slot-damaged' }
  | RecoveryCodeError;

/** [KF1] A slot that this passphrase opens. */
export async function sealPassphraseSlot(
  ciphers: Ciphers,
  kdf: PassphraseKdf,
  cost: PassphraseCost,
  id: string,
  root: Uint8Array,
  passphrase: string,
): Promise<UncheckedSlot> {
  const salt = randomBytes(SALT_BYTES);
  const key = await kdf.derive(passphrase, salt, cost);
  return sealSlot(ciphers, key, root, id, { kind: 'passphrase', ...cost, salt: base64(salt), sealed: '' });
}

/** [KF2] A slot that this recovery code opens. */
export function sealRecoverySlot(
  ciphers: Ciphers,
  id: string,
  root: Uint8Array,
  code: string,
  madeMs: number,
): UncheckedSlot {
  const salt = randomBytes(SALT_BYTES);
  const slot = { kind: 'recovery' as const, salt: base64(salt), madeMs, sealed: '' };
  return sealSlot(ciphers, recoveryKey(code, salt), root, id, slot);
}

/** Rejects when the keychain refuses. */
export async function sealKeychainSlot(keychain: Keychain, root: Uint8Array): Promise<UncheckedSlot> {
  return { kind: 'keychain', sealed: base64(await keychain.seal(base64(root))) };
}

/** The root key; null when the keychain does not give it back now. */
export async function openKeychainSlot(keychain: Keychain, slot: SlotOf<'keychain'>): Promise<Uint8Array | null> {
  try {
    const root = bytesOf(await keychain.open(bytesOf(slot.sealed)));
    return root.length === KEY_BYTES ? root : null;
  } catch {
    // A keychain that is locked or was made anew is one way less, not a failure: passphrase and kit remain.
    return null;
  }
}

/** The root key. A code is looked at before its slot: a typing error must be named as one. */
export async function openWithSecret(
  ciphers: Ciphers,
  kdf: PassphraseKdf,
  file: KeyFile,
  secret: Secret,
): Promise<Result<Uint8Array, SecretError>> {
  if (secret.kind === 'passphrase') {
    const slot = findSlot(file, 'passphrase');
    if (!slot) return fail({ code: 'key-slot-damaged' });
    const key = await kdf.derive(secret.passphrase, bytesOf(slot.salt), slot);
    return openSlot(ciphers, key, file.id, slot) ?? fail({ code: 'passphrase-wrong' });
  }
  const code = parseRecoveryCode(secret.code);
  if (!code.ok) return code;
  const slot = findSlot(file, 'recovery');
  if (!slot) return fail({ code: 'key-slot-damaged' });
  return (
    openSlot(ciphers, recoveryKey(code.value, bytesOf(slot.salt)), file.id, slot) ??
    fail({ code: 'recovery-code-wrong' })
  );
}

function openSlot(
  ciphers: Ciphers,
  key: Uint8Array,
  id: string,
  slot: SlotOf<'passphrase'> | SlotOf<'recovery'>,
): Result<Uint8Array, never> | null {
  const opened = openBytes(ciphers, key, bytesOf(slot.sealed), utf8(slotContext(id, slot)));
  return opened.ok && opened.value.length === KEY_BYTES ? ok(opened.value) : null;
}

function sealSlot<S extends UncheckedSlot>(
  ciphers: Ciphers,
  key: Uint8Array,
  root: Uint8Array,
  id: string,
  slot: S,
): S {
  return { ...slot, sealed: base64(sealBytes(ciphers, key, root, utf8(slotContext(id, slot)))) };
}

function recoveryKey(code: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', recoverySecret(code), salt, 'alegato-recovery-1', KEY_BYTES));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
