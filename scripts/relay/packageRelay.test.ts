import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestKeys, TestDevice } from '../../relay/testing/TestDevice.ts';
import { packageRelay } from './packageRelay.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let folder: string;
let child: ChildProcess | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alegato-package-'));
  await packageRelay(folder);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) install(name);
});
afterAll(async () => {
  const ended = child && new Promise((done) => child?.once('exit', done));
  if (child?.kill('SIGKILL')) await ended;
  await rm(folder, { recursive: true });
});

/** As npm would, from what the project has: the named package and what it names, nothing else. */
function install(name: string): void {
  const target = join(folder, 'node_modules', name);
  if (existsSync(target)) return;
  const source = join(ROOT, 'node_modules', name);
  cpSync(source, target, { recursive: true });
  const { dependencies = {} } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  for (const each of Object.keys(dependencies)) install(each);
}

/** The relay on this folder, as soon as it listens. */
async function start(data: string): Promise<{ url: string; output: string }> {
  const running = (child = spawn(process.execPath, ['alegato-relay.mjs', '--port', '0', '--data', data], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '' },
  }));
  return new Promise((done, failed) => {
    let output = '';
    running.once('exit', (code) => failed(new Error(`ended with ${code}: ${output}`)));
    running.stdout.on('data', (chunk: Buffer) => {
      const match = /listening on (ws:\S+)/.exec((output += chunk));
      if (match?.[1]) done({ url: match[1], output });
    });
  });
}

async function stop(): Promise<void> {
  const ended = new Promise((done) => child?.once('exit', done));
  child?.kill('SIGTERM');
  await ended;
}

describe('the packaged relay', () => {
  it('starts in a folder of its own with its own dependencies alone, and carries a frame', async () => {
    const { url } = await start('data');
    const device = new TestDevice(await createTestKeys(), url);
    await device.enter(1);
    const frame = device.post('across');
    await device.next('ack');
    device.send({ type: 'fetch', after: 1 });
    const [entry] = (await device.next('page')).entries;
    expect(entry && Buffer.compare(entry.frame, frame)).toBe(0);
    device.socket.terminate();
    await stop();
  });

  it('[SY75] mends a damaged log by starting itself once more', async () => {
    await start('damaged');
    await stop();
    await writeFile(join(folder, 'damaged/log/CURRENT'), 'MANIFEST-000099\n');
    const { output } = await start('damaged');
    expect(output).toContain('"event":"log-repaired"');
    await stop();
  });

  it('imports its own dependencies and Node alone, and comes with its guide', () => {
    const bundle = readFileSync(join(folder, 'alegato-relay.mjs'), 'utf8');
    const imported = [...bundle.matchAll(/^import .*? from "([^"]+)";$/gm)].map(([, name]) => name ?? '');
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(imported.filter((name) => !name.startsWith('node:')).sort()).toEqual(Object.keys(dependencies).sort());
    for (const name of ['README.md', 'LICENSE', 'Caddyfile', 'alegato-relay.service', 'Dockerfile'])
      expect(existsSync(join(folder, name))).toBe(true);
  });
});
