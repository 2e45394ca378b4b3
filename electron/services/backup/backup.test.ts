// Over 400 lines: making, verifying, thinning and restoring backups on one set of libraries.
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { OpenComplaint } from '../complaint/OpenComplaint.ts';
import { openRoomLink } from '../complaint/openRoomLink.ts';
import { Library } from '../library/Library.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { directKdf } from '../storage/PassphraseKdf.ts';
import { Sealer } from '../storage/Sealer.ts';
import { Vault } from '../storage/Vault.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { damaged, seededRandom } from '../testing/seededRandom.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { BackupFolderFile } from './BackupFolderFile.ts';
import { BackupFailure, parseHeader } from './BackupFormat.ts';
import { Backups } from './Backups.ts';
import { chooseKept, isDue } from './chooseKept.ts';
import { FilePool } from './FilePool.ts';
import { finishRestore } from './pendingRestore.ts';
import { restoreLibrary } from './restoreLibrary.ts';
import { restoreOne } from './restoreOne.ts';
import { verifyBackup } from './verifyBackup.ts';

const temporary = temporaryFolders();
const REPAIR = join(import.meta.dirname, '../storage/repair-store.ts');
const DAY_MS = 86_400_000;
const START_MS = 1_790_000_000_000;
const WORDS = 'cuatro palabras bien raras';
const libraries: Library[] = [];
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});
afterEach(async () => {
  await Promise.all(libraries.splice(0).map((library) => library.closeAll()));
});

interface Desk {
  profile: string;
  vault: Vault;
  rootKey: Uint8Array;
  root: Sealer;
  library: Library;
  backups: Backups;
  notices: Notice[];
  clock: { nowMs: number };
}

async function openDesk(profile: string, backupsPath = `${profile}-backups`): Promise<Desk> {
  const vault = await Vault.open({
    folder: profile,
    ciphers,
    keychain: null,
    kdf: directKdf,
    cost: { ops: 1, memoryBytes: 8 * 1024 },
    nowMs: () => 0,
  });
  if (!vault.root) await vault.unlock({ kind: 'passphrase', passphrase: WORDS });
  const rootKey = vault.root as Uint8Array;
  const root = new Sealer(ciphers, rootKey);
  const notices: Notice[] = [];
  const library = await Library.open({
    path: join(profile, 'library'),
    root,
    ciphers,
    openRoomLink,
    samplePath: '',
    repairStore: (folder: string) =>
      new Promise((resolve) => {
        execFile(process.execPath, ['--import', 'tsx', REPAIR, folder], (error) => resolve(error === null));
      }),
    onStatus: () => undefined,
    onNotice: (_id, notice) => notices.push(notice),
    onTransfer: () => undefined,
    onFiles: () => undefined,
    onChanged: () => undefined,
    onMembers: () => undefined,
    onRebuild: () => undefined,
    onJoin: () => undefined,
    onCode: () => undefined,
  });
  libraries.push(library);
  const clock = { nowMs: START_MS };
  const backups = new Backups({
    library,
    root,
    ciphers,
    settingsPath: join(profile, 'settings'),
    folderFile: await BackupFolderFile.open(join(profile, 'backup-settings'), root, backupsPath),
    portableKeys: () => vault.portableKeys,
    nowMs: () => clock.nowMs,
    onChanged: () => undefined,
    onProgress: () => undefined,
    onCode: () => undefined,
  });
  return { profile, vault, rootKey, root, library, backups, notices, clock };
}

async function newDesk(): Promise<Desk> {
  return openDesk(join(await temporary(), 'profile'));
}

async function opened(desk: Desk, id: string): Promise<OpenComplaint> {
  const complaint = await desk.library.openComplaint(id);
  if (!complaint.ok) throw new Error(complaint.error.code);
  return complaint.value;
}

/** A complaint that says `text`, closed again. */
async function write(desk: Desk, title: string, text: string): Promise<string> {
  const { id } = await desk.library.create(title, 'template', 'Centro');
  const complaint = await opened(desk, id);
  complaint.write((doc) => doc.getText('note').insert(0, text));
  await complaint.files.sealCopy(new TextEncoder().encode(`exhibit of ${title}`));
  await desk.library.close(id);
  return id;
}

async function textOf(desk: Desk, id: string): Promise<string> {
  const complaint = await opened(desk, id);
  let text = '';
  complaint.write((doc) => {
    text = doc.getText('note').toString();
  });
  await desk.library.close(id);
  return text;
}

async function backUp(desk: Desk): Promise<string> {
  const made = await desk.backups.now();
  if (!made.ok) throw new Error(made.error.code);
  return join(desk.backups.folder, made.value.backups[0]?.name ?? '');
}

