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
