import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { damaged, seededRandom } from '../testing/seededRandom.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { parseKeyFile } from './KeyFile.ts';
import { KEY_FILE, KEY_FILE_COPY, LEGACY_KEYCHAIN_FILE, LEGACY_PLAIN_FILE } from './KeyFolder.ts';
import type { Keychain } from './LibraryKey.ts';
import { LibraryLock } from './LibraryLock.ts';
import { directKdf, type PassphraseKdf } from './PassphraseKdf.ts';
import { newRecoveryCode, parseRecoveryCode } from './RecoveryCode.ts';
import { Vault } from './Vault.ts';

const temporary = temporaryFolders();
/** As small as Argon2id gets: the cost is not what these tests are about. */
const CHEAP = { ops: 1, memoryBytes: 8 * 1024 };
const WORDS = 'cuatro palabras bien raras';
const KEYCHAIN: Keychain = {
  seal: async (plain) => Buffer.from(plain).map((byte) => byte ^ 0x55),
  open: async (sealed) => Buffer.from(sealed.map((byte) => byte ^ 0x55)).toString('utf8'),
};
const REFUSING: Keychain = {
  ...KEYCHAIN,
  open: async () => {
    throw new Error('locked');
  },
};
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});

function openVault(folder: string, keychain: Keychain | null = null, kdf: PassphraseKdf = directKdf): Promise<Vault> {
  return Vault.open({ folder, ciphers, keychain, kdf, cost: CHEAP, nowMs: () => 1_700_000_000_000 });
}
const passphrase = (text: string) => ({ kind: 'passphrase' as const, passphrase: text });
const recovery = (code: string) => ({ kind: 'recovery' as const, code });

async function makeKit(vault: Vault): Promise<string> {
  const code = vault.beginKit();
  expect(await vault.confirmKit(code.slice(-5).toLowerCase())).toEqual({ ok: true, value: null });
  return code;
}

describe('Vault without a passphrase', () => {
  it('[KO2] makes a key once, in a file that only its owner reads, and asks nothing', async () => {
    const folder = join(await temporary(), 'profile');
    const first = await openVault(folder);
    expect(first.state).toEqual({
      phase: 'open',
      passphrase: false,
      kitMadeMs: null,
      keychain: 'none',
      unprotected: true,
      mayReset: false,
    });
    expect((await openVault(folder)).root).toEqual(first.root);
    if (process.platform !== 'win32') expect((await stat(join(folder, LEGACY_PLAIN_FILE))).mode & 0o777).toBe(0o600);
    expect((await openVault(folder, KEYCHAIN)).root).toEqual(first.root);
  });

  it('[KO2] keeps it with a real keychain, and makes no second one while that refuses', async () => {
    const folder = join(await temporary(), 'profile');
    const first = await openVault(folder, KEYCHAIN);
    expect(first.state).toMatchObject({ phase: 'open', unprotected: false, keychain: 'used' });
    const before = await readdir(folder);
    expect((await openVault(folder, null)).state.phase).toBe('key-locked');
    expect((await openVault(folder, REFUSING)).state.phase).toBe('key-locked');
    expect(await readdir(folder)).toEqual(before);
    const sealed = (await readFile(join(folder, LEGACY_KEYCHAIN_FILE))).toString('base64');
    expect(sealed).not.toContain(Buffer.from(first.root as Uint8Array).toString('base64'));
  });

  it('[KO3] makes no key over complaints that another one sealed', async () => {
    const folder = await temporary();
    await mkdir(join(folder, 'library', 'abcdefghijklmnop'), { recursive: true });
    expect((await openVault(folder)).state.phase).toBe('key-missing');
    expect(await readdir(folder)).toEqual(['library']);
  });

  it('says damaged for a key of another length', async () => {
    const folder = await temporary();
    await writeFile(join(folder, LEGACY_PLAIN_FILE), 'AAAA');
    expect((await openVault(folder)).state.phase).toBe('key-damaged');
  });
});

