import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { setPriority } from 'node:os';

/** What a process uses, measured inside it. */
export interface Usage {
  rssBytes: number;
  /** Live bytes: the used heap and what it holds outside (buffers). */
  heapBytes: number;
  /** User and system time since its start. */
  cpuMs: number;
}

export interface ChildOptions {
  file: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Of the probe that every child loads. */
  probeFile: string;
  /** Gives way to every other process. */
  lowPriority?: boolean;
  /** Further flags of Node. */
  nodeFlags?: readonly string[];
  /** Absent: the Node that runs this. */
  executable?: string;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const STOP_LIMIT_MS = 10_000;
/** A call that takes longer has failed; nothing in a benchmark waits for ever. */
const CALL_LIMIT_MS = 120_000;

/** Runs only while nothing else wants to (Linux, of all its threads); elsewhere with the lowest priority. */
function giveWay(pid: number): void {
  setPriority(pid, 19);
  if (process.platform === 'linux') execFileSync('chrt', ['--all-tasks', '--idle', '--pid', '0', String(pid)]);
}

/** A child process under plain Node, or under the application's runtime as Node, that can be asked what it uses, and called when it takes calls. */
export class ChildNode {
  /** Rejects when the process ends without having been stopped. */
  readonly failure: Promise<never>;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #output = '';
  #lastId = 0;
  #stopping = false;

  constructor(options: ChildOptions) {
    this.#process = fork(options.file, [...(options.args ?? [])], {
      execArgv: ['--expose-gc', '--import', options.probeFile, ...(options.nodeFlags ?? [])],
      ...(options.executable && { execPath: options.executable }),
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...options.env },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (options.lowPriority && this.#process.pid) giveWay(this.#process.pid);
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-4_000);
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
    this.#process.on('message', (message) => this.#receive(message as Record<string, unknown>));
    this.failure = new Promise((_, reject) => {
      this.#process.on('exit', (code, signal) => {
        const error = new Error(`a child process ended (${code ?? signal}): ${this.#output}`);
        for (const waiting of this.#waiting.values()) waiting.reject(error);
        this.#waiting.clear();
        if (!this.#stopping) reject(error);
      });
    });
    this.failure.catch(() => {}); // whoever races against it hears of it
  }

  /** Waits until the output matches. */
  async ready(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match) return match;
      await new Promise<void>((resolve, reject) => {
        this.#process.stdout?.once('data', () => setImmediate(resolve));
        this.#process.once('exit', () => reject(new Error(`a server ended before it was ready: ${this.#output}`)));
      });
    }
  }

  /** After two forced collections. */
  async memory(): Promise<Usage> {
    return (await this.#ask((id) => ({ probe: id, collect: true }))) as Usage;
  }

  /** CPU time since its start. */
  async cpuMs(): Promise<number> {
    return ((await this.#ask((id) => ({ probe: id, collect: false }))) as Usage).cpuMs;
  }

  /** Calls a load process. */
  async call(name: string, input: unknown, limitMs = CALL_LIMIT_MS): Promise<unknown> {
    return this.#ask((id) => ({ call: id, name, input }), limitMs);
  }

  /** Ends the process; by force when it does not end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const forced = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      child.once('exit', () => {
        clearTimeout(forced);
        resolve();
      });
      child.kill(signal);
    });
  }

  #ask(build: (id: number) => object, limitMs = CALL_LIMIT_MS): Promise<unknown> {
    const id = ++this.#lastId;
    const message = build(id);
    return new Promise((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`no answer within ${limitMs} ms: ${JSON.stringify(message).slice(0, 200)}`)),
        limitMs,
      );
      this.#waiting.set(id, {
        resolve: (value) => {
          clearTimeout(limit);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(limit);
          reject(error);
        },
      });
      this.#process.send(message, (error) => error && reject(error));
    });
  }

  #receive(message: Record<string, unknown>): void {
    const id = (message['probe'] ?? message['call']) as number;
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if ('error' in message) waiting.reject(new Error(String(message['error'])));
    else waiting.resolve(message['usage'] ?? message['value']);
  }
}
