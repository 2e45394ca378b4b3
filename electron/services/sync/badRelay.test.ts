import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { encodeRelayMessage, parseDeviceMessage } from '../../../shared/sync/RelayMessage.ts';
import { closeEverything, createPeer, createTestRoom, startRelay, until } from './testRoom.ts';

const stops: (() => void)[] = [];
afterEach(async () => {
  await closeEverything();
  for (const stop of stops.splice(0)) stop();
});

async function fakeRelay(onConnection: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  stops.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fakeTcp(onConnection: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('[SY34] a bad relay', () => {
  const cases: [string, string, () => Promise<string>][] = [
    ['nobody listens', 'relay-away', async () => 'ws://127.0.0.1:9'],
    ['hangs up', 'relay-away', () => fakeRelay((socket) => socket.close(1001))],
    ['says nothing', 'relay-slow', () => fakeRelay(() => {})],
    [
      'takes hello and says nothing',
      'relay-slow',
      () => fakeRelay((socket) => socket.send(encodeRelayMessage({ type: 'challenge', nonce: new Uint8Array(32) }))),
    ],
    ['accepts TCP and says nothing', 'relay-slow', () => fakeTcp(() => {})],
    ['sends random bytes', 'relay-garbage', () => fakeRelay((socket) => socket.send(Buffer.alloc(500, 0xa7)))],
    ['sends text', 'relay-garbage', () => fakeRelay((socket) => socket.send('hello'))],
    [
      'speaks something else over TCP',
      'relay-garbage',
      () => fakeTcp((socket) => socket.end('220 mail.example ESMTP\r\n')),
    ],
    [
      'breaks the WebSocket rules',
      'relay-garbage',
      () =>
        fakeRelay((socket) =>
          (socket as unknown as { _socket: Socket })._socket.write(Buffer.from([0xff, 0xff, 0xff])),
        ),
    ],
    [
      'is a web server',
      'relay-garbage',
      async () => {
        const server = createHttpServer((_request, response) => response.end('<html>'));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        stops.push(() => server.close());
        return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
      },
    ],
  ];
  it.each(cases)('%s: %s', async (_name, reason, start) => {
    const room = await createTestRoom({ url: await start() });
    const peer = await createPeer(room, 1);
    peer.session.connect();
    peer.type(0, 'kept');
    await until(() => peer.session.status.relay === 'away');
    expect(peer.session.status.relayReason).toBe(reason);
    expect(peer.session.status.unsentFrames).toBe(1);
    expect(peer.notices).toEqual([]);
  });

  it('goes on by itself once a real relay is there, and nothing is lost', async () => {
    const relay = await startRelay();
    await relay.stop();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    one.session.connect();
    one.type(0, 'written without a relay');
    await until(() => one.session.status.relay === 'away');
    await relay.start();
    const two = await createPeer(room, 2);
    two.session.connect();
    await until(() => two.text() === 'written without a relay' && one.session.status.unsentFrames === 0);
  });
});

it('[SY26] whoever has nothing of the room asks for it with the hello, and once', async () => {
  const asked: string[] = [];
  const url = await fakeRelay((socket) => {
    socket.send(encodeRelayMessage({ type: 'challenge', nonce: new Uint8Array(32) }));
    socket.on('message', (data: Buffer) => {
      const parsed = parseDeviceMessage(new Uint8Array(data));
      if (!parsed.ok) throw new Error('not of the grammar');
      if (parsed.value.type !== 'presence') asked.push(parsed.value.type);
      if (parsed.value.type !== 'fetch') return;
      const hash = new Uint8Array(32);
      socket.send(
        encodeRelayMessage({
          type: 'welcome',
          logId: new Uint8Array(16),
          lastSequence: 0,
          hashAtCursor: hash,
          ends: [],
        }),
      );
      socket.send(encodeRelayMessage({ type: 'page', end: true, upTo: 0, entries: [] }));
    });
  });
  const peer = await createPeer(await createTestRoom({ url }), 1);
  peer.session.connect();
  await until(() => peer.session.status.relay === 'online');
  expect(asked.filter((type) => type === 'hello' || type === 'fetch')).toEqual(['hello', 'fetch']);
});