describe('Vault with a passphrase', () => {
  it('[KF1][KO4] wraps the same key, forgets the plain one, and opens with it and nothing else', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    const { root } = vault;
    expect(await vault.setPassphrase(null, 'too short', false)).toEqual({
      ok: false,
      error: { code: 'passphrase-short' },
    });
    expect((await vault.setPassphrase(null, WORDS, false)).ok).toBe(true);
    expect(await readdir(folder)).toEqual([KEY_FILE, KEY_FILE_COPY]);
    expect(await readFile(join(folder, KEY_FILE_COPY))).toEqual(await readFile(join(folder, KEY_FILE)));
    const text = await readFile(join(folder, KEY_FILE), 'utf8');
    expect(text).not.toContain(Buffer.from(root as Uint8Array).toString('base64'));

    const again = await openVault(folder);
    expect(again.state).toMatchObject({ phase: 'locked', passphrase: true, unprotected: false });
    expect(again.root).toBeNull();
    for (const wrong of ['', 'cuatro palabras bien rara', `${WORDS} `])
      expect(await again.unlock(passphrase(wrong))).toEqual({ ok: false, error: { code: 'passphrase-wrong' } });
    expect((await again.unlock(passphrase(WORDS))).ok).toBe(true);
    expect(again.root).toEqual(root);
    expect(again.lock()).toBe(true);
    expect([again.root, again.state.phase]).toEqual([null, 'locked']);
  });

  it('[KF1] reads the passphrase in one Unicode form, whatever the keyboard makes', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, 'canción del café'.normalize('NFD'), false);
    const again = await openVault(folder);
    expect((await again.unlock(passphrase('canción del café'.normalize('NFC')))).ok).toBe(true);
  });

  it('[KO5] changes with the present one only, and keeps it when the disk refuses', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, WORDS, false);
    expect(await vault.setPassphrase('guessed wrongly', 'another long one', false)).toEqual({
      ok: false,
      error: { code: 'passphrase-wrong' },
    });
    // The folder's place for the temporary file is taken away: nothing can be written.
    await rm(join(folder, KEY_FILE_COPY));
    await mkdir(join(folder, KEY_FILE_COPY, 'in the way'), { recursive: true });
    await expect(vault.setPassphrase(WORDS, 'another long one', false)).rejects.toThrow();
    await rm(join(folder, KEY_FILE_COPY), { recursive: true });
    expect((await (await openVault(folder)).unlock(passphrase(WORDS))).ok).toBe(true);
    expect((await vault.setPassphrase(WORDS, 'another long one', false)).ok).toBe(true);
    const again = await openVault(folder);
    expect((await again.unlock(passphrase(WORDS))).ok).toBe(false);
    expect((await again.unlock(passphrase('another long one'))).ok).toBe(true);
  });

  it('[KF6] opens with the old or the new one after a stop between the two files, never with neither', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, WORDS, false);
    const old = await readFile(join(folder, KEY_FILE));
    await vault.setPassphrase(WORDS, 'another long one', false);
    await writeFile(join(folder, KEY_FILE), old);
    const stopped = await openVault(folder);
    expect((await stopped.unlock(passphrase(WORDS))).ok).toBe(true);
    expect(await readFile(join(folder, KEY_FILE_COPY))).toEqual(old);
  });

  it('[KO1] opens by a real keychain when the person wants it, and by passphrase when that is gone', async () => {
    const folder = await temporary();
    const vault = await openVault(folder, KEYCHAIN);
    await vault.setPassphrase(null, WORDS, true);
    expect((await openVault(folder, KEYCHAIN)).state).toMatchObject({ phase: 'open', keychain: 'used' });
    expect((await openVault(folder, REFUSING)).state.phase).toBe('locked');
    const without = await openVault(folder, null);
    expect((await without.unlock(passphrase(WORDS))).ok).toBe(true);
    await vault.useKeychain(false);
    expect((await openVault(folder, KEYCHAIN)).state).toMatchObject({ phase: 'locked', keychain: 'available' });
    expect(vault.portableKeys).not.toContain('keychain');
  });

  it('[KO4] finishes an upgrade that was stopped: what is left of the plain key opens nothing', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    const plain = await readFile(join(folder, LEGACY_PLAIN_FILE));
    await vault.setPassphrase(null, WORDS, false);
    await writeFile(join(folder, LEGACY_PLAIN_FILE), plain);
    expect((await openVault(folder)).state.phase).toBe('locked');
    expect(await readdir(folder)).toEqual([KEY_FILE, KEY_FILE_COPY]);
  });
});

