import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { BackupEntry, BackupState, SecurityEvents } from '../../../shared/ipc/security.ts';
import type { Library } from '../library/Library.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import { randomBytes, type Sealer } from '../storage/Sealer.ts';
import type { BackupFolderFile } from './BackupFolderFile.ts';
import { BackupFailure, type BackupHeader, EXTENSION, sha256Of } from './BackupFormat.ts';
import { BackupReader, reading } from './BackupReader.ts';
import { chooseKept, isDue, type RotatedBackup } from './chooseKept.ts';
import { FilePool } from './FilePool.ts';
import { makeBackup, UNFINISHED_ENDING } from './makeBackup.ts';

const NAME = new RegExp(`^(\\d{6})-\\d{4}-\\d{2}-\\d{2}${EXTENSION.replace('.', '\\.')}$`);
const LOOK_MS = 3_600_000;
const PROGRESS_MS = 100;

export interface BackupsOptions {
  library: Library;
  root: Sealer;
  ciphers: Ciphers;
  settingsPath: string;
  folderFile: BackupFolderFile;
  /** The slots that go into each backup; empty without passphrase and kit. */
  portableKeys: () => string;
  nowMs: () => number;
  onChanged: (state: BackupState) => void;
  onProgress: (progress: SecurityEvents['backup/progress']) => void;
  onCode: (code: string) => void;
}
interface Listed {
  entry: BackupEntry;
  rotated: RotatedBackup | null;
  sequence: number;
}

/** Automatic and asked-for backups of one library, one at a time (SPEC.md). */
export class Backups {
  readonly #options: BackupsOptions;
  #running: AbortController | null = null;
  #work: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #problem = '';
  #progressMs = 0;

  constructor(options: BackupsOptions) {
    this.#options = options;
  }