async function verify(desk: Desk, path: string): Promise<string> {
  try {
    await verifyBackup({
      path,
      root: desk.root,
      ciphers,
      pool: new FilePool(join(dirname(path), 'pool')),
      signal: new AbortController().signal,
      onStep: () => undefined,
    });
    return 'ok';
  } catch (error) {
    if (error instanceof BackupFailure) return error.code;
    throw error;
  }
}

describe('Backups', () => {
  it('[BK1][BK2][BK3] holds open and closed complaints, sealed, with each exhibit file once', async () => {
    const desk = await newDesk();
    const closed = await write(desk, 'Queja por Mauricio', 'closed text');
    const openId = await write(desk, 'Queja por Melissa', 'open text');
    const complaint = await opened(desk, openId);
    complaint.write((doc) => doc.getText('note').insert(0, 'now '));
    await complaint.flush();
    const first = await backUp(desk);
    const second = await backUp(desk);
    expect(await verify(desk, first)).toBe('ok');
    expect(await verify(desk, second)).toBe('ok');
    expect(await readdir(join(desk.backups.folder, 'pool'))).toHaveLength(2);
    const bytes = await readFile(second);
    for (const word of ['Mauricio', 'Melissa', 'text', closed]) expect(bytes.includes(word)).toBe(false);
    expect((await desk.backups.state()).backups[0]?.complaints.map(({ title }) => title).sort()).toEqual([
      'Queja por Mauricio',
      'Queja por Melissa',
    ]);
    // It goes on writing as if nothing had been.
    complaint.write((doc) => doc.getText('note').insert(0, 'and '));
    await desk.library.close(openId);
    expect(await textOf(desk, openId)).toBe('and now open text');
  });

  it('[BK3][BK9] is never half there: cancelled, or stopped in the middle', async () => {
    const desk = await newDesk();
    await write(desk, 'a', 'b');
    const making = desk.backups.now();
    desk.backups.cancel();
    expect(await making).toEqual({ ok: false, error: { code: 'backup-cancelled' } });
    expect((await desk.backups.state()).backups).toEqual([]);
    await writeFile(join(desk.backups.folder, '000009-2026-11-22.alegato-backup.part'), 'half');
    expect((await desk.backups.state()).backups).toEqual([]);
    await backUp(desk);
    expect((await readdir(desk.backups.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('says so when another one runs, and when the folder cannot be made', async () => {
    const desk = await newDesk();
    const making = desk.backups.now();
    expect(await desk.backups.now()).toEqual({ ok: false, error: { code: 'backup-running' } });
    expect((await making).ok).toBe(true);
    const inTheWay = join(await temporary(), 'file');
    await writeFile(inTheWay, '');
    await desk.backups.chooseFolder(inTheWay).catch(() => undefined);
    expect(await desk.backups.now()).toMatchObject({ ok: false });
  });

  it('[BK5] keeps days and weeks, whatever the clock does, and removes none before a newer is verified', async () => {
    const at = (sequence: number, day: number) => ({
      name: `b${sequence}`,
      sequence,
      createdMs: START_MS + day * DAY_MS,
      whole: new Set(['x']),
    });
    const daily = Array.from({ length: 60 }, (_, index) => at(index + 1, index));
    const kept = chooseKept(daily, []);
    expect([...kept].filter((name) => Number(name.slice(1)) > 53)).toHaveLength(7);
    expect(kept.size).toBeGreaterThanOrEqual(9);
    expect(kept.size).toBeLessThanOrEqual(12);
    // Five a day make no difference, and a clock set back five years keeps the newest all the same.
    expect(
      chooseKept(
        Array.from({ length: 50 }, (_, index) => at(index + 1, Math.floor(index / 50))),
        [],
      ).size,
    ).toBe(2);
    const random = seededRandom(3);
    for (let round = 0; round < 200; round += 1) {
      const jumping = Array.from({ length: 30 }, (_, index) => at(index + 1, Math.floor(random() * 4_000) - 2_000));
      const chosen = chooseKept(jumping, []);
      expect(chosen.has('b30')).toBe(true);
      expect(chosen.size).toBeLessThanOrEqual(12);
    }
  });

  it('[BK6] keeps the newest one that has a damaged complaint whole', () => {
    const backups = Array.from({ length: 40 }, (_, index) => ({
      name: `b${index + 1}`,
      sequence: index + 1,
      createdMs: START_MS + index * DAY_MS,
      whole: new Set(index < 5 ? ['x', 'y'] : ['y']),
    }));
    expect(chooseKept(backups, ['x']).has('b5')).toBe(true);
    expect(chooseKept(backups, []).has('b5')).toBe(false);
  });

  it('[BK8] is due after 20 hours in either direction', () => {
    expect(isDue(null, START_MS)).toBe(true);
    expect(isDue(START_MS, START_MS + DAY_MS / 2)).toBe(false);
    expect(isDue(START_MS, START_MS + DAY_MS)).toBe(true);
    expect(isDue(START_MS, START_MS - 400 * DAY_MS)).toBe(true);
  });

  it('[BK5][BK7][CS3] rotates over months with a clock that goes back, and clears files nobody names', async () => {
    const desk = await newDesk();
    const id = await write(desk, 'a', 'text');
    for (let day = 0; day < 16; day += 1) {
      desk.clock.nowMs = START_MS + (day < 10 ? day : day - 400) * DAY_MS;
      await backUp(desk);
    }
    const { backups } = await desk.backups.state();
    expect(backups.map(({ name }) => Number(name.slice(0, 6)))[0]).toBe(16);
    expect(backups.length).toBeLessThanOrEqual(12);
    await writeFile(join(desk.backups.folder, 'pool', 'f'.repeat(64)), 'of no backup');
    await backUp(desk);
    expect(await readdir(join(desk.backups.folder, 'pool'))).toHaveLength(1);
    expect(await textOf(desk, id)).toBe('text');
  });

  it('[BK6] goes on when one complaint is damaged, and says which', async () => {
    const desk = await newDesk();
    const bad = await write(desk, 'bad', 'lost');
    const good = await write(desk, 'good', 'kept');
    await backUp(desk);
    await rm(join(desk.profile, 'library', bad, 'db'), { recursive: true });
    await backUp(desk);
    const newest = (await desk.backups.state()).backups[0];
    expect(newest?.complaints.find(({ id }) => id === bad)?.damaged).toBe(true);
    expect(newest?.complaints.find(({ id }) => id === good)?.damaged).toBe(false);
  });
});

describe('damaged backups', () => {
  it('[RS1] is refused whatever is cut off or changed in it, and changes nothing (300 seeds)', async () => {
    const desk = await newDesk();
    await write(desk, 'a', 'some text that is in it');
    const path = await backUp(desk);
    const whole = new Uint8Array(await readFile(path));
    const codes = new Set<string>();
    for (let seed = 0; seed < 300; seed += 1) {
      const bytes = damaged(whole, seededRandom(seed));
      if (Buffer.from(bytes).equals(whole)) continue;
      await writeFile(path, bytes);
      const code = await verify(desk, path);
      expect(code, `seed ${seed}`).not.toBe('ok');
      codes.add(code);
    }
    expect(codes).toContain('backup-damaged');
    await writeFile(path, Buffer.concat([whole, Buffer.from([0])]));
    expect(await verify(desk, path)).toBe('backup-damaged');
    await writeFile(path, whole);
    expect(await verify(desk, path)).toBe('ok');
  });

  it('[BK2] notices a changed and a missing file of the pool, and puts it right the next time', async () => {
    const desk = await newDesk();
    const id = await write(desk, 'a', 'b');
    const path = await backUp(desk);
    const pool = join(desk.backups.folder, 'pool');
    const [name] = await readdir(pool);
    const file = join(pool, name as string);
    await rm(file);
    await writeFile(file, 'changed');
    expect(await verify(desk, path)).toBe('backup-damaged');
    await rm(file);
    expect(await verify(desk, path)).toBe('backup-files-elsewhere');
    expect(await verify(desk, await backUp(desk))).toBe('ok');
    expect((await stat(file)).size).toBe((await stat(join(desk.profile, 'library', id, 'blobs', name as string))).size);
  });

  it('is refused under another library’s key, and when it comes from a newer program', async () => {
    const desk = await newDesk();
    const other = await newDesk();
    await write(desk, 'a', 'b');
    expect(await verify(other, await backUp(desk))).toBe('backup-other-key');
    expect(parseHeader(Buffer.from('{}'))).toEqual({ ok: false, error: { code: 'backup-damaged' } });
    const file = join(await temporary(), 'holiday.zip');
    await writeFile(file, 'PK');
    expect(await verify(desk, file)).toBe('backup-not-one');
  });
});

describe('restoring', () => {
  it('[RS2][RS3] brings a library to an empty computer from one file and the kit, as a new device', async () => {
    const desk = await newDesk();
    const id = await write(desk, 'Queja por Oscar*', 'what was written');
    const complaint = await opened(desk, id);
    await desk.library.close(id);
    expect(complaint.id).toBe(id);
    await putRoom(desk, id);
    await desk.vault.setPassphrase(null, WORDS, false);
    const code = desk.vault.beginKit();
    await desk.vault.confirmKit(code.slice(-5));
    const file = join(await temporary(), 'all.alegato-backup');
    expect(await desk.backups.saveComplete(file)).toEqual({ ok: true, value: null });

    const profile = join(await temporary(), 'other');
    await mkdir(profile);
    const secret = await openedBackupKey(desk, file, code);
    const restored = await restoreLibrary({
      profile,
      path: file,
      rootKey: secret,
      sameKey: false,
      ciphers,
      signal: new AbortController().signal,
      onStep: () => undefined,
    });
    expect(restored).toEqual({ ok: true, value: null });
    expect(await finishRestore(profile)).toBe(true);
    const there = await openDesk(profile);
    expect(there.rootKey).toEqual(desk.rootKey);
    expect(await roomOf(there, id)).toMatchObject({ restored: true, relayUrl: 'wss://relay.example' });
    expect((await there.library.list()).map(({ title }) => title)).toEqual(['Queja por Oscar*']);
    expect(await readdir(join(profile, 'library', id, 'blobs'))).toEqual(
      await readdir(join(desk.profile, 'library', id, 'blobs')),
    );
  });

  it('[RS2] is finished by the next start wherever it was stopped, and deletes nothing', async () => {
    const source = await newDesk();
    await write(source, 'from the backup', 'old');
    const file = await backUp(source);
    for (let stop = 0; stop < 4; stop += 1) {
      const profile = join(await temporary(), 'profile');
      await cp(source.profile, profile, { recursive: true });
      await writeFile(join(profile, 'library', 'present'), 'here');
      const built = await restoreLibrary({
        profile,
        path: file,
        rootKey: source.rootKey,
        sameKey: true,
        ciphers,
        signal: new AbortController().signal,
        onStep: () => undefined,
      });
      expect(built.ok).toBe(true);
      const ready = join(profile, 'restore-ready');
      if (stop === 0) await rm(join(ready, '.complete'));
      if (stop >= 2) {
        // Stopped while the old parts were moved, or once they had been.
        await mkdir(join(profile, 'before-restore-1'));
        await rename(join(profile, 'library'), join(profile, 'before-restore-1', 'library'));
      }
      if (stop === 3) {
        await rename(join(profile, 'library.key'), join(profile, 'before-restore-1', 'library.key'));
        await writeFile(join(ready, '.old-moved'), '');
        await rename(join(ready, 'library'), join(profile, 'library'));
      }
      expect(await finishRestore(profile)).toBe(stop > 0);
      expect(await finishRestore(profile)).toBe(false);
      expect(await readdir(profile)).not.toContain('restore-ready');
      if (stop === 0) expect(await readdir(join(profile, 'library'))).toContain('present');
      else {
        expect(await readdir(join(profile, 'before-restore-1', 'library'))).toContain('present');
        const there = await openDesk(profile);
        expect((await there.library.list()).map(({ title }) => title)).toEqual(['from the backup']);
      }
    }
  });

  it('[RS4] puts one complaint beside what is there, never over it, without its room', async () => {
    const desk = await newDesk();
    const id = await write(desk, 'mine', 'then');
    await putRoom(desk, id);
    const path = await backUp(desk);
    await dropRoom(desk, id);
    const complaint = await opened(desk, id);
    complaint.write((doc) => doc.getText('note').insert(0, 'now, not '));
    await desk.library.close(id);
    const back = await one(desk, path, id);
    expect(back).toMatchObject({ ok: true, value: { inPlace: false } });
    const copy = (back as { value: { complaintId: string } }).value.complaintId;
    expect(copy).not.toBe(id);
    expect(await textOf(desk, id)).toBe('now, not then');
    expect(await textOf(desk, copy)).toBe('then');
    expect(await roomOf(desk, copy)).toBeNull();
    expect((await desk.library.list()).find((each) => each.id === copy)).toMatchObject({
      title: 'mine (copy)',
      shared: false,
    });
    // Its files open too, and it is backed up like any other.
    expect(await readdir(join(desk.profile, 'library', copy, 'blobs'))).toHaveLength(1);
    expect(await verify(desk, await backUp(desk))).toBe('ok');
  });

  it('[RS5] puts a damaged complaint back in its own place, and keeps the damaged folder', async () => {
    const desk = await newDesk();
    const id = await write(desk, 'mine', 'whole');
    const path = await backUp(desk);
    await rm(join(desk.profile, 'library', id, 'db'), { recursive: true });
    expect(await desk.library.openComplaint(id)).toEqual({ ok: false, error: { code: 'complaint-damaged' } });
    expect((await desk.library.list())[0]?.damaged).toBe(true);
    expect(await one(desk, path, id)).toEqual({ ok: true, value: { complaintId: id, inPlace: true } });
    expect(await textOf(desk, id)).toBe('whole');
    expect((await desk.library.list())[0]?.damaged).toBe(false);
    expect(await readdir(join(desk.profile, 'library'))).toContain(`.aside-${id}-1`);
  });
});

describe('damaged complaint stores', () => {
  it('[CS1] repairs what LevelDB refuses, keeps the damaged copy, and tells', async () => {
    const desk = await newDesk();
    const id = await write(desk, 'mine', 'whole');
    const db = join(desk.profile, 'library', id, 'db');
    await rm(join(db, 'CURRENT'));
    expect(await textOf(desk, id)).toBe('whole');
    expect(desk.notices).toEqual([{ code: 'complaint-repaired' }]);
    expect(await readdir(dirname(db))).toContain('db.damaged-1');
  });

  it('[CS1][CS2] opens or says damaged after any cut or flip in LevelDB’s files, and the backup is whole (20 seeds)', async () => {
    const desk = await newDesk();
    const id = await write(desk, 'mine', 'whole');
    const folder = join(desk.profile, 'library', id);
    const good = join(await temporary(), 'good');
    await cp(folder, good, { recursive: true });
    const path = await backUp(desk);
    const outcomes = new Map<string, number>();
    for (let seed = 0; seed < 20; seed += 1) {
      await rm(folder, { recursive: true });
      await cp(good, folder, { recursive: true });
      const random = seededRandom(seed);
      const files = (await readdir(join(folder, 'db'))).filter((name) => /ldb|log|MANIFEST|CURRENT/.test(name)).sort();
      const file = join(folder, 'db', files[Math.floor(random() * files.length)] as string);
      const bytes = new Uint8Array(await readFile(file));
      if (bytes.length > 0) await writeFile(file, damaged(bytes, random));
      const result = await desk.library.openComplaint(id);
      const outcome = result.ok ? 'ok' : result.error.code;
      expect(['ok', 'complaint-damaged'], `seed ${seed}`).toContain(outcome);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      await desk.library.close(id);
    }
    expect(outcomes.get('ok') ?? 0).toBeGreaterThan(10);
    expect(await verify(desk, path)).toBe('ok');
  }, 120_000);
});

async function one(desk: Desk, path: string, complaintId: string) {
  const { library, root } = desk;
  const signal = new AbortController().signal;
  return restoreOne({
    path,
    complaintId,
    title: 'mine (copy)',
    library,
    root,
    ciphers,
    signal,
    onStep: () => undefined,
  });
}

async function onStore<T>(desk: Desk, id: string, use: (store: ComplaintStore) => Promise<T>): Promise<T> {
  const read = await desk.library.readRecords(id, async (folder) => folder);
  if (!read.ok) throw new Error(read.error.code);
  const store = await ComplaintStore.open(read.value.storePath, read.value.sealer.derive('store'), false);
  if (!store.ok) throw new Error(store.error.code);
  try {
    return await use(store.value);
  } finally {
    await store.value.close();
  }
}
const putRoom = (desk: Desk, id: string) =>
  onStore(desk, id, (store) => store.putJson('room', { relayUrl: 'wss://relay.example' }));
const dropRoom = (desk: Desk, id: string) => onStore(desk, id, (store) => store.delete('room'));
const roomOf = (desk: Desk, id: string) => onStore(desk, id, (store) => store.getJson('room'));

/** The root key of a backup by its own slots and the kit's code, as another computer finds it. */
async function openedBackupKey(desk: Desk, path: string, code: string): Promise<Uint8Array> {
  const { BackupReader } = await import('./BackupReader.ts');
  const { openWithSecret } = await import('../storage/KeySlots.ts');
  const { parseKeyFile } = await import('../storage/KeyFile.ts');
  const reader = await BackupReader.open(path);
  if (!reader.ok) throw new Error(reader.error.code);
  await reader.value.close();
  const file = parseKeyFile(Buffer.from(reader.value.header.keys));
  if (!file.ok) throw new Error(file.error.code);
  const key = await openWithSecret(ciphers, directKdf, file.value, { kind: 'recovery', code });
  if (!key.ok) throw new Error(key.error.code);
  expect(key.value).toEqual(desk.rootKey);
  return key.value;
}
