import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { RelayProcess } from '../services/meeting/RelayProcess.ts';

/** A process of its own for the relay of a meeting; it ends with the program. */
export function forkMeetingRelay(): RelayProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, 'meeting-relay.js'), [], {
    serviceName: 'Alegato meeting relay',
  });
  return {
    order: (order) => child.postMessage(order),
    onReport: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}

/** A process of its own for what may end the one it runs in: mending the records of a meeting. */
export function forkMendLog(args: readonly string[]): Promise<boolean> {
  const child = utilityProcess.fork(join(import.meta.dirname, 'mend-log.js'), [...args]);
  return new Promise((resolve) => void child.once('exit', (code) => resolve(code === 0)));
}
