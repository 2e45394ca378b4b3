import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** A server in a process of its own, ended by `stop`. */
export interface ServerProcess {
  readonly match: RegExpExecArray;
  stop(): Promise<void>;
}

/** Starts Node with `args` and waits until a line of its output matches `ready`. */
export async function startServer(
  args: readonly string[],
  ready: RegExp,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const match = await readUntil(child, ready);
  child.stdout?.resume();
  return {
    match,
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done();
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}

function readUntil(child: ChildProcess, ready: RegExp): Promise<RegExpExecArray> {
  return new Promise((done, fail) => {
    let text = '';
    child.once('exit', (code) => fail(new Error(`A server ended before it was ready (code ${code}): ${text}`)));
    child.stdout?.on('data', (chunk) => {
      if (text.length > 65_536) return;
      text += chunk;
      const match = ready.exec(text);
      if (match) done(match);
    });
  });
}

/** A port of loopback that was free a moment ago. */
export function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
