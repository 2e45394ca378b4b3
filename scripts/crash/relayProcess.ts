import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** Starts the relay as its own process and resolves when it listens. */
export async function startRelayProcess(port: number, dataDir: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'relay/index.ts', '--port', String(port), '--data', dataDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await waitForRelay(child);
  return child;
}

/** Resolves when the process says that its relay listens; rejects when it ends before. */
export async function waitForRelay(child: ChildProcess): Promise<void> {
  let early: (code: number | null) => void = () => {};
  await new Promise<void>((resolve, reject) => {
    early = (code) => reject(new Error(`The relay ended with ${code} before it listened.`));
    child.once('exit', early);
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('listening')) resolve();
    });
  });
  child.removeListener('exit', early);
}

/** A free port, found by asking for one and giving it back: the relay must come back on the same. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
