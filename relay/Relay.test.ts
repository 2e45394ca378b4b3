import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignPair } from '../shared/crypto/Ciphers.ts';
import { createFrame, frameHash, KIND, NO_HASH } from '../shared/sync/Frame.ts';
import { createRelay, type Relay } from './Relay.ts';
import { createTestKeys, ended, rawSocket, TestDevice, type TestKeys, upgraded } from './testing/TestDevice.ts';

let relay: Relay;
let dataDir: string;
let keys: TestKeys;
const lines: string[] = [];

beforeEach(async () => {
  keys = await createTestKeys();
  dataDir = await mkdtemp(path.join(tmpdir(), 'alegato-relay-'));
  lines.length = 0;
  relay = await createRelay({
    host: '127.0.0.1',
    port: 0,
    dataDir,
    log: (line) => lines.push(line),
    limits: { helloMs: 500 },
  });
});
afterEach(async () => {
  await relay.close();
  await rm(dataDir, { recursive: true });
});

const pairOf = (seed: number): SignPair => keys.ciphers.signPair(new Uint8Array(32).fill(seed));
const frameOf = (pair: SignPair, device: number, counter: number, previous: Uint8Array, words = 'x'): Uint8Array =>
  createFrame(keys.ciphers, keys.root.room, keys.epoch, pair.secretKey, {
    kind: counter === 0 ? KIND.presence : KIND.update,
    device,
    counter,
    previous: counter === 0 ? NO_HASH : previous,
    content: new TextEncoder().encode(words),
  });

