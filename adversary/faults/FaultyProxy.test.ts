import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  startRelay,
  type TestPeer,
  until,
} from '../../electron/services/sync/testRoom.ts';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { decideFate, FAULT_NAMES, type Faults } from './decideFate.ts';
import { createFaultyProxy, type FaultyProxy } from './FaultyProxy.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await closeEverything();
  for (const close of closers.splice(0).reverse()) await close();
});

async function proxyTo(targetUrl: string, seed: number, faults: Faults = {}): Promise<FaultyProxy> {
  const proxy = await createFaultyProxy({ targetUrl, seed, faults });
  closers.push(() => proxy.close());
  return proxy;
}

/** A server that keeps what it is told, in order, as text. */
async function startListener(): Promise<{ url: string; heard: string[]; closed: number[] }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const heard: string[] = [];
  const closed: number[] = [];
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => heard.push(data.toString('latin1')));
    socket.on('close', (code) => closed.push(code));
  });
  closers.push(async () => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard, closed };
}

const NUMBERED = Array.from({ length: 200 }, (_, n) => `message ${String(n).padStart(3, '0')}`);

/** What a listener heard when 200 numbered messages were said through a proxy and the connection was closed. */
async function say(seed: number, faults: Faults): Promise<{ heard: string[]; closed: number[] }> {
  const listener = await startListener();
  const proxy = await proxyTo(listener.url, seed, faults);
  const socket = new WebSocket(proxy.url);
  socket.on('error', () => {});
  await once(socket, 'open');
  for (const message of NUMBERED) socket.send(Buffer.from(message, 'latin1'));
  socket.close(1000);
  await until(() => listener.closed.length === 1);
  return listener;
}

describe('a faulty line', () => {
  it('passes everything in order, and the code of the close, when no fault is asked for', async () => {
    const { heard, closed } = await say(1, {});
    expect(heard).toEqual(NUMBERED);
    expect(closed).toEqual([1000]);
  });

  it('drops, duplicates, swaps, cuts short and flips as often as it was told, and the same again for the same seed', async () => {
    const faults: Faults = { drop: 0.1, duplicate: 0.1, reorder: 0.1, truncate: 0.1, flip: 0.1, delay: 0.1 };
    const first = await say(7, { ...faults, longestDelayMs: 3 });
    const again = await say(7, { ...faults, longestDelayMs: 3 });
    const other = await say(8, { ...faults, longestDelayMs: 3 });
    expect(again.heard).toEqual(first.heard);
    expect(other.heard).not.toEqual(first.heard);
    const whole = first.heard.filter((message) => NUMBERED.includes(message));
    expect(new Set(whole).size).toBeLessThan(NUMBERED.length - 10);
    expect(whole.length).toBeGreaterThan(new Set(whole).size);
    expect(whole).not.toEqual([...whole].sort());
    expect(first.heard.some((message) => message.length < 11 && NUMBERED[0]?.startsWith(message.slice(0, 8)))).toBe(
      true,
    );
  });

  it('cuts the connection without a closing word', async () => {
    const { heard, closed } = await say(3, { cut: 0.02 });
    expect(closed).toEqual([1006]);
    expect(heard.length).toBeLessThan(NUMBERED.length);
    expect(heard).toEqual(NUMBERED.slice(0, heard.length));
  });

  it('draws every fault about as often as asked', () => {
    const random = new SeededRandom(11);
    const faults: Faults = { delay: 0.1, drop: 0.1, duplicate: 0.1, reorder: 0.1, cut: 0.1, truncate: 0.1, flip: 0.1 };
    const seen = new Map<string | null, number>();
    for (let i = 0; i < 20_000; i++) {
      const { fault } = decideFate(random, faults, new Uint8Array(10));
      seen.set(fault, (seen.get(fault) ?? 0) + 1);
    }
    for (const name of FAULT_NAMES) expect(seen.get(name)).toBeGreaterThan(1_800);
    expect(seen.get(null)).toBeGreaterThan(5_500);
  });
});

describe('sessions on faulty lines', () => {
  it.each([1, 2, 3])('converge and lose nothing once the lines are honest again, seed %i', async (seed) => {
    const relay = await startRelay();
    const random = new SeededRandom(seed);
    const faults: Faults = {
      ...{ delay: 0.1, longestDelayMs: 20, drop: 0.03, duplicate: 0.05 },
      ...{ reorder: 0.05, cut: 0.02, truncate: 0.02, flip: 0.02 },
    };
    const lines = await Promise.all([1, 2, 3].map((n) => proxyTo(relay.url, seed * 10 + n, faults)));
    const room = await createTestRoom(relay);
    const peers: TestPeer[] = [];
    for (const [n, line] of lines.entries()) peers.push(await createPeer({ ...room, url: line.url }, n + 1));
    for (const peer of peers) peer.session.connect();
    const written: string[] = [];
    for (let round = 0; round < 60; round++) {
      peers.forEach((peer, n) => {
        const word = `<${n}.${round}>`;
        written.push(word);
        peer.type(random.below(peer.text().length + 1), word);
      });
      await new Promise((resolve) => setTimeout(resolve, random.below(20))); // the pace of typing, no state is waited for
    }
    for (const line of lines) {
      line.setFaults({});
      line.cutAll();
    }
    // A flipped hello is refused for good; opening the complaint again asks anew.
    for (const { session } of peers) {
      session.disconnect();
      session.connect();
    }
    const settled = (): boolean =>
      peers.every(({ session, text }) => session.status.unsentFrames === 0 && text() === peers[0]?.text()) &&
      peers[0]?.text().length === written.join('').length;
    await until(settled, 20_000);
    const letters = [...(peers[0]?.text() ?? '')].sort().join('');
    expect(letters).toBe([...written.join('')].sort().join(''));
  });
});
