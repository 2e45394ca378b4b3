import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeDeviceMessage } from '../shared/sync/RelayMessage.ts';
import type { RelayLimits } from './limits.ts';
import { createRelay, type Relay, type RelayOptions } from './Relay.ts';
import { createTestKeys, ended, rawSocket, TestDevice, type TestKeys, until, upgraded } from './testing/TestDevice.ts';

let dataDir: string;
let keys: TestKeys;
let relay: Relay;
const lines: string[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'alegato-relay-'));
  keys = await createTestKeys();
  lines.length = 0;
});
afterEach(async () => {
  await relay.close();
  await rm(dataDir, { recursive: true });
});

async function start(limits: Partial<RelayLimits> = {}, options: Partial<RelayOptions> = {}): Promise<void> {
  relay = await createRelay({
    host: '127.0.0.1',
    port: 0,
    dataDir,
    limits,
    admin: { host: '127.0.0.1', port: 0 },
    log: (line) => lines.push(line),
    ...options,
  });
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${relay.adminUrl}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`alegato_relay_${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

const event = (code: string): Promise<number> => metric(`events_total{code="${code}"}`);

/** A device in a room of its own is served as ever. */
async function expectServed(): Promise<void> {
  const other = new TestDevice(await createTestKeys(), relay.url);
  await other.enter(1);
  other.post();
  expect((await other.next('ack')).frames.length).toBe(1);
  other.socket.terminate();
}

/** The TCP socket under a device, for bytes that its WebSocket would never send. */
function rawOf(device: TestDevice): Socket {
  return (device.socket as unknown as { _socket: Socket })._socket;
}

describe('a relay under attack', () => {
  it('[SY20] cuts off slow headers, a silent connection and a half hello in the time of a hello', async () => {
    await start({ helloMs: 400 });
    const silent = await rawSocket(relay.port);
    const slow = await rawSocket(relay.port);
    const dripping = setInterval(() => slow.write('x'), 50);
    slow.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const half = await upgraded(relay.port);
    half.write(Buffer.from([0x82, 0xfe, 0x01, 0x00, 0, 0, 0, 0, 2, 1])); // a frame of 256 bytes, two of them sent
    const startMs = performance.now();
    await Promise.all([ended(silent), ended(slow), ended(half)]);
    clearInterval(dripping);
    expect(performance.now() - startMs).toBeLessThan(3_000);
    await expectServed();
  });

  it('[SY28] holds nothing of 100 MB before a hello, and no more than a frame after it', async () => {
    await start();
    const before = await upgraded(relay.port);
    before.on('error', () => {}); // the relay hangs up while we write
    const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x06, 0x40, 0, 0, 0, 0, 0, 0]);
    before.write(Buffer.concat([head, Buffer.alloc(1024 * 1024)]));
    await ended(before);
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    device.socket.send(Buffer.alloc(100 * 1024 * 1024));
    expect([1006, 1009]).toContain(await device.closed());
    await until(async () => (await metric('buffered_bytes')) < 1_000_000);
    await expectServed();
  });

  it('[SY77] holds a little of large frames that are left unfinished, cuts them off, and passes on a whole one', async () => {
    await start({ halfMessageMs: 1_000, deviceBytesPerSecond: 1e9, roomBytesPerSecond: 1e9 });
    const half = Buffer.concat([
      Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x7a, 0x12, 0x00, 0, 0, 0, 0]),
      Buffer.alloc(7_000_000),
    ]);
    const crowd = await Promise.all(
      Array.from({ length: 5 }, async (_, n) => {
        const device = new TestDevice(await createTestKeys(), relay.url, { localAddress: `127.0.1.${n + 1}` });
        await device.enter(1);
        rawOf(device).write(half);
        return device;
      }),
    );
    await until(async () => (await metric('buffered_bytes')) > 8_000_000);
    const other = new TestDevice(keys, relay.url);
    await other.enter(1);
    other.post('small');
    await other.next('ack');
    let mostBytes = 0;
    other.post(new Uint8Array(8_000_000));
    await until(async () => {
      mostBytes = Math.max(mostBytes, await metric('buffered_bytes'));
      return other.received.some(({ type }) => type === 'ack');
    });
    await until(() => crowd.every(({ closeCode }) => closeCode !== null), 40_000);
    expect(mostBytes).toBeLessThan(20 * 1024 * 1024 + 8_100_000); // the whole one is on its way to the disk beside them
    expect(await event('half-message')).toBeGreaterThan(0);
    await until(async () => (await metric('buffered_bytes')) === 0);
    await expectServed();
  }, 60_000);

  it('[SY77] takes the largest frame from a line that needs longer for it than a connection may be silent', async () => {
    await start({ silenceMs: 5_000, halfMessageMs: 2_000 });
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    const raw = rawOf(device);
    const write = raw.write.bind(raw);
    const pieces: Buffer[] = [];
    raw.write = ((bytes: Buffer) => pieces.push(bytes) > 0) as typeof raw.write;
    device.post(new Uint8Array(8_000_000));
    raw.write = write as typeof raw.write;
    const whole = Buffer.concat(pieces);
    const startMs = performance.now();
    let at = 0;
    await new Promise<void>((resolve) => {
      const dripping = setInterval(() => {
        write(whole.subarray(at, (at += 400_000)));
        if (at < whole.length) return;
        clearInterval(dripping);
        resolve();
      }, 300);
    });
    expect([await event('half-message'), await event('socket-error')]).toEqual([0, 0]);
    expect((await device.next('ack')).frames.length).toBe(1);
    expect(performance.now() - startMs).toBeGreaterThan(5_000);
  }, 40_000);

  it('[SY78] gives up with 4508 on a device whose frames are forged, long before one whose frames are rejected', async () => {
    await start();
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    const forged = encodeDeviceMessage({ type: 'post', frame: new Uint8Array(300) });
    let sent = 0;
    for (; sent < 2_000 && device.closeCode === null; sent++) {
      device.socket.send(forged);
      if (sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await device.closed()).toBe(4508);
    expect(await metric('messages_received_total')).toBeLessThan(2_000);
    await expectServed();
  });

  it('closes for another protocol version, text, and random bytes, each with 4500', async () => {
    await start();
    const wrong = new TestDevice(keys, relay.url);
    await wrong.next('challenge');
    const hello = encodeDeviceMessage({
      type: 'hello',
      roomPublicKey: keys.root.room.publicKey,
      device: 1,
      compact: false,
      cursor: 0,
      signature: new Uint8Array(64),
      records: [],
    });
    hello[1] = 9;
    wrong.socket.send(hello);
    expect(await wrong.closed()).toBe(4500);
    const text = new TestDevice(keys, relay.url);
    await text.next('challenge');
    text.socket.send('{"hello":"there"}');
    expect(await text.closed()).toBe(4500);
    const early = new TestDevice(keys, relay.url);
    await early.next('challenge');
    early.send({ type: 'fetch', after: 0 });
    expect(await early.closed()).toBe(4500);
    for (let length = 1; length < 2_000; length = length * 2 + 1) {
      const garbage = new TestDevice(keys, relay.url);
      await garbage.next('challenge');
      garbage.socket.send(randomBytes(length));
      expect([4500, 4403]).toContain(await garbage.closed());
    }
    expect(await event('bad-message')).toBeGreaterThan(10);
    await expectServed();
  });

  it('reads nothing from the path of a request, and writes none of it down', async () => {
    await start();
    const tricks = ['/../../etc/passwd', '/%00', '//', '/rooms/aaaa?token=secret', '/__proto__', '/health', '/metrics'];
    for (const trick of tricks) {
      const socket = await upgraded(relay.port, trick);
      expect(socket.destroyed).toBe(false);
      socket.destroy();
      const plain = await fetch(`${relay.url.replace('ws', 'http')}${trick}`);
      expect(plain.status).toBe(426);
      expect(await plain.text()).toBe('relay\n');
    }
    const long = await rawSocket(relay.port);
    long.write(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await ended(long);
    await expectServed();
    await relay.close();
    expect(lines.join('\n')).not.toMatch(/passwd|secret|proto|aaaa/);
  });

  it('takes no more connections from one address than agreed, and serves another address meanwhile', async () => {
    await start({ connectionsPerAddress: 20, newConnectionsPerSecond: 5 });
    const before = new TestDevice(keys, relay.url, { localAddress: '127.0.0.2' });
    await before.enter(1);
    const crowd = await Promise.all(Array.from({ length: 500 }, () => rawSocket(relay.port)));
    await until(() => crowd.filter((socket) => !socket.destroyed).length <= 20);
    expect(await metric('connections_pending')).toBeLessThanOrEqual(20);
    before.post();
    await before.next('ack');
    const other = new TestDevice(keys, relay.url, { localAddress: '127.0.0.3' });
    await other.enter(3);
    crowd.forEach((socket) => socket.destroy());
    await until(async () => (await metric('connections_pending')) === 0);
    const soon = await Promise.all(Array.from({ length: 100 }, () => rawSocket(relay.port)));
    await until(() => soon.filter((socket) => !socket.destroyed).length <= 20); // and the rate still holds
    soon.forEach((socket) => socket.destroy());
    expect(await event('address-limit')).toBeGreaterThanOrEqual(480);
  });

  it('a full waiting room loses the oldest of the largest crowd, not whoever comes next', async () => {
    await start({ pendingConnections: 30 });
    const crowd = await Promise.all(Array.from({ length: 100 }, () => rawSocket(relay.port)));
    await until(() => crowd.filter((socket) => !socket.destroyed).length <= 30);
    expect(crowd[0]?.destroyed).toBe(true);
    expect(crowd[99]?.destroyed).toBe(false);
    const other = new TestDevice(keys, relay.url, { localAddress: '127.0.0.2' });
    await other.enter(1);
    crowd.forEach((socket) => socket.destroy());
  });

  it('counts who comes through a trusted proxy by the address the proxy names, and no other header', async () => {
    await start({ connectionsPerAddress: 2 }, { trustProxy: true });
    const from = (address: string): TestDevice =>
      new TestDevice(keys, relay.url, { headers: { 'x-forwarded-for': address } });
    await from('9.9.9.9, 203.0.113.7').next('challenge'); // the last one is the proxy's own word
    await from('203.0.113.7').next('challenge');
    expect(await from('203.0.113.7').closed()).toBe(1006);
    await from('203.0.113.8').next('challenge');
    await from('2001:db8:1:2:aaaa::1').next('challenge');
    await from('2001:db8:1:2:bbbb::1').next('challenge');
    expect(await from('2001:db8:1:2:cccc::1').closed()).toBe(1006);
    await from('2001:db8:1:3::1').next('challenge');
  });

  it('reads a fast device more slowly and drops nothing of what it sent', async () => {
    await start({ deviceMessagesPerSecond: 50 });
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    const other = new TestDevice(keys, relay.url);
    await other.enter(2);
    const startMs = performance.now();
    for (let i = 0; i < 300; i++) device.post(`frame ${i}`); // 200 at once, the others at 50 a second
    other.post();
    await other.next('ack');
    expect(performance.now() - startMs).toBeLessThan(1_500);
    let acknowledged = 0;
    while (acknowledged < 300) acknowledged += (await device.next('ack')).frames.length;
    expect(performance.now() - startMs).toBeGreaterThan(1_500);
    expect(device.closeCode).toBe(null);
    expect(await metric('throttled_seconds_total')).toBeGreaterThan(0.5);
  });

  it('holds a room to its pace, whoever in it sends', async () => {
    await start({ roomBytesPerSecond: 20_000 });
    const one = new TestDevice(keys, relay.url);
    await one.enter(1);
    const two = new TestDevice(keys, relay.url);
    await two.enter(2);
    const startMs = performance.now();
    for (let i = 0; i < 6; i++) {
      one.post(new Uint8Array(8_000));
      two.post(new Uint8Array(8_000));
    }
    await until(async () => (await metric('frames_appended_total')) >= 14);
    expect(performance.now() - startMs).toBeGreaterThan(500);
  });

  it('gives up with 4508 on a device whose frames are all rejected', async () => {
    await start({ deviceMessagesPerSecond: 1_000_000, roomMessagesPerSecond: 1_000_000 });
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    const rejected = encodeDeviceMessage({ type: 'post', frame: new Uint8Array(10) });
    for (let i = 0; i < 60_000 && device.closeCode === null; i++) {
      device.socket.send(rejected);
      if (i % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await device.closed()).toBe(4508);
    await expectServed();
  });

  it('[SY24] tells a device that does not read that it lags, holds little for it, and lets it catch up', async () => {
    await start({ deviceBytesPerSecond: 1_000_000_000, roomBytesPerSecond: 1_000_000_000 });
    const writer = new TestDevice(keys, relay.url);
    await writer.enter(1);
    const reader = new TestDevice(keys, relay.url);
    await reader.enter(2);
    reader.send({ type: 'fetch', after: 0 });
    await reader.next('page');
    reader.socket.pause();
    for (let i = 0; i < 100; i++) {
      writer.post(new Uint8Array(200_000));
      await writer.next('ack');
    }
    expect(await metric('buffered_bytes')).toBeLessThan(2_500_000);
    reader.socket.resume();
    await reader.next('lagging');
    const last = reader.received.findLast((message) => message.type === 'entry');
    let after = last?.type === 'entry' ? last.sequence : 3;
    for (let end = false; !end; ) {
      reader.send({ type: 'fetch', after });
      const page = await reader.next('page');
      expect(page.entries[0]?.sequence).toBe(after + 1);
      after = page.upTo;
      end = page.end;
    }
    expect(after).toBe(103); // the founding, an invitation and an admission before them
  });

  it('cuts off a device that takes nothing at all of what it asked for', async () => {
    await start({ stallMs: 300 });
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    for (let i = 0; i < 40; i++) device.post(new Uint8Array(200_000));
    let acknowledged = 0;
    while (acknowledged < 40) acknowledged += (await device.next('ack')).frames.length;
    device.socket.pause();
    for (let i = 0; i < 200; i++) device.send({ type: 'fetch', after: 0 });
    await until(async () => (await event('stalled')) === 1);
    await until(async () => (await metric('connections')) === 0);
    device.socket.terminate();
    await expectServed();
  });

  it('[SY22] refuses frames beyond the room, the whole and the number of rooms with relay-quota', async () => {
    await start({ roomBytes: 30_000, rooms: 2 });
    const device = new TestDevice(keys, relay.url);
    await device.enter(1);
    device.post(new Uint8Array(20_000));
    await device.next('ack');
    device.post(new Uint8Array(20_000));
    expect(await device.next('rejected')).toMatchObject({ counter: 2, code: 'relay-quota' });
    await expectServed();
    const third = new TestDevice(await createTestKeys(), relay.url);
    await third.hello(1);
    expect((await third.next('refused')).code).toBe('relay-quota');
    expect(await third.closed()).toBe(4413);
    await relay.close();
    await start({ totalBytes: 20_000 });
    const again = new TestDevice(keys, relay.url);
    await again.hello(2); // its invitation and admission are two frames more
    expect((await again.next('refused')).code).toBe('relay-quota');
    expect(await again.closed()).toBe(4413);
  });

  it('begins rooms only for who shows the token, and lets everybody into those there are', async () => {
    await start({}, { roomToken: 'a-token-of-the-operator' });
    const without = new TestDevice(keys, relay.url);
    await without.hello(1);
    expect((await without.next('refused')).code).toBe('room-token');
    expect(await without.closed()).toBe(4403);
    const wrong = new TestDevice(keys, relay.url, { headers: { authorization: 'Bearer a-token-of-somebody-el' } });
    await wrong.hello(1);
    expect((await wrong.next('refused')).code).toBe('room-token');
    const owner = new TestDevice(keys, relay.url, { headers: { authorization: 'Bearer a-token-of-the-operator' } });
    await owner.enter(1);
    const partner = new TestDevice(keys, relay.url);
    await partner.enter(2);
  });
});
