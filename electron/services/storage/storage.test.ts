import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { Settings } from '../../../shared/ipc/contract.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { atomicWrite } from './atomicWrite.ts';
import { ComplaintStore } from './ComplaintStore.ts';
import { noticeOfError } from './noticeOfError.ts';
import { randomBytes, Sealer } from './Sealer.ts';
import { SettingsFile } from './SettingsFile.ts';

const temporary = temporaryFolders();
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});

const DEFAULTS: Settings = {
  language: 'en',
  theme: 'system',
  interfacePercent: 100,
  pagePercent: 100,
  leftSidebarPx: 256,
  rightSidebarPx: 348,
  organizationName: '',
  relayUrl: '',
  typing: true,
  spelling: true,
  formattingMarks: false,
};

describe('Sealer', () => {
  it('opens what it sealed, under the same context only', () => {
    const sealer = new Sealer(ciphers, randomBytes(32));
    const plain = new TextEncoder().encode('Oscar*');
    const sealed = sealer.seal(plain, 'a');
    expect(sealer.open(sealed, 'a')).toEqual(plain);
    expect(sealer.open(sealed, 'b')).toBeNull();
    expect(sealer.derive('other').open(sealed, 'a')).toBeNull();
    for (let i = 0; i < sealed.length; i += 1) {
      const flipped = sealed.slice();
      flipped[i] = (flipped[i] as number) ^ 1;
      expect(sealer.open(flipped, 'a')).toBeNull();
    }
    expect(sealer.open(sealed.subarray(0, 39), 'a')).toBeNull();
  });
});

describe('atomicWrite', () => {
  it('replaces a file whole and leaves nothing beside it', async () => {
    const folder = await temporary();
    const path = join(folder, 'a.docx');
    await atomicWrite(path, new Uint8Array([1]));
    await atomicWrite(path, new Uint8Array([2, 3]));
    expect([...(await readFile(path))]).toEqual([2, 3]);
    expect(await readdir(folder)).toEqual(['a.docx']);
  });

  it('keeps the old content and cleans up when the new one cannot take its place', async () => {
    const folder = await temporary();
    const path = join(folder, 'taken');
    await mkdir(path);
    await writeFile(join(path, 'inside'), 'old');
    await expect(atomicWrite(path, new Uint8Array([1]))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
    await expect(atomicWrite(join(folder, 'nowhere', 'x'), new Uint8Array([1]))).rejects.toThrow();
  });
});

describe('SettingsFile', () => {
  it('keeps what was written, sealed', async () => {
    const path = join(await temporary(), 'settings');
    const sealer = new Sealer(ciphers, randomBytes(32));
    const settings = await SettingsFile.open(path, sealer, DEFAULTS);
    await Promise.all([
      settings.write({ organizationName: 'Centro de Prueba' }),
      settings.write({ theme: 'dark' }),
      settings.write({ language: undefined }),
    ]);
    expect((await readFile(path)).toString('latin1')).not.toContain('Centro');
    const again = await SettingsFile.open(path, sealer, DEFAULTS);
    expect(again.read()).toEqual({ ...DEFAULTS, organizationName: 'Centro de Prueba', theme: 'dark' });
  });

  it('starts with the defaults when the file is damaged, and field by field when one is out of range', async () => {
    const path = join(await temporary(), 'settings');
    const sealer = new Sealer(ciphers, randomBytes(32));
    await writeFile(path, 'damaged');
    expect((await SettingsFile.open(path, sealer, DEFAULTS)).read()).toEqual(DEFAULTS);
    await writeFile(
      path,
      sealer.seal(new TextEncoder().encode(JSON.stringify({ theme: 'dark', pagePercent: 9 })), 'settings-v1'),
    );
    expect((await SettingsFile.open(path, sealer, DEFAULTS)).read()).toEqual({ ...DEFAULTS, theme: 'dark' });
  });
});

describe('ComplaintStore', () => {
  it('keeps sealed records under their names, and tells a damaged one from a missing one', async () => {
    const folder = join(await temporary(), 'db');
    const opened = await ComplaintStore.open(folder, new Sealer(ciphers, randomBytes(32)), true);
    if (!opened.ok) throw new Error(opened.error.code);
    const store = opened.value;
    await store.putJson('a/1', { title: 'Zacatecoluca' });
    await store.write([
      { type: 'put', name: 'a/2', value: new Uint8Array([2]) },
      { type: 'del', name: 'a/9' },
    ]);
    expect(await store.getJson('a/1')).toEqual({ title: 'Zacatecoluca' });
    expect(await store.get('a/3')).toBeNull();
    await store.db.put('a/3', (await store.db.get('a/2')) as Uint8Array);
    await expect(store.get('a/3')).rejects.toMatchObject({ name: 'DamagedRecord' });
    expect(noticeOfError(await store.get('a/3').catch((error: unknown) => error))).toEqual({
      code: 'complaint-damaged',
    });
    const names: (string | null)[] = [];
    for await (const { name, value } of store.entries('a/')) names.push(value ? name : null);
    expect(names).toEqual(['a/1', 'a/2', null]);
    await store.close();
  });

  it('says in use, and never makes an empty store where there is none', async () => {
    const folder = join(await temporary(), 'db');
    const sealer = new Sealer(ciphers, randomBytes(32));
    expect(await ComplaintStore.open(folder, sealer, false)).toEqual({
      ok: false,
      error: { code: 'complaint-damaged' },
    });
    const first = await ComplaintStore.open(folder, sealer, true);
    expect(await ComplaintStore.open(folder, sealer, false)).toEqual({
      ok: false,
      error: { code: 'complaint-in-use' },
    });
    if (first.ok) await first.value.close();
  });
});

describe('noticeOfError', () => {
  it('knows the errors of a disk that a person can do something about', async () => {
    expect(noticeOfError(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toEqual({ code: 'disk-full' });
    expect(noticeOfError(new Error('outer', { cause: Object.assign(new Error('x'), { code: 'EROFS' }) }))).toEqual({
      code: 'folder-read-only',
    });
    expect(noticeOfError(new Error('x'))).toBeNull();
    expect(noticeOfError('x')).toBeNull();
    const folder = await temporary();
    await chmod(folder, 0o500);
    const written = await atomicWrite(join(folder, 'x'), new Uint8Array([1])).then(() => 'written', noticeOfError);
    // Root writes everywhere.
    expect(['written', { code: 'folder-read-only' }]).toContainEqual(written);
    await chmod(folder, 0o700);
  });
});