describe('recovery kit', () => {
  it('[RC1][RC2] reads its code in any spelling, and names the group that is wrong', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 300; round += 1) {
      const code = newRecoveryCode();
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}$/);
      const spelled = code
        .toLowerCase()
        .replaceAll('0', 'o')
        .replaceAll('1', random() < 0.5 ? 'i' : 'L');
      expect(parseRecoveryCode(` ${spelled.replaceAll('-', ' ')}\n`)).toEqual({ ok: true, value: code });
    }
    const code = newRecoveryCode();
    const groups = code.split('-');
    let caught = 0;
    for (let at = 0; at < 7; at += 1)
      for (const other of '23456789') {
        const changed = groups.with(at, other + (groups[at] as string).slice(1)).join('-');
        if (changed === code) continue;
        const parsed = parseRecoveryCode(changed);
        if (parsed.ok) continue;
        expect(parsed.error.params.group).toBe(at + 1);
        caught += 1;
      }
    expect(caught).toBeGreaterThan(45);
    expect(parseRecoveryCode(groups.slice(0, 5).join('-'))).toMatchObject({ error: { params: { group: 6 } } });
    expect(parseRecoveryCode(`${code}Z`).ok).toBe(false);
    expect(parseRecoveryCode('ñ'.repeat(10_000)).ok).toBe(false);
  });

  it('[RC3] counts once its last group is typed back; the older one counts until then', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, WORDS, false);
    const first = await makeKit(vault);
    const second = vault.beginKit();
    expect(vault.beginKit()).toBe(second);
    expect(await vault.confirmKit('AAAAA')).toMatchObject({ ok: false, error: { code: 'recovery-code-mistyped' } });
    expect((await (await openVault(folder)).unlock(recovery(first))).ok).toBe(true);
    await vault.confirmKit(second.split('-')[6] as string);
    const again = await openVault(folder);
    expect(again.state.kitMadeMs).toBe(1_700_000_000_000);
    expect(await again.unlock(recovery(first))).toEqual({ ok: false, error: { code: 'recovery-code-wrong' } });
    expect((await again.unlock(recovery(second))).ok).toBe(true);
    // A forgotten passphrase is replaced without it, once the kit has opened the library.
    expect(again.state.mayReset).toBe(true);
    expect((await again.setPassphrase(null, 'a new one, remembered', false)).ok).toBe(true);
    expect(again.root).toEqual(vault.root);
  });

  it('works without a passphrase too, and opens what a keychain holds back', async () => {
    const folder = await temporary();
    const vault = await openVault(folder, KEYCHAIN);
    const code = await makeKit(vault);
    const refused = await openVault(folder, REFUSING);
    expect(refused.state.phase).toBe('locked');
    expect((await refused.unlock(recovery(code))).ok).toBe(true);
    expect(refused.root).toEqual(vault.root);
  });
});

