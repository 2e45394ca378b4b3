import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredVersion, VersionFacts } from '../../../shared/ipc/versions.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { chooseThinned, MAX_AUTOMATIC } from './chooseThinned.ts';
import { packState, unpackState, Versions } from './Versions.ts';

const temporary = temporaryFolders();
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const facts = (fields: Partial<VersionFacts> = {}): VersionFacts => ({
  kind: 'time',
  name: '',
  organizations: ['Center'],
  insertedWords: 3,
  deletedWords: 1,
  moves: 0,
  reached: { '1': 40 },
  ...fields,
});
const state = (words: string): Uint8Array => new TextEncoder().encode(JSON.stringify({ words }));

async function openStore(folder: string, key = randomBytes(32)) {
  const opened = await ComplaintStore.open(folder, new Sealer(await loadCiphers(), key), true);
  if (!opened.ok) throw new Error(opened.error.code);
  return { store: opened.value, key };
}

describe('versions', () => {
  it('keeps states over a restart, newest first, and repeats none', async () => {
    const folder = join(await temporary(), 'db');
    const { store, key } = await openStore(folder);
    let now = 1_000_000;
    const versions = new Versions(store, () => now);
    const first = await versions.keep(facts(), state('one'));
    now += DAY_MS;
    expect(await versions.keep(facts(), state('one'))).toBeNull();
    const named = await versions.keep(facts({ kind: 'named', name: 'Sent to CRCL' }), state('one'));
    await store.close();

    const again = await openStore(folder, key);
    const read = new Versions(again.store, () => now);
    expect((await read.list()).versions.map(({ id }) => id)).toEqual([named?.id, first?.id]);
    expect(await read.read(first?.id ?? '')).toEqual({ ok: true, value: state('one') });
    expect(await read.read('a'.repeat(16))).toEqual({ ok: false, error: { code: 'version-missing' } });
    expect(await read.name(first?.id ?? '', 'Draft')).toMatchObject({
      ok: true,
      value: { kind: 'named', name: 'Draft' },
    });
    await again.store.close();
  });

  it('counts what does not open, passes over it, and leaves it where it is', async () => {
    const { store } = await openStore(join(await temporary(), 'db'));
    const versions = new Versions(store, () => 5);
    const one = await versions.keep(facts({ kind: 'named', name: 'one' }), state('one'));
    const two = await versions.keep(facts({ kind: 'named', name: 'two' }), state('two'));
    await store.db.put(`versions/facts/${one?.id}`, new Uint8Array(80));
    await store.db.put(`versions/state/${two?.id}`, new Uint8Array(80));
    expect(await versions.list()).toMatchObject({ versions: [{ name: 'two' }], damaged: 1 });
    expect(await versions.read(two?.id ?? '')).toEqual({ ok: false, error: { code: 'version-damaged' } });
    expect(await versions.keep(facts(), state('three'))).not.toBeNull();
    expect(await store.db.get(`versions/facts/${one?.id}`)).toHaveLength(80);
    await store.close();
  });

  it('is whole or not there after a log that was torn anywhere', async () => {
    const root = await temporary();
    const { store, key } = await openStore(join(root, 'db'));
    const versions = new Versions(store, () => 7);
    await versions.keep(facts({ kind: 'named', name: 'one' }), state('one'));
    await versions.keep(facts({ kind: 'named', name: 'two' }), new Uint8Array(randomBytes(3_000)));
    await store.close();
    const files = await Promise.all(
      (await readdir(join(root, 'db'))).map(async (name) => ({ name, bytes: await readFile(join(root, 'db', name)) })),
    );
    const log = files.find(({ name }) => name.endsWith('.log'));
    if (!log) throw new Error('no log');
    let whole = 0;
    for (let cut = 0; cut <= log.bytes.length; cut += 173) {
      const folder = join(root, `cut-${cut}`);
      await mkdir(folder);
      for (const { name, bytes } of files)
        await writeFile(join(folder, name), name === log.name ? bytes.subarray(0, cut) : bytes);
      const torn = await openStore(folder, key);
      const read = new Versions(torn.store, () => 8);
      const { versions: found, damaged } = await read.list();
      expect(damaged).toBe(0);
      for (const { id } of found) expect((await read.read(id)).ok).toBe(true);
      whole += found.length;
      await torn.store.close();
    }
    expect(whole).toBeGreaterThan(0);
  });

  it('says that the disk is full, keeps what was there, and goes on once there is room', async () => {
    const disk = await temporary();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      // Without the right to mount, the same error stands in for the disk.
      expect(noticeOfError(Object.assign(new Error('x'), { code: 'ENOSPC' }))?.code).toBe('disk-full');
      return;
    }
    try {
      const { store } = await openStore(join(disk, 'db'));
      const versions = new Versions(store, () => 9);
      await writeFile(join(disk, 'filler'), new Uint8Array(4_500_000));
      const kept = await versions.keep(facts({ kind: 'named', name: 'kept' }), state('kept'));
      const refused = versions
        .keep(facts(), randomBytes(2_000_000))
        .catch((error: unknown) => noticeOfError(error)?.code);
      expect(await refused).toBe('disk-full');
      expect((await versions.list()).versions.map(({ id }) => id)).toEqual([kept?.id]);
      await rm(join(disk, 'filler'));
      expect(await versions.keep(facts(), state('small'))).not.toBeNull();
      await store.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });

  it('takes a state from outside for what it is: a bomb and rubbish count as damaged', async () => {
    expect(await unpackState(await packState(state('x')))).toEqual({ ok: true, value: state('x') });
    expect(await unpackState(new Uint8Array(50))).toMatchObject({ ok: false });
    expect(await unpackState(await packState(new Uint8Array(65 * 1024 * 1024)))).toMatchObject({ ok: false });
  });
});

describe('thinning', () => {
  it('keeps named ones and the newest, fewer the older, and is the same when done again', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const now = 400 * DAY_MS;
    const all = Array.from(
      { length: 6_000 },
      (_, at): StoredVersion => ({
        ...facts(at % 500 === 0 ? { kind: 'named', name: 'n' } : {}),
        id: `v${at}`,
        atMs: now - random() ** 2 * 390 * DAY_MS,
        hash: '',
      }),
    );
    const gone = new Set(chooseThinned(all, now));
    const left = all.filter(({ id }) => !gone.has(id));
    expect(left.filter(({ kind }) => kind === 'named')).toHaveLength(12);
    expect(left.length - 12).toBeLessThanOrEqual(MAX_AUTOMATIC);
    const newest = [...all].sort((a, b) => b.atMs - a.atMs)[0];
    expect(left.some(({ id }) => id === newest?.id)).toBe(true);
    expect(chooseThinned(left, now)).toEqual([]);
    const days = new Set(
      left
        .filter(({ atMs, kind }) => kind !== 'named' && now - atMs > 8 * DAY_MS && now - atMs < 50 * DAY_MS)
        .map(({ atMs }) => Math.floor(atMs / DAY_MS)),
    );
    expect(days.size).toBeGreaterThan(30);
  });
});
