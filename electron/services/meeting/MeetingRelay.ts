import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import {
  MEETING_PORT,
  type MeetingNoticeCode,
  type MeetingScope,
  type MeetingState,
} from '../../../shared/ipc/meeting.ts';
import { atomicWrite } from '../storage/atomicWrite.ts';
import { listAddresses } from './listAddresses.ts';
import { reportSchema } from './meetingMessages.ts';
import type { RelayProcess } from './RelayProcess.ts';

export interface MeetingRelayOptions {
  /** Everything a meeting leaves on this disk; it is there only when there was one. */
  folder: string;
  fork: () => RelayProcess;
  /** Runs `mend-log` in a process of its own; true when that ended with 0. */
  mend: (args: readonly string[]) => Promise<boolean>;
  interfaces: () => Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;
  onChanged: (state: MeetingState) => void;
}

const HOSTS = { network: ['::', '0.0.0.0'], computer: ['127.0.0.1'] } as const;
const STOP_MS = 8_000;
const lastSchema = z.object({ port: z.number().int().min(1).max(65_535), scope: z.enum(['network', 'computer']) });

/**
 * The relay that this computer runs while its person wants it to: started by hand, stopped by hand or with the program.
 * What it leaves is one folder: the sealed records, and the port under which the partners of the last meeting know it.
 */
export class MeetingRelay {
  readonly #options: MeetingRelayOptions;
  #phase: MeetingState['phase'] = 'off';
  #scope: MeetingScope;
  #port: number;
  #ipv6 = false;
  #connections = 0;
  #problem: MeetingNoticeCode | '' = '';
  #process: RelayProcess | null = null;
  #ended: Promise<void> = Promise.resolve();

  private constructor(options: MeetingRelayOptions, last: z.infer<typeof lastSchema>) {
    this.#options = options;
    this.#scope = last.scope;
    this.#port = last.port;
  }

  /** Starts nothing. */
  static async open(options: MeetingRelayOptions): Promise<MeetingRelay> {
    const last = await readLast(options.folder);
    return new MeetingRelay(options, last ?? { port: MEETING_PORT, scope: 'network' });
  }

  async state(): Promise<MeetingState> {
    const kept = await keptBytes(this.#options.folder);
    const addresses = this.#phase === 'hosting' ? this.#addresses(this.#scope) : [];
    return {
      phase: this.#phase,
      scope: this.#scope,
      port: this.#port,
      addresses: addresses.filter(({ kind }) => this.#ipv6 || kind !== 'ipv6'),
      connections: this.#connections,
      keptBytes: kept,
      problem: this.#problem,
    };
  }

  /** Resolves when it listens or cannot; what went wrong stands in `problem` too. */
  async start(scope: MeetingScope, port: number): Promise<Result<MeetingState, { code: MeetingNoticeCode }>> {
    if (this.#phase !== 'off') return fail({ code: 'meeting-running' });
    this.#scope = scope;
    this.#port = port;
    this.#problem = '';
    this.#connections = 0;
    if (scope === 'network' && this.#addresses('network').every(({ kind }) => kind === 'loopback'))
      return this.#refuse('meeting-no-network');
    this.#phase = 'starting';
    void this.#changed();
    try {
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
      await atomicWrite(join(this.#options.folder, 'meeting.json'), Buffer.from(JSON.stringify({ port, scope })));
    } catch (error) {
      this.#phase = 'off';
      void this.#changed();
      throw error; // of the disk: the one way into main knows its sentences
    }
    const code = await this.#run(scope, port);
    if (code) {
      await this.#ended;
      return this.#refuse(code);
    }
    if (this.#is('starting')) this.#phase = 'hosting'; // else it is being stopped already
    return ok(await this.#changed());
  }

  /** Resolves when everything it has taken is on disk and nobody listens any more. */
  async stop(): Promise<MeetingState> {
    const running = this.#process;
    if (!running) return this.state();
    this.#phase = 'stopping';
    void this.#changed();
    running.order({ kind: 'stop' });
    const late = setTimeout(() => running.kill(), STOP_MS);
    await this.#ended;
    clearTimeout(late);
    return this.state();
  }

  /** Partners' computers have what was in it; where one of them does not, it is gone. */
  async delete(): Promise<Result<MeetingState, { code: MeetingNoticeCode }>> {
    if (this.#phase !== 'off') return fail({ code: 'meeting-running' });
    await rm(this.#options.folder, { recursive: true, force: true });
    this.#problem = '';
    return ok(await this.#changed());
  }

  #is(phase: MeetingState['phase']): boolean {
    return this.#phase === phase;
  }

  #addresses(scope: MeetingScope) {
    return listAddresses(this.#options.interfaces(), scope, this.#port);
  }

  async #refuse(code: MeetingNoticeCode): Promise<Result<never, { code: MeetingNoticeCode }>> {
    this.#phase = 'off';
    this.#problem = code;
    await this.#changed();
    return fail({ code });
  }

  async #changed(): Promise<MeetingState> {
    const state = await this.state();
    this.#options.onChanged(state);
    return state;
  }

  /** Null when it listens, else why not. */
  #run(scope: MeetingScope, port: number): Promise<MeetingNoticeCode | null> {
    const relay = (this.#process = this.#options.fork());
    return new Promise((resolve) => {
      relay.onReport((message) => {
        const report = reportSchema.parse(message);
        switch (report.kind) {
          case 'hosting':
            this.#ipv6 = report.ipv6;
            return resolve(null);
          case 'failed':
            return resolve(report.code);
          case 'connections':
            this.#connections = report.count;
            void this.#changed();
            return;
          case 'mend':
            void this.#options.mend(report.args).then((ok) => relay.order({ kind: 'mended', ok }));
        }
      });
      this.#ended = new Promise((ended) =>
        relay.onEnd(() => {
          this.#process = null;
          this.#connections = 0;
          if (this.#phase === 'hosting') this.#problem = 'meeting-ended';
          if (this.#phase !== 'starting') {
            this.#phase = 'off';
            void this.#changed();
          }
          resolve('meeting-not-started'); // without effect once it has listened or told why not
          ended();
        }),
      );
      relay.order({ kind: 'start', hosts: [...HOSTS[scope]], port, dataDir: join(this.#options.folder, 'relay') });
    });
  }
}

/** Null without a meeting before; damage in two remembered values is no reason not to open. */
async function readLast(folder: string): Promise<z.infer<typeof lastSchema> | null> {
  try {
    const parsed = lastSchema.safeParse(JSON.parse(await readFile(join(folder, 'meeting.json'), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function keptBytes(folder: string): Promise<number | null> {
  let bytes = 0;
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) bytes += await sizeOf(join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return bytes;
}

/** 0 for a file that the relay has put away since the folder was read. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