describe('relay', () => {
  it('[SY20] wants a fresh signature over its nonce', async () => {
    const client = new TestDevice(keys, relay.url);
    await client.hello(1, pairOf(1), new Uint8Array(32));
    expect(await client.closed()).toBe(4403);
    const silent = new TestDevice(keys, relay.url);
    await silent.next('challenge');
    expect(await silent.closed()).toBe(1006);
  });

  it('[SY21] binds a number to its first key', async () => {
    const first = new TestDevice(keys, relay.url);
    await first.hello(2, pairOf(2));
    await first.next('welcome');
    const second = new TestDevice(keys, relay.url);
    await second.hello(2, pairOf(3));
    expect((await second.next('refused')).code).toBe('relay-refused');
    expect(await second.closed()).toBe(4403);
    const again = new TestDevice(keys, relay.url);
    await again.hello(2, pairOf(2));
    expect((await again.next('welcome')).lastSequence).toBe(3);
  });

  it('[SY22] [SY23] [SY24] appends, acknowledges, pushes, and tells repeat, gap and fork apart', async () => {
    const pair = pairOf(1);
    const one = new TestDevice(keys, relay.url);
    const admission = await one.hello(1, pair);
    await one.next('welcome');
    const two = new TestDevice(keys, relay.url);
    await two.hello(2, pairOf(2));
    await two.next('welcome');
    two.send({ type: 'fetch', after: 0 });
    expect((await two.next('page')).entries.length).toBe(3);
    const second = frameOf(pair, 1, 1, frameHash(keys.ciphers, admission));
    const third = frameOf(pair, 1, 2, frameHash(keys.ciphers, second));
    one.send({ type: 'post', frame: third });
    expect(await one.next('rejected')).toMatchObject({ counter: 2, code: 'gap' });
    one.send({ type: 'post', frame: second });
    expect((await one.next('ack')).frames).toEqual([{ device: 1, counter: 1, sequence: 4 }]);
    expect(Buffer.compare((await two.next('entry')).frame, second)).toBe(0);
    one.send({ type: 'post', frame: second });
    expect((await one.next('ack')).frames).toEqual([{ device: 1, counter: 1, sequence: 4 }]);
    one.send({ type: 'post', frame: frameOf(pair, 1, 1, frameHash(keys.ciphers, admission), 'other') });
    expect(await one.next('rejected')).toMatchObject({ counter: 1, code: 'fork' });
    one.send({ type: 'post', frame: frameOf(pair, 1, 2, new Uint8Array(32).fill(9)) });
    expect(await one.next('rejected')).toMatchObject({ counter: 2, code: 'fork' });
    one.send({ type: 'post', frame: frameOf(pairOf(5), 1, 2, frameHash(keys.ciphers, second)) });
    expect(await one.next('rejected')).toMatchObject({ code: 'bad-signature' });
    one.send({ type: 'post', frame: frameOf(pairOf(5), 5, 2, frameHash(keys.ciphers, second)) });
    expect(await one.next('rejected')).toMatchObject({ code: 'not-admitted' });
    two.send({ type: 'post', frame: third }); // who carries it does not matter
    expect((await two.next('ack')).frames).toEqual([{ device: 1, counter: 2, sequence: 5 }]);
  });

  it('[SY5] hands presence on, stores none, and cuts off who forges it', async () => {
    const one = new TestDevice(keys, relay.url);
    await one.hello(1, pairOf(1));
    const welcome = await one.next('welcome');
    const two = new TestDevice(keys, relay.url);
    await two.hello(2, pairOf(2));
    await two.next('welcome');
    one.send({ type: 'presence', frame: frameOf(pairOf(1), 1, 0, NO_HASH) });
    await two.next('presence');
    two.send({ type: 'fetch', after: welcome.lastSequence });
    expect((await two.next('page')).entries.length).toBe(2); // the invitation and the admission of device 2
    one.send({ type: 'presence', frame: frameOf(pairOf(1), 2, 0, NO_HASH) });
    expect(await one.closed()).toBe(4500);
    // of a signature that is not looked at each time: 60 a second are passed on, and 1 in 30 million goes through
    const three = new TestDevice(keys, relay.url);
    await three.hello(1, pairOf(1));
    await three.next('welcome');
    three.send({ type: 'presence', frame: frameOf(pairOf(1), 1, 0, NO_HASH) });
    for (let i = 0; i < 60; i++) three.send({ type: 'presence', frame: frameOf(pairOf(2), 1, 0, NO_HASH) });
    expect(await three.closed()).toBe(4500);
    const four = new TestDevice(keys, relay.url);
    await four.hello(1, pairOf(1));
    await four.next('welcome');
    four.send({ type: 'presence', frame: frameOf(pairOf(2), 1, 0, NO_HASH) }); // the first is
    expect(await four.closed()).toBe(4500);
  });

  it('[SY28] survives malformed WebSocket frames and garbage, and goes on serving', async () => {
    const good = new TestDevice(keys, relay.url);
    await good.hello(1, pairOf(1));
    await good.next('welcome');
    const masked = (bytes: number[]): Buffer => Buffer.from(bytes);
    const attacks = [
      masked([0xc2, 0x80, 0, 0, 0, 0]), // reserved bit
      masked([0x8b, 0x80, 0, 0, 0, 0]), // opcode 11
      masked([0x88, 0x82, 0, 0, 0, 0, 0x00, 0x01]), // close code 1
      masked([0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), // claims 2^40 bytes
      masked([0x82, 0x01, 0x00]), // not masked
      masked([0x81, 0x81, 0, 0, 0, 0, 0xff]), // text that is not UTF-8
      masked([0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]), // ping too long
      Buffer.concat([masked([0x82, 0xff, 0, 0, 0, 0, 0x07, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(200_000)]), // flood before hello
      randomBytes(5_000),
    ];
    for (const attack of attacks) {
      const raw = await upgraded(relay.port);
      raw.write(attack);
      await ended(raw);
    }
    const noHttp = await rawSocket(relay.port);
    noHttp.write(randomBytes(2_000));
    await ended(noHttp);
    for (let i = 0; i < 50; i++) {
      const fuzz = new TestDevice(keys, relay.url);
      await fuzz.next('challenge');
      fuzz.socket.send(randomBytes(1 + i * 7));
      expect(await fuzz.closed()).toBe(4500);
    }
    good.send({ type: 'ping', token: 7 });
    expect(await good.next('pong')).toEqual({ type: 'pong', token: 7 });
  });

  it('[SY29] its log holds code words and counts only', async () => {
    const client = new TestDevice(keys, relay.url);
    await client.next('challenge');
    client.socket.send(Buffer.from('a planted sentence'));
    await client.closed();
    await relay.close();
    const events = lines.map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(['counts', 'stopped']);
    expect(events[0]).toMatchObject({ level: 'info', 'bad-message': 1 });
    expect(events[0].time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(lines.join('')).not.toMatch(/planted|127|::1/);
    relay = await createRelay({ host: '127.0.0.1', port: 0, dataDir });
  });
});
