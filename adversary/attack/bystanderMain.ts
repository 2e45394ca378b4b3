import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { parseFrame } from '../../shared/sync/Frame.ts';
import { DeviceChain } from '../DeviceChain.ts';
import { RawDevice } from '../RawDevice.ts';
import { answerCalls } from './childCalls.ts';
import { newRoom } from './material.ts';

/** What other rooms noticed since they were last asked; milliseconds. */
export interface BystanderFigures {
  /** From a post to its acknowledgement. */
  acks: number[];
  /** From a post to its arrival at the partner. */
  entries: number[];
  /** From a new connection to its welcome. */
  joins: number[];
  /** New connections that were not let in within 5 s. */
  joinsFailed: number;
}

export interface BystanderEnd {
  acknowledged: number;
  /** Acknowledged frames that the relay no longer has. */
  lost: number;
  /** Connections that ended although nobody wanted it. */
  cut: number;
}

export type BystanderCalls = typeof calls;

const ROOMS = 8;
/** As large as a keystroke; nobody here opens it. */
const WORDS = Buffer.from('a few words of somebody else');
const POST_MS = 40;
const JOIN_MS = 1_000;
const PING_MS = 5_000;
const JOIN_LIMIT_MS = 5_000;

interface Pair {
  writer: DeviceChain;
  reader: DeviceChain;
  writing: RawDevice;
  reading: RawDevice;
  sentAt: Map<number, number>;
  acknowledged: number;
}

let url = '';
let figures: BystanderFigures = empty();
let cut = 0;
let random = new SeededRandom(1);
let running = true;
const pairs: Pair[] = [];
const timers: NodeJS.Timeout[] = [];

/** The process of the rooms that have no part in the storm: two devices a room, one writing at the pace of a person. */
const calls = {
  async start({ host, port, seed }: { host: string; port: number; seed: number }): Promise<void> {
    random = new SeededRandom(seed);
    url = `ws://${host}:${port}`;
    for (let n = 0; n < ROOMS; n++) pairs.push(await openPair());
    for (const [n, pair] of pairs.entries()) {
      timers.push(setTimeout(() => timers.push(setInterval(() => post(pair), POST_MS)), (n * POST_MS) / ROOMS));
    }
    timers.push(setInterval(() => void join(), JOIN_MS));
    timers.push(
      setInterval(() => {
        for (const pair of pairs)
          for (const each of [pair.writing, pair.reading]) each.send({ type: 'ping', token: 0 });
      }, PING_MS),
    );
  },
  /** Hands over what was measured since the last call. */
  async take(): Promise<BystanderFigures> {
    const taken = figures;
    figures = empty();
    return taken;
  },
  /** Stops writing, reads every room again from its beginning, and counts. */
  async end(): Promise<BystanderEnd> {
    running = false;
    for (const timer of timers) clearInterval(timer);
    const result: BystanderEnd = { acknowledged: 0, lost: 0, cut };
    for (const pair of pairs) {
      result.acknowledged += pair.acknowledged;
      result.lost += await countLost(pair);
      await pair.writing.close();
      await pair.reading.close();
    }
    return result;
  },
};
answerCalls(calls);

async function openPair(): Promise<Pair> {
  const room = newRoom();
  const writer = new DeviceChain(room, 1);
  const reader = new DeviceChain(room, 2);
  const writing = await enter(writer);
  const reading = await enter(reader);
  const pair: Pair = { writer, reader, writing, reading, sentAt: new Map(), acknowledged: 0 };
  reading.send({ type: 'fetch', after: 0 });
  await reading.next('page');
  writing.onMessage = (message) => {
    if (message.type !== 'ack') return;
    for (const { counter } of message.frames) note(pair, counter, figures.acks);
    pair.acknowledged = Math.max(pair.acknowledged, ...message.frames.map(({ counter }) => counter));
  };
  reading.onMessage = (message) => {
    if (message.type !== 'entry') return;
    const frame = parseFrame(message.frame);
    if (frame.ok && frame.value.device === 1) note(pair, frame.value.counter, figures.entries);
  };
  for (const connection of [writing, reading])
    connection.socket.on('close', () => {
      if (running) cut++;
    });
  return pair;
}

function note(pair: Pair, counter: number, into: number[]): void {
  const at = pair.sentAt.get(counter);
  if (at !== undefined) into.push(performance.now() - at);
}

function post(pair: Pair): void {
  const frame = pair.writer.write({ content: WORDS });
  pair.sentAt.set(pair.writer.counter, performance.now());
  pair.sentAt.delete(pair.writer.counter - 10_000);
  pair.writing.send({ type: 'post', frame });
}

async function enter(chain: DeviceChain): Promise<RawDevice> {
  const device = new RawDevice(url);
  await device.enter(chain);
  return device;
}

async function join(): Promise<void> {
  const pair = pairs[random.below(pairs.length)];
  if (!pair) return;
  const start = performance.now();
  const device = new RawDevice(url);
  const late = setTimeout(() => device.socket.terminate(), JOIN_LIMIT_MS);
  try {
    await device.enter(pair.reader);
    figures.joins.push(performance.now() - start);
  } catch {
    figures.joinsFailed++;
  } finally {
    clearTimeout(late);
    await device.close();
  }
}

async function countLost(pair: Pair): Promise<number> {
  const device = await enter(pair.reader);
  const found = new Set<number>();
  for (let after = 0; ; ) {
    device.send({ type: 'fetch', after });
    const page = await device.next('page');
    for (const { frame } of page.entries) {
      const parsed = parseFrame(frame);
      if (parsed.ok && parsed.value.device === 1) found.add(parsed.value.counter);
    }
    after = page.upTo;
    if (page.end) break;
  }
  await device.close();
  let lost = 0;
  for (let counter = 1; counter <= pair.acknowledged; counter++) if (!found.has(counter)) lost++;
  return lost;
}

function empty(): BystanderFigures {
  return { acks: [], entries: [], joins: [], joinsFailed: 0 };
}
