import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';

/** What a process uses, measured inside it after a forced garbage collection. */
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
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const STOP_LIMIT_MS = 10_000;

/** A child process under plain Node that can be asked what it uses, and called when it takes calls. */
export class ChildNode {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #output = '';
  #lastId = 0;

  constructor(options: ChildOptions) {
    this.#process = fork(options.file, [...(options.args ?? [])], {
      execArgv: ['--expose-gc', '--import', options.probeFile, ...(options.nodeFlags ?? [])],
      env: { ...process.env, ...options.env },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (options.lowPriority && this.#process.pid) setPriority(this.#process.pid, 19);
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-4_000);
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
    this.#process.on('message', (message) => this.#receive(message as Record<string, unknown>));
    this.#process.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`a child process ended (${code ?? signal}): ${this.#output}`));
      this.#waiting.clear();
    });
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

  async usage(): Promise<Usage> {
    return (await this.#ask((id) => ({ probe: id }))) as Usage;
  }

  /** Calls a load process. */
  async call(name: string, input: unknown): Promise<unknown> {
    return this.#ask((id) => ({ call: id, name, input }));
  }

  /** Ends the process; by force when it does not end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
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

  #ask(build: (id: number) => object): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send(build(id), (error) => error && reject(error));
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
