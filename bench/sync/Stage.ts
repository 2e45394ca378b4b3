import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildScripts, type Scripts } from './buildScripts.ts';
import { hocuspocusSystem } from './hocuspocusServer.ts';
import { LoadProcess } from './LoadProcess.ts';
import type { SyncServer, SyncSystem } from './SyncSystem.ts';
import { sealedSystem } from './sealedServer.ts';
import { stockSystem } from './stockServer.ts';

type LoadOptions = { lowPriority?: boolean; receives?: boolean };

/** A file system in memory, where Linux has one. */
const MEMORY_FOLDER = '/dev/shm';

/** One act of one system: a server and load processes in a fresh folder, ended together. */
export interface Act {
  readonly server: SyncServer;
  /** `receives`: only takes part in what others write, so that its disk is in nobody's way. */
  load(name: string, options?: LoadOptions): Promise<LoadProcess>;
}

/** Where the systems play: owns bundles, folders and processes, and takes all of them away at `close`. */
export class Stage {
  readonly systems: readonly SyncSystem[];
  readonly folder: string;
  readonly #memoryFolder: string;
  readonly #scripts: Scripts;
  readonly #profileFlags: readonly string[];
  readonly #running = new Set<{ stop(): Promise<void> }>();
  #acts = 0;

  private constructor(folder: string, memoryFolder: string, scripts: Scripts, profileFlags: readonly string[]) {
    this.folder = folder;
    this.#memoryFolder = memoryFolder;
    this.#scripts = scripts;
    this.#profileFlags = profileFlags;
    this.systems = [sealedSystem(scripts, profileFlags), stockSystem(scripts), hocuspocusSystem(scripts)];
  }

  /** `profile`: a folder for CPU profiles of Alegato's relay and sessions. */
  static async open(options: { profile?: string | undefined } = {}): Promise<Stage> {
    const scripts = await buildScripts();
    const folder = await mkdtemp(join(tmpdir(), 'alegato-bench-sync-'));
    const memoryFolder = await mkdtemp(
      join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), 'alegato-bench-sync-'),
    );
    const flags = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
    const stage = new Stage(folder, memoryFolder, scripts, flags);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stage.#endAtOnce);
    return stage;
  }

  system(name: SyncSystem['name']): SyncSystem {
    const found = this.systems.find((system) => system.name === name);
    if (!found) throw new Error(name);
    return found;
  }

  /** Starts a server of that system, plays, and ends everything the act started, also when it fails. */
  async play<T>(system: SyncSystem, work: (act: Act) => Promise<T>): Promise<T> {
    const act = `${++this.#acts}-${system.name}`;
    const folder = join(this.folder, act);
    const memoryFolder = join(this.#memoryFolder, act);
    const started: { stop(): Promise<void> }[] = [];
    const own = <Child extends { stop(): Promise<void> }>(child: Child): Child => {
      started.push(child);
      this.#running.add(child);
      return child;
    };
    try {
      await mkdir(folder, { recursive: true });
      const server = await system.startServer(join(folder, 'server'));
      own(server.child);
      const played = work({
        server,
        load: async (name, { lowPriority = false, receives = false } = {}) => {
          const load = await LoadProcess.start(this.#scripts, join(receives ? memoryFolder : folder, name), {
            lowPriority,
            nodeFlags: system.name === 'alegato' ? this.#profileFlags : [],
          });
          own(load.child);
          return load;
        },
      });
      return await Promise.race([played, server.child.failure]);
    } finally {
      for (const child of started.reverse()) {
        await child.stop();
        this.#running.delete(child);
      }
      for (const each of [folder, memoryFolder]) await rm(each, { recursive: true, force: true });
    }
  }

  /** Children end by themselves when the bench is gone. */
  readonly #endAtOnce = (): void => {
    for (const each of [this.folder, this.#memoryFolder, this.#scripts.folder])
      rmSync(each, { recursive: true, force: true, maxRetries: 5 });
    process.exit(1);
  };

  async close(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.#endAtOnce);
    for (const child of this.#running) await child.stop();
    for (const each of [this.folder, this.#memoryFolder]) await rm(each, { recursive: true, force: true });
    await this.#scripts.remove();
  }
}
