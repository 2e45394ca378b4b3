import { createRelay, type Relay, type RelayOptions } from '../../../relay/Relay.ts';
import type { MeetingNoticeCode } from '../../../shared/ipc/meeting.ts';
import { type MeetingOrder, type MeetingReport, orderSchema } from './meetingMessages.ts';

/** The program's end, as the relay's process sees it. */
export interface ProgramEnd {
  report(report: MeetingReport): void;
  onOrder(listener: (order: unknown) => void): void;
  /** Called after the relay has stopped, with all of it on disk, or could not start. */
  end(): void;
}

const MB = 1024 * 1024;
const COUNT_MS = 500;
/** A meeting in one room, on a computer that has other things to do. */
const MEETING_LIMITS = {
  connections: 64,
  connectionsPerRoom: 64,
  connectionsPerAddress: 64,
  pendingConnections: 64,
  rooms: 16,
  devicesPerRoom: 256,
  totalBytes: 4_096 * MB,
  freeBytes: 512 * MB,
  bufferBytes: 64 * MB,
};

/** Runs one relay for the program: starts on the first order, counts, and ends on the second. */
export function serveMeeting(program: ProgramEnd): void {
  let running: Promise<Relay | null> | null = null;
  let counting: NodeJS.Timeout | undefined;
  let stopping = false;
  let onMended: ((ok: boolean) => void) | null = null;
  const mend = (args: readonly string[]): Promise<boolean> =>
    new Promise((resolve) => {
      onMended = resolve;
      program.report({ kind: 'mend', args: [...args] });
    });
  const start = async ({ hosts, port, dataDir }: Extract<MeetingOrder, { kind: 'start' }>): Promise<Relay | null> => {
    try {
      const { relay, host } = await listenOn(hosts, port, { dataDir, mend, limits: MEETING_LIMITS });
      let told = 0;
      counting = setInterval(() => {
        if (relay.connections === told) return;
        told = relay.connections;
        program.report({ kind: 'connections', count: told });
      }, COUNT_MS);
      program.report({ kind: 'hosting', port: relay.port, ipv6: host === '::' });
      return relay;
    } catch (error) {
      program.report({ kind: 'failed', code: findProblem(error) });
      program.end();
      return null;
    }
  };
  program.onOrder((message) => {
    const order = orderSchema.parse(message);
    if (order.kind === 'start') {
      running ??= start(order);
      return;
    }
    if (order.kind === 'mended') return onMended?.(order.ok);
    if (stopping) return;
    stopping = true;
    void Promise.resolve(running).then(async (relay) => {
      clearInterval(counting);
      await relay?.close();
      program.report({ kind: 'stopped' });
      program.end();
    });
  });
}

/** The first of the hosts that this computer has; a computer without IPv6 does not have `::`. */
async function listenOn(
  hosts: readonly string[],
  port: number,
  options: Omit<RelayOptions, 'host' | 'port'>,
): Promise<{ relay: Relay; host: string }> {
  const [host = '', ...others] = hosts;
  try {
    return { relay: await createRelay({ ...options, host, port }), host };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (others.length > 0 && (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL'))
      return listenOn(others, port, options);
    throw error;
  }
}

function findProblem(error: unknown): MeetingNoticeCode {
  const { code = '', syscall, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  const reason = cause?.code ?? code;
  if (reason === 'EADDRINUSE') return 'meeting-port-busy';
  if (['EADDRNOTAVAIL', 'ENETDOWN', 'ENETUNREACH'].includes(reason)) return 'meeting-no-network';
  if (syscall === 'listen') return 'meeting-port-forbidden';
  if (reason === 'LEVEL_CORRUPTION' || reason === 'LOG_NOT_MENDED') return 'meeting-folder-damaged';
  return 'meeting-not-started';
}
