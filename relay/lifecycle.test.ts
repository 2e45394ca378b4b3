import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestKeys, TestDevice, type TestKeys } from './testing/TestDevice.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

let folder: string;
let keys: TestKeys;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alegato-life-'));
  keys = await createTestKeys();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await gone;
  }
  await rm(folder, { recursive: true });
});

interface Started {
  child: ChildProcess;
  output(): string;
  /** Resolves with what matched. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  ended(): Promise<number | null>;
}

/** The relay as its own process, with the given arguments. */
function start(args: string[], environment: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'relay/index.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  children.push(child);
  let output = '';
  const wakers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk;
      wakers.forEach((wake) => wake());
    });
  const end = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    output: () => output,
    ended: () => end,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        wakers.add(look);
        void end.then(() => reject(new Error(`ended before it said ${pattern}: ${output}`)));
        look();
      }),
  };
}

async function startRelay(
  args: string[] = [],
  environment: Record<string, string> = {},
): Promise<Started & { url: string }> {
  const started = start(['--port', '0', '--data', path.join(folder, 'data'), ...args], environment);
  const [, url = ''] = await started.said(/listening on (wss?:\/\/\S+)/);
  return { ...started, url };
}

describe('the relay process', () => {
  it('ends with 0 on SIGTERM after it has acknowledged what it took, and keeps that', async () => {
    const relay = await startRelay();
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    for (let i = 0; i < 300; i++) device.post(`frame ${i}`);
    await device.next('ack');
    const startMs = performance.now();
    relay.child.kill('SIGTERM');
    expect(await device.closed()).toBe(4503);
    expect(await relay.ended()).toBe(0);
    expect(performance.now() - startMs).toBeLessThan(4_000);
    const acknowledged = device.received.flatMap((message) => (message.type === 'ack' ? message.frames : []));
    const last = acknowledged.at(-1)?.sequence ?? 0;
    const again = await startRelay();
    const back = new TestDevice(keys, again.url);
    expect((await back.enter(1)).lastSequence).toBeGreaterThanOrEqual(last);
  });

  it('says in a sentence why it cannot start, and leaves the running one alone', async () => {
    const relay = await startRelay();
    const second = start(['--port', '0', '--data', path.join(folder, 'data')]);
    expect(await second.ended()).toBe(1);
    expect(second.output()).toMatch(/in use by another relay/);
    const taken = start(['--port', new URL(relay.url).port, '--data', path.join(folder, 'other')]);
    expect(await taken.ended()).toBe(1);
    expect(taken.output()).toMatch(/port is taken/);
    await writeFile(path.join(folder, 'file'), '');
    const noFolder = start(['--port', '0', '--data', path.join(folder, 'file')]);
    expect(await noFolder.ended()).toBe(1);
    expect(noFolder.output()).toMatch(/is not a folder/);
    const noCertificate = start([
      ...['--port', '0', '--data', path.join(folder, 'third')],
      ...['--tls-cert', path.join(folder, 'none.pem'), '--tls-key', path.join(folder, 'none.pem')],
    ]);
    expect(await noCertificate.ended()).toBe(1);
    expect(noCertificate.output()).toMatch(/file named in the settings is not there/);
    const unknown = start(['--colour', 'red']);
    expect(await unknown.ended()).toBe(2);
    expect(unknown.output()).toMatch(/The relay knows no --colour/);
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
  });

  it('takes another admin port when the usual one is taken, and none when told so', async () => {
    const usual = createServer();
    await new Promise<void>((resolve) => {
      usual.once('error', () => resolve()); // taken by somebody else already: just as good
      usual.listen(4441, '127.0.0.1', resolve);
    });
    const relay = await startRelay();
    const [, adminUrl = ''] = await relay.said(/admin on (http:\S+?)"/);
    expect(new URL(adminUrl).port).not.toBe('4441');
    expect((await fetch(`${adminUrl}/health`)).status).toBe(200);
    expect((await fetch(`${adminUrl}/backup`)).status).toBe(401);
    expect((await fetch(`${adminUrl}/log`)).status).toBe(404);
    expect((await fetch(`${adminUrl}/health`, { method: 'POST' })).status).toBe(405);
    const control = path.join(folder, 'data/control.json');
    if (process.platform !== 'win32') expect((await stat(control)).mode & 0o777).toBe(0o600);
    relay.child.kill('SIGTERM');
    expect(await relay.ended()).toBe(0);
    await expect(stat(control)).rejects.toThrow();
    const silent = await startRelay(['--admin-port', '0']);
    expect(silent.output()).toMatch(/admin on no port/);
    await new Promise((resolve) => usual.close(resolve));
  });

  it('metrics count without naming anybody', async () => {
    const relay = await startRelay(['--log-level', 'debug']);
    const [, adminUrl = ''] = await relay.said(/admin on (http:\S+?)"/);
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    device.post();
    await device.next('ack');
    const text = await (await fetch(`${adminUrl}/metrics`)).text();
    expect(text).toMatch(/^alegato_relay_connections 1$/m);
    expect(text).toMatch(/^alegato_relay_rooms 1$/m);
    expect(text).toMatch(/^alegato_relay_frames_appended_total 2$/m);
    expect(text).toMatch(/^alegato_relay_append_seconds_count 2$/m);
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) |alegato_relay_[a-z_]+(?:\{(?:code="[a-z-]+"|le="[\d.+Inf]+")\})? [\d.e+-]+$)/,
      );
    expect(`${text}${relay.output()}`).not.toContain(keys.root.room.roomId);
    expect(text).not.toMatch(/127\.0/);
  });

  it('speaks TLS with certificates of its own, and changes them on SIGHUP without losing a connection', async () => {
    const certificate = path.join(folder, 'cert.pem');
    const key = path.join(folder, 'key.pem');
    await issue('first');
    const relay = await startRelay(['--tls-cert', certificate, '--tls-key', key]);
    expect(relay.url).toMatch(/^wss:/);
    const device = new TestDevice(keys, relay.url, { rejectUnauthorized: false });
    await device.enter(1);
    expect(await subject()).toBe('first');
    await issue('second');
    relay.child.kill('SIGHUP');
    await relay.said(/"event":"tls-reloaded"/);
    expect(await subject()).toBe('second');
    await writeFile(certificate, 'nonsense');
    relay.child.kill('SIGHUP');
    await relay.said(/"event":"tls-not-reloaded"/);
    expect(await subject()).toBe('second');
    device.post();
    await device.next('ack');

    async function issue(name: string): Promise<void> {
      const made = path.join(folder, name);
      await mkdir(made);
      execFileSync(
        'openssl',
        [
          ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
          ...['-subj', `/CN=${name}`, '-keyout', path.join(made, 'key.pem'), '-out', path.join(made, 'cert.pem')],
        ],
        { stdio: 'ignore' },
      );
      await copyFile(path.join(made, 'key.pem'), key);
      await copyFile(path.join(made, 'cert.pem'), certificate);
      await chmod(key, 0o600);
    }

    function subject(): Promise<string> {
      return new Promise((resolve, reject) => {
        const port = Number(new URL(relay.url).port);
        const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
          resolve(String(socket.getPeerCertificate().subject.CN));
          socket.destroy();
        });
        socket.on('error', reject);
      });
    }
  });

  it('backs up while it runs and while it does not, and restores into an empty folder only', async () => {
    const relay = await startRelay();
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    for (let i = 0; i < 20; i++) device.post(`frame ${i}`);
    const data = path.join(folder, 'data');
    const file = path.join(folder, 'backup');
    const running = start(['backup', '--data', data, '--to', file]);
    expect(await running.ended()).toBe(0);
    expect(running.output()).toMatch(/1 rooms, \d+ frames, 0 blobs/);
    relay.child.kill('SIGKILL'); // its control file stays behind
    await relay.ended();
    const stopped = start(['backup', '--data', data, '--to', file]);
    expect(await stopped.ended()).toBe(0);
    expect(stopped.output()).toMatch(/1 rooms, 21 frames, 0 blobs/);
    const into = start(['restore', '--from', file, '--data', data]);
    expect(await into.ended()).toBe(1);
    expect(into.output()).toMatch(/is not empty. Nothing was changed/);
    const fresh = start(['restore', '--from', file, '--data', path.join(folder, 'fresh')]);
    expect(await fresh.ended()).toBe(0);
    const nothing = start(['backup', '--data', path.join(folder, 'none'), '--to', file]);
    expect(await nothing.ended()).toBe(1);
    expect(nothing.output()).toMatch(/no relay data/);
  });
});
