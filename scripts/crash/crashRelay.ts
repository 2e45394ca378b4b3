import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  type TestPeer,
  until,
} from '../../electron/services/sync/testRoom.ts';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { findFreePort, startRelayProcess } from './relayProcess.ts';

export interface RelayCrashes {
  times: number;
  /** Frames the relay had acknowledged before the kills. */
  acknowledged: number;
  /** Acknowledged frames that a newcomer did not get from the killed and restarted relay. */
  lost: number;
  /** Peers whose text differed in the end. */
  diverged: number;
  /** Times a writer was told of a fork: nobody forked, so each would be false. */
  falseForks: number;
}

const WRITERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** Reads and never writes, each time with an empty folder. */
const NEWCOMER = 11;
/** As the program has it: eleven peers share this process, and a long log takes them longer than a test waits. */
const PATIENT = { slowMs: 10_000 };

/**
 * Kills a relay with SIGKILL while ten devices write as fast as it takes them. After each kill the writers are kept
 * away, so that nothing can be posted again, and a newcomer reads what the relay still has.
 */
export async function crashRelay(times: number, random: SeededRandom): Promise<RelayCrashes> {
  const dataDir = await mkdtemp(join(tmpdir(), 'alegato-relay-crash-'));
  const port = await findFreePort();
  let relay = await startRelayProcess(port, dataDir);
  const result: RelayCrashes = { times, acknowledged: 0, lost: 0, diverged: 0, falseForks: 0 };
  try {
    const room = await createTestRoom({ url: `ws://127.0.0.1:${port}` });
    const writers: TestPeer[] = [];
    for (const device of WRITERS) writers.push(await createPeer(room, device, { timing: PATIENT }));
    for (const writer of writers) writer.session.connect();
    await until(() => writers.every((writer) => writer.session.status.relay === 'online'));

    for (let time = 1; time <= times; time++) {
      const acknowledged = await writeUntil(writers, 500 + random.below(1_500), random, time);
      const ended = new Promise((resolve) => relay.once('exit', resolve));
      relay.kill('SIGKILL');
      await ended;
      for (const writer of writers) writer.session.disconnect();
      relay = await startRelayProcess(port, dataDir);
      const newcomer = await createPeer(room, NEWCOMER, { timing: PATIENT });
      newcomer.session.connect();
      const short = await countMissing(newcomer, acknowledged);
      result.lost += short;
      await newcomer.session.close();
      for (const writer of writers) writer.session.connect();
      await allOnline(writers, time);
      result.acknowledged = [...acknowledged.values()].reduce((sum, counter) => sum + counter, 0);
      if (time % 5 === 0 || time === times)
        console.log(
          `  relay: ${time} of ${times} kills, ${result.acknowledged} frames acknowledged, ${result.lost} lost`,
        );
    }
    await until(() => writers.every((writer) => writer.session.status.unsentFrames === 0), 30_000);
    const [first] = writers;
    const same = (): boolean => writers.every((writer) => writer.text() === first?.text());
    await until(same, 30_000).catch(() => undefined);
    result.diverged = writers.filter((writer) => writer.text() !== first?.text()).length;
    result.falseForks = writers.flatMap(({ notices }) => notices).filter(({ code }) => code === 'peer-fork').length;
    await closeEverything();
  } finally {
    relay.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
  return result;
}

/** Ends the run with what each writer says of the relay when they are not back in time. */
async function allOnline(writers: readonly TestPeer[], time: number): Promise<void> {
  const states = (): string[] => writers.map(({ session: { status } }) => `${status.relay} ${status.relayReason}`);
  await until(() => states().every((state) => state.startsWith('online')), 120_000).catch((error: Error) => {
    throw new Error(`after kill ${time}, the writers: ${states().join(', ')}`, { cause: error });
  });
}

/** Lets all writers type; the highest counter of each device that the relay had acknowledged before the time was up. */
async function writeUntil(
  writers: readonly TestPeer[],
  durationMs: number,
  random: SeededRandom,
  time: number,
): Promise<Map<number, number>> {
  const end = performance.now() + durationMs;
  const acknowledged = new Map<number, number>();
  for (let n = 0; performance.now() < end; n++) {
    writers.forEach((writer, position) => {
      writer.type(random.below(writer.text().length + 1), `${time}.${n} `);
      const device = WRITERS[position] ?? 0;
      const sealed = writer.session.heads().get(device)?.counter ?? 0;
      const certain = sealed - writer.session.status.unsentFrames;
      acknowledged.set(device, Math.max(acknowledged.get(device) ?? 0, certain));
    });
    await new Promise((resolve) => setImmediate(resolve));
    if (n % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return acknowledged;
}

async function countMissing(newcomer: TestPeer, acknowledged: ReadonlyMap<number, number>): Promise<number> {
  const missing = (): number => {
    const heads = newcomer.session.heads();
    let count = 0;
    for (const [device, counter] of acknowledged) count += Math.max(0, counter - (heads.get(device)?.counter ?? 0));
    return count;
  };
  // a long room takes its time; once the replay is over, what is missing is missing
  await until(() => newcomer.session.status.relay === 'online', 120_000);
  await until(() => missing() === 0, 15_000).catch(() => undefined);
  return missing();
}