  /** The folder of this library's backups; several libraries may share what the person chose. */
  get folder(): string {
    const name = sha256Of(this.#options.root.deriveKey('backup-folder')).slice(0, 12);
    return join(this.#options.folderFile.read(), `library-${name}`);
  }

  get pool(): FilePool {
    return new FilePool(join(this.folder, 'pool'));
  }

  pathOf(name: string): string | null {
    return NAME.test(name) ? join(this.folder, name) : null;
  }

  /** [BK8] Looks after `firstMs`, then every hour, whether a backup is due. */
  schedule(firstMs: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#backUpIfDue()
        .catch(() => this.#options.onCode('backup-not-looked'))
        .finally(() => {
          if (this.#timer) this.schedule(LOOK_MS);
        });
    }, firstMs);
    this.#timer.unref?.();
  }

  async state(): Promise<BackupState> {
    const listed = await this.#list();
    return {
      folder: this.#options.folderFile.read(),
      backups: listed.map(({ entry }) => entry).reverse(),
      running: this.#running !== null,
      problem: this.#problem,
    };
  }

  async chooseFolder(folder: string): Promise<BackupState> {
    await this.#options.folderFile.write(folder);
    return this.#changed();
  }

  /** A backup of now, then the rotation. */
  async now(): Promise<Result<BackupState, Notice>> {
    const made = await this.#run(async (signal) => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await this.#clearLeftovers();
      const before = await this.#list();
      const createdMs = this.#options.nowMs();
      const sequence = (before.at(-1)?.sequence ?? 0) + 1;
      const date = new Date(createdMs).toISOString().slice(0, 10);
      const name = `${sequence.toString().padStart(6, '0')}-${date}${EXTENSION}`;
      const contents = await makeBackup({
        ...this.#make(signal),
        path: join(this.folder, name),
        header: this.#header(sequence, createdMs, false),
        pool: this.pool,
      });
      await this.#rotate(contents.complaints.filter((complaint) => complaint.damaged).map(({ id }) => id));
    });
    if (!made.ok) {
      if (made.error.code !== 'backup-cancelled' && made.error.code !== 'backup-running')
        this.#problem = made.error.code;
      await this.#changed().catch(() => undefined); // the failure itself is the answer
      return made;
    }
    this.#problem = '';
    return ok(await this.#changed());
  }

  /** One file that holds everything; `path` is the person's choice and must not be there. */
  async saveComplete(path: string): Promise<Result<null, Notice>> {
    const made = await this.#run(async (signal) => {
      await rm(path, { force: true });
      await makeBackup({
        ...this.#make(signal),
        path,
        header: this.#header(1, this.#options.nowMs(), true),
        pool: null,
      });
    });
    await this.#changed();
    return made.ok ? ok(null) : made;
  }

  /** [BK9] */
  cancel(): void {
    this.#running?.abort();
  }

  /** Stops what runs and waits for its end. */
  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.cancel();
    await this.#work.catch(() => undefined); // whoever started it has its result
  }

  async #backUpIfDue(): Promise<void> {
    const newest = (await this.#list()).filter(({ entry }) => !entry.damaged).at(-1);
    if (isDue(newest?.entry.createdMs ?? null, this.#options.nowMs())) {
      const made = await this.now();
      if (!made.ok) this.#options.onCode(made.error.code);
    }
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<Result<null, Notice>> {
    if (this.#running) return fail({ code: 'backup-running' });
    const running = new AbortController();
    this.#running = running;
    const result = reading(() => work(running.signal));
    this.#work = result;
    this.#changed().catch(() => undefined); // a folder that cannot be read is told by the work itself
    try {
      const done = await result;
      return done.ok ? ok(null) : fail({ code: done.error.code });
    } catch (error) {
      return fail(noticeOfError(error) ?? { code: 'backup-failed' });
    } finally {
      this.#running = null;
    }
  }

  #make(signal: AbortSignal) {
    const { library, root, ciphers, settingsPath } = this.#options;
    const onProgress = (phase: 'writing' | 'checking', done: number, total: number): void => {
      if (performance.now() - this.#progressMs < PROGRESS_MS) return;
      this.#progressMs = performance.now();
      this.#options.onProgress({ phase, done, total });
    };
    return { library, root, ciphers, settingsPath, signal, onProgress };
  }

  #header(sequence: number, createdMs: number, complete: boolean): BackupHeader {
    return { id: newId<string>(randomBytes), sequence, createdMs, complete, keys: this.#options.portableKeys() };
  }

  /** Oldest first. A file of ours that does not open is listed as damaged. */
  async #list(): Promise<Listed[]> {
    const names = (await readdir(this.folder).catch(notThere)).filter((name) => NAME.test(name)).sort();
    const listed: Listed[] = [];
    for (const name of names) listed.push(await this.#look(name));
    return listed;
  }

  async #look(name: string): Promise<Listed> {
    const sequence = Number(name.slice(0, 6));
    const damaged: Listed = {
      entry: { name, createdMs: 0, sizeBytes: 0, complaints: [], damaged: true },
      rotated: null,
      sequence,
    };
    const opened = await BackupReader.open(join(this.folder, name)).catch(() => null);
    if (!opened?.ok) return damaged;
    const reader = opened.value;
    try {
      const contents = await reading(() => reader.contents(this.#options.root));
      if (!contents.ok) return damaged;
      const { complaints } = contents.value;
      const { createdMs } = reader.header;
      return {
        entry: {
          name,
          createdMs,
          sizeBytes: reader.sizeBytes,
          complaints: complaints.map(({ id, title, shared, damaged: bad }) => ({ id, title, shared, damaged: bad })),
          damaged: false,
        },
        rotated: {
          name,
          sequence,
          createdMs,
          whole: new Set(complaints.filter((complaint) => !complaint.damaged).map(({ id }) => id)),
        },
        sequence,
      };
    } finally {
      await reader.close();
    }
  }

  /** [BK5][BK6][BK7] Runs only after a backup has been made and verified. */
  async #rotate(damagedNow: readonly string[]): Promise<void> {
    const listed = await this.#list();
    const kept = chooseKept(
      listed.flatMap(({ rotated }) => (rotated ? [rotated] : [])),
      damagedNow,
    );
    for (const { rotated } of listed)
      if (rotated && !kept.has(rotated.name)) await rm(join(this.folder, rotated.name), { force: true });
    const left = await this.#list();
    if (left.some(({ entry }) => entry.damaged)) return;
    const named = new Set<string>();
    for (const { entry } of left) {
      const opened = await BackupReader.open(join(this.folder, entry.name));
      if (!opened.ok) return;
      try {
        for await (const record of opened.value.records(this.#options.root))
          if (record.kind === 'file') named.add(record.file.sha256);
      } catch (error) {
        if (error instanceof BackupFailure) return;
        throw error;
      } finally {
        await opened.value.close();
      }
    }
    await this.pool.keepOnly(named);
  }

  async #clearLeftovers(): Promise<void> {
    for (const name of await readdir(this.folder))
      if (name.endsWith(UNFINISHED_ENDING)) await rm(join(this.folder, name), { force: true });
  }

  async #changed(): Promise<BackupState> {
    const state = await this.state();
    this.#options.onChanged(state);
    return state;
  }
}

function notThere(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
