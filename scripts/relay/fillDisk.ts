import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestKeys, TestDevice, until } from '../../relay/testing/TestDevice.ts';

/**
 * A real disk that runs full under a relay: a tmpfs of 256 MB (mounting needs root). Once with the usual reserve, where
 * the relay stops in time; once without any, where the disk itself refuses a write. Ends with 1 when an acknowledged
 * frame is missing or the relay does not go on when there is room again.
 */
const DISK_MB = 256;
let failures = 0;
for (const reserveMb of [64, 0]) failures += (await fill(reserveMb)) ? 0 : 1;
process.exitCode = failures;

async function fill(reserveMb: number): Promise<boolean> {
  const disk = await mkdtemp(join(tmpdir(), 'alegato-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk]);
  const relay = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', 'relay/index.ts', '--port', '0', '--data', join(disk, 'data')],
      ...['--min-free-mb', String(reserveMb), '--device-rate-kb', '1000000', '--room-rate-kb', '1000000'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    let output = '';
    relay.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    await until(() => output.includes('listening'));
    const url = /listening on (ws:\S+)/.exec(output)?.[1] ?? '';
    const keys = await createTestKeys();
    const writer = new TestDevice(keys, url);
    await writer.enter(1);
    const frames: Uint8Array[] = [];
    let acknowledged = 1;
    const stopped = (): boolean => writer.closeCode !== null || writer.received.some(({ type }) => type === 'rejected');
    const note = (): void => {
      for (const message of writer.received)
        if (message.type === 'ack')
          for (const { counter } of message.frames) acknowledged = Math.max(acknowledged, counter);
    };
    while (!stopped()) {
      frames.push(writer.post(new Uint8Array(500_000)));
      await until(() => stopped() || writer.received.some(({ type }) => type === 'ack'));
      note();
      writer.received.splice(0, writer.received.findLastIndex(({ type }) => type === 'ack') + 1);
    }
    const full = output.split('\n').find((line) => line.includes('"storage"')) ?? 'nothing said';
    execFileSync('mount', ['-o', `remount,size=${2 * DISK_MB}m`, disk]); // room again
    await until(() => output.includes('"state":"accepting"'), 15_000);
    const back = new TestDevice(keys, url);
    const { lastSequence } = await back.enter(1);
    for (const frame of frames.slice(acknowledged - 1)) back.send({ type: 'post', frame });
    let last = 0;
    while (last < frames.length + 1)
      last = Math.max(last, ...(await back.next('ack')).frames.map(({ counter }) => counter));
    relay.kill('SIGTERM');
    const code = await new Promise((done) => relay.once('exit', done));
    const kept = lastSequence >= acknowledged;
    console.log(
      `reserve ${reserveMb} MB: ${acknowledged} frames acknowledged, ${lastSequence} there afterwards, ${last} in the end; ended with ${code}; ${full}`,
    );
    return kept && code === 0;
  } finally {
    relay.kill('SIGKILL');
    execFileSync('umount', ['-l', disk]);
    await rm(disk, { recursive: true });
  }
}
