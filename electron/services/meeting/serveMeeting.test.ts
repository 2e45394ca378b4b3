import { EventEmitter, once } from 'node:events';
import { access, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { runMendProcess } from '../../../relay/repairLog.ts';
import { MEETING_PORT, type MeetingState } from '../../../shared/ipc/meeting.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { listAddresses } from './listAddresses.ts';
import { MeetingRelay } from './MeetingRelay.ts';
import type { RelayProcess } from './RelayProcess.ts';
import { serveMeeting } from './serveMeeting.ts';

const temporary = temporaryFolders();
const rest = { netmask: '', mac: '', cidr: null };
const LOOPBACK = { lo: [{ address: '127.0.0.1', family: 'IPv4' as const, internal: true, ...rest }] };
const NETWORK = {
  ...LOOPBACK,
  docker0: [{ address: '172.17.0.1', family: 'IPv4' as const, internal: false, ...rest }],
  wlan0: [
    { address: 'fd00::7', family: 'IPv6' as const, internal: false, scopeid: 0, ...rest },
    { address: 'fe80::7', family: 'IPv6' as const, internal: false, scopeid: 3, ...rest },
    { address: '192.168.1.7', family: 'IPv4' as const, internal: false, ...rest },
  ],
};

/** The process of the relay, joined by listeners; `die` ends it without the program having asked. */
function processHere(): { fork(): RelayProcess; die(): void } {
  let bus = new EventEmitter();
  return {
    fork() {
      const own = (bus = new EventEmitter());
      serveMeeting({
        report: (report) => own.emit('report', structuredClone(report)),
        onOrder: (listener) => own.on('order', listener),
        end: () => own.emit('end'),
      });
      return {
        order: (order) => void own.emit('order', structuredClone(order)),
        onReport: (listener) => void own.on('report', listener),
        onEnd: (listener) => void own.once('end', listener),
        kill: () => void own.emit('end'),
      };
    },
    die: () => void bus.emit('order', { kind: 'stop' }),
  };
}

const opened: MeetingRelay[] = [];
afterEach(async () => {
  for (const meeting of opened.splice(0)) await meeting.stop();
});

async function openMeeting(folder: string, interfaces: typeof LOOPBACK | typeof NETWORK = NETWORK) {
  const bus = new EventEmitter();
  let last: MeetingState | null = null;
  const { fork, die } = processHere();
  const meeting = await MeetingRelay.open({
    folder,
    fork,
    mend: runMendProcess,
    interfaces: () => interfaces,
    onChanged: (state) => {
      last = state;
      bus.emit('changed');
    },
  });
  opened.push(meeting);
  const until = async (wanted: (state: MeetingState) => boolean): Promise<MeetingState> => {
    while (!last || !wanted(last)) await once(bus, 'changed');
    return last;
  };
  return { meeting, until, die };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('listAddresses', () => {
  it('puts the address that partners use first and loopback last', () => {
    expect(listAddresses(NETWORK, 'network', 4440).map(({ url }) => url)).toEqual([
      'ws://192.168.1.7:4440',
      'ws://[fd00::7]:4440',
      'ws://172.17.0.1:4440',
      'ws://127.0.0.1:4440',
    ]);
  });
  it('names loopback alone for this computer only', () => {
    expect(listAddresses(NETWORK, 'computer', 5).map(({ url }) => url)).toEqual(['ws://127.0.0.1:5']);
  });
});

describe('a relay for a meeting', () => {
  it('starts by hand alone, counts who is connected, and leaves nobody listening', async () => {
    const folder = join(await temporary(), 'meeting');
    const port = await freePort();
    const { meeting, until } = await openMeeting(folder);
    expect(await meeting.state()).toMatchObject({ phase: 'off', port: MEETING_PORT, addresses: [], keptBytes: null });
    expect(await meeting.start('computer', port)).toMatchObject({ ok: true, value: { phase: 'hosting', problem: '' } });
    expect(await meeting.start('computer', port)).toEqual({ ok: false, error: { code: 'meeting-running' } });
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await until(({ connections }) => connections === 1);
    socket.close();
    await until(({ connections }) => connections === 0);
    expect(await meeting.delete()).toEqual({ ok: false, error: { code: 'meeting-running' } });
    expect(await meeting.stop()).toMatchObject({ phase: 'off', port, addresses: [], problem: '' });
    const late = new WebSocket(`ws://127.0.0.1:${port}`);
    expect(await once(late, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
  });

  it('keeps its records and its port for the next meeting until they are deleted', async () => {
    const folder = join(await temporary(), 'meeting');
    const port = await freePort();
    const first = await openMeeting(folder);
    await first.meeting.start('computer', port);
    await first.meeting.stop();
    const { meeting } = await openMeeting(folder);
    const kept = await meeting.state();
    expect(kept).toMatchObject({ phase: 'off', port, scope: 'computer' });
    expect(kept.keptBytes).toBeGreaterThan(0);
    expect(await meeting.start('computer', port)).toMatchObject({ ok: true });
    await meeting.stop();
    expect(await meeting.delete()).toMatchObject({ ok: true, value: { keptBytes: null } });
    await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('[SY75] mends the damaged records of the last meeting in another process', async () => {
    const folder = join(await temporary(), 'meeting');
    const port = await freePort();
    const { meeting } = await openMeeting(folder);
    await meeting.start('computer', port);
    await meeting.stop();
    const current = join(folder, 'relay/log/CURRENT');
    await writeFile(current, 'MANIFEST-000099\n');
    expect(await meeting.start('computer', port)).toMatchObject({ ok: true, value: { phase: 'hosting' } });
    expect(await readFile(current, 'utf8')).not.toBe('MANIFEST-000099\n');
  });

  it('says that the port is taken, and starts once it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { meeting } = await openMeeting(join(await temporary(), 'meeting'));
    expect(await meeting.start('computer', port)).toEqual({ ok: false, error: { code: 'meeting-port-busy' } });
    expect(await meeting.state()).toMatchObject({ phase: 'off', problem: 'meeting-port-busy' });
    other.close();
    await once(other, 'close');
    expect(await meeting.start('computer', port)).toMatchObject({ ok: true, value: { problem: '' } });
  });

  it('says that there is no network instead of hosting for nobody', async () => {
    const folder = join(await temporary(), 'meeting');
    const { meeting } = await openMeeting(folder, LOOPBACK);
    expect(await meeting.start('network', 4440)).toEqual({ ok: false, error: { code: 'meeting-no-network' } });
    await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says so when its process is gone, and can be started again', async () => {
    const { meeting, until, die } = await openMeeting(join(await temporary(), 'meeting'));
    const port = await freePort();
    await meeting.start('computer', port);
    die();
    await until(({ phase, problem }) => phase === 'off' && problem === 'meeting-ended');
    expect(await meeting.start('computer', port)).toMatchObject({ ok: true, value: { problem: '' } });
  });

  it('opens all the same when what it remembers is damaged', async () => {
    const folder = await temporary();
    await writeFile(join(folder, 'meeting.json'), '{"port":');
    const { meeting } = await openMeeting(folder);
    expect(await meeting.state()).toMatchObject({ phase: 'off', port: MEETING_PORT });
  });

  it('stops when it is told to while it starts', async () => {
    const { meeting } = await openMeeting(join(await temporary(), 'meeting'));
    const port = await freePort();
    const starting = meeting.start('computer', port);
    const stopping = meeting.stop();
    await Promise.all([starting, stopping]);
    expect(await meeting.stop()).toMatchObject({ phase: 'off' });
  });
});
