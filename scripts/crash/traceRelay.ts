import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeEverything, createPeer, createTestRoom, until } from '../../electron/services/sync/testRoom.ts';
import { findFreePort, waitForRelay } from './relayProcess.ts';

export interface RelayTrace {
  /** Acknowledgements seen on their way out of the relay's process. */
  acknowledgements: number;
  /** Of these, how many had no finished fdatasync of the log between the acknowledgement before and themselves. */
  withoutSync: number;
}

/**
 * Runs the relay under strace and looks at the order of its system calls: every acknowledgement on a socket must come
 * after an fdatasync of the log. This shows the order, not what a power cut would do.
 */
export async function traceRelay(frames: number): Promise<RelayTrace> {
  const folder = await mkdtemp(join(tmpdir(), 'alegato-trace-'));
  const trace = join(folder, 'trace.txt');
  const port = await findFreePort();
  const strace = spawn(
    'strace',
    [
      '-f',
      '-yy',
      '-x',
      '-s',
      '40',
      '-e',
      'trace=fdatasync,write,writev',
      '-o',
      trace,
      process.execPath,
      '--import',
      'tsx',
      'relay/index.ts',
      '--port',
      String(port),
      '--data',
      join(folder, 'data'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    await waitForRelay(strace);
    const room = await createTestRoom({ url: `ws://127.0.0.1:${port}` });
    const writer = await createPeer(room, 1);
    writer.session.connect();
    await until(() => writer.session.status.relay === 'online');
    for (let n = 0; n < frames; n++) {
      writer.type(0, `${n} `);
      await until(() => writer.session.status.unsentFrames > 0);
      await until(() => writer.session.status.unsentFrames === 0);
    }
    await closeEverything();
  } finally {
    await endTraced(strace);
  }
  const outcome = readTrace(await readFile(trace, 'utf8'));
  await rm(folder, { recursive: true, force: true });
  return outcome;
}

/** Counts in a trace; an acknowledgement of one frame is a WebSocket message of 21 bytes of type 7. */
export function readTrace(trace: string): RelayTrace {
  let synced = false;
  const outcome: RelayTrace = { acknowledgements: 0, withoutSync: 0 };
  for (const line of trace.split('\n')) {
    if (/fdatasync(\(| resumed>).*= 0$/.test(line)) synced = true;
    else if (/(write|writev)\(\d+<TCP/.test(line) && /\\x82\\x15("|\\x07|.*?"\\x07)/.test(line)) {
      outcome.acknowledgements++;
      if (!synced) outcome.withoutSync++;
      synced = false;
    }
  }
  return outcome;
}

/** strace passes the signal on to the relay only when its child gets it: both are ended by their ids. */
async function endTraced(strace: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => strace.once('exit', resolve));
  const children = await readFile(`/proc/${strace.pid}/task/${strace.pid}/children`, 'utf8');
  for (const pid of children.trim().split(/\s+/).filter(Boolean)) process.kill(Number(pid), 'SIGTERM');
  await ended;
}