describe('damaged key files', () => {
  it('[KF4][KF5] one damaged file of two: opens, and both are whole again (200 seeds)', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, WORDS, false);
    const code = await makeKit(vault);
    const whole = await readFile(join(folder, KEY_FILE));
    for (let seed = 0; seed < 200; seed += 1) {
      const name = seed % 2 ? KEY_FILE : KEY_FILE_COPY;
      await writeFile(join(folder, name), damaged(whole, seededRandom(seed)));
      const again = await openVault(folder);
      expect((await again.unlock(recovery(code))).ok, `seed ${seed}`).toBe(true);
      expect(await readFile(join(folder, name)), `seed ${seed}`).toEqual(whole);
    }
  });

  it('[KF3][KF4] every byte flipped in both: opens, or says damaged, never opens to another key', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, WORDS, false);
    const code = await makeKit(vault);
    const whole = await readFile(join(folder, KEY_FILE));
    let opened = 0;
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = whole.map((byte, index) => (index === at ? byte ^ 1 : byte));
      await writeFile(join(folder, KEY_FILE), bytes);
      await writeFile(join(folder, KEY_FILE_COPY), bytes);
      const again = await openVault(folder);
      expect(['locked', 'key-damaged'], `byte ${at}`).toContain(again.state.phase);
      const byCode = await again.unlock(recovery(code));
      const byWords = byCode.ok ? byCode : await again.unlock(passphrase(WORDS));
      if (!byWords.ok) expect(byWords.error.code, `byte ${at}`).toBe('key-slot-damaged');
      else {
        expect(again.root, `byte ${at}`).toEqual(vault.root);
        opened += 1;
      }
    }
    // A flip inside one slot leaves the other one whole.
    expect(opened).toBeGreaterThan(whole.length / 2);
  });

  it('[KF7] leaves the file of a newer program alone', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, WORDS, false);
    const { createHash } = await import('node:crypto');
    const parsed = JSON.parse(await readFile(join(folder, KEY_FILE), 'utf8')) as { check: string };
    const { check: _check, ...body } = { ...parsed, version: 2 };
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, inner]) => [key, sorted(inner)]),
            )
          : value;
    const check = createHash('sha256')
      .update(JSON.stringify(sorted(body)))
      .digest('hex');
    await writeFile(join(folder, KEY_FILE), JSON.stringify({ ...body, check }));
    const before = await readFile(join(folder, KEY_FILE_COPY));
    expect((await openVault(folder)).state.phase).toBe('key-newer-version');
    expect(await readFile(join(folder, KEY_FILE_COPY))).toEqual(before);
  });

  it('[KF1] refuses a cost that would take the computer down, before any memory is taken', () => {
    const slot = (ops: number, memoryBytes: number) =>
      parseKeyFile(
        Buffer.from(
          JSON.stringify({
            format: 'alegato-keys',
            version: 1,
            id: 'abcdefghijklmnop',
            slots: [{ kind: 'passphrase', ops, memoryBytes, salt: 'AAAA', sealed: 'AAAA', check: '' }],
            check: '',
          }),
        ),
      );
    expect(slot(3, 2 ** 40)).toEqual({ ok: false, error: { code: 'key-damaged' } });
    expect(slot(1e6, 2 ** 20)).toEqual({ ok: false, error: { code: 'key-damaged' } });
    expect(parseKeyFile(new Uint8Array(1_000_000))).toEqual({ ok: false, error: { code: 'key-damaged' } });
  });

  it('opens from a folder that cannot be written to', async () => {
    const folder = await temporary();
    const vault = await openVault(folder);
    await vault.setPassphrase(null, WORDS, false);
    await rm(join(folder, KEY_FILE_COPY));
    await chmod(folder, 0o500);
    const again = await openVault(folder);
    expect((await again.unlock(passphrase(WORDS))).ok).toBe(true);
    await chmod(folder, 0o700);
  });
});

describe('LibraryLock', () => {
  it('[LL1] lets one in at a time, and the next one after it', async () => {
    const library = join(await temporary(), 'library');
    const first = await LibraryLock.take(library);
    expect(await LibraryLock.take(library)).toEqual({ ok: false, error: { code: 'library-in-use' } });
    if (first.ok) await first.value.release();
    const second = await LibraryLock.take(library);
    expect(second.ok).toBe(true);
    if (second.ok) await second.value.release();
  });

  it('[LL1] is not kept out by a damaged lock', async () => {
    const library = join(await temporary(), 'library');
    const first = await LibraryLock.take(library);
    if (first.ok) await first.value.release();
    await writeFile(join(library, '.lock', 'CURRENT'), 'nonsense');
    const second = await LibraryLock.take(library);
    expect(second.ok).toBe(true);
    if (second.ok) await second.value.release();
  });
});
