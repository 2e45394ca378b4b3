import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitForRelay } from '../../scripts/crash/relayProcess.ts';
import { packageRelay } from '../../scripts/relay/packageRelay.ts';

const ROOT = join(import.meta.dirname, '../..');
const SAMPLE_MS = 100;
const START_MS = 30_000;
const MB = 1024 * 1024;

/** The relay as it is deployed, in a folder that the caller removes; beside the project, whose packages it finds there. */
export async function packageForAttack(): Promise<string> {
  const cache = join(ROOT, '.cache');
  await mkdir(cache, { recursive: true });
  const bundle = await mkdtemp(join(cache, 'attack-'));
  await packageRelay(bundle);
  return bundle;
}

/** A real relay in a process of its own, packaged as it is deployed, with an eye on its memory and on whether it lives. */
export class WatchedRelay {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #dataDir: string;
  readonly #sampler: NodeJS.Timeout;
  /** Times the process ended without being asked to. */
  crashes = 0;
  /** Resident megabytes, ten a second; emptied by `takeSamples`. */
  #samples: number[] = [];
  #closing = false;

  private constructor(child: ChildProcess, port: number, dataDir: string) {
    this.#child = child;
    this.port = port;
    this.#dataDir = dataDir;
    child.once('exit', (code, signal) => {
      if (this.#closing) return;
      this.crashes++;
      console.log(`  The relay ended by itself: ${signal ?? code}.`);
    });
    this.#sampler = setInterval(() => {
      const bytes = readResidentBytes(child.pid ?? 0);
      if (bytes !== null) this.#samples.push(bytes / MB);
    }, SAMPLE_MS);
  }

  /** `bundle` is a folder of `packageForAttack`; a profile of the processor is left in `profileDir`. */
  static async start(bundle: string, profileDir: string | null = null): Promise<WatchedRelay> {
    const dataDir = await mkdtemp(join(tmpdir(), 'alegato-attacked-'));
    const child = spawn(
      process.execPath,
      [
        ...(profileDir ? ['--cpu-prof', '--cpu-prof-dir', profileDir] : []),
        ...[join(bundle, 'alegato-relay.mjs'), '--port', '0', '--data', dataDir, '--admin-port', '0'],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...deployedEnvironment(bundle) } },
    );
    const late = setTimeout(() => child.kill('SIGKILL'), START_MS);
    let port = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      port ||= Number(/listening on \w+:\/\/[^\s]*:(\d+)/.exec(chunk.toString())?.[1] ?? 0);
    });
    await waitForRelay(child);
    clearTimeout(late);
    if (port === 0) throw new Error('The relay did not say where it listens.');
    return new WatchedRelay(child, port, dataDir);
  }

  /** Seconds of processor it has used; null where the system does not tell. */
  get processorSeconds(): number | null {
    return process.platform === 'linux' ? readProcessorSeconds(this.#child.pid ?? 0) : null;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resident megabytes since the last call, in the order of time. */
  takeSamples(): number[] {
    return this.#samples.splice(0);
  }

  async close(): Promise<void> {
    clearInterval(this.#sampler);
    this.#closing = true;
    if (this.isAlive) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGTERM');
      const forced = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(forced);
    }
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

/** What the service unit sets: the relay is to be attacked as it is deployed. */
function deployedEnvironment(bundle: string): Record<string, string> {
  const unit = readFileSync(join(bundle, 'alegato-relay.service'), 'utf8');
  const settings = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.split(' '));
  return Object.fromEntries(settings.map((setting) => setting.split('=', 2) as [string, string]));
}

/** Null once the process is gone. */
function readResidentBytes(pid: number): number | null {
  try {
    const kilobytes =
      process.platform === 'linux'
        ? /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return kilobytes ? Number(kilobytes) * 1024 : null;
  } catch {
    return null; // ended between two samples; `crashes` counts it
  }
}

/** User and system time of all its threads, in ticks of 10 ms; null once the process is gone. */
function readProcessorSeconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null; // ended; `crashes` counts it
  }
}
