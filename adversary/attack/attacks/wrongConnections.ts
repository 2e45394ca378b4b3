import type { Attack, AttackRun } from '../Attack.ts';
import { randomBytes } from '../material.ts';
import { RawLine } from '../RawLine.ts';
import { buildFrame, buildHandshake } from '../webSocketBytes.ts';

/** Connections in masses, too slow, or not WebSocket at all. */
export const wrongConnections: readonly Attack[] = [
  {
    name: 'http-garbage',
    about: 'no HTTP, bad HTTP, smuggled lengths, thousands of headers, wrong WebSocket versions',
    weight: 3,
    most: 50_000,
    lanes: 32,
    async attempt(run) {
      const line = new RawLine(run.target());
      if (await line.writeAll(badRequest(run))) run.sent(1);
      else run.refused();
      await line.ended(50);
      await line.leave(200);
    },
  },
  {
    name: 'open-close',
    about: 'connections opened and reset at once, with and without a handshake',
    weight: 3,
    most: 50_000,
    lanes: 64,
    async attempt(run) {
      const line = new RawLine(run.oneAddress);
      if (await line.writeAll(run.random.below(2) ? buildHandshake() : 'G')) run.sent(1);
      else run.refused();
      line.socket.resetAndDestroy();
      await line.ended(200);
    },
  },
  {
    name: 'ten-thousand',
    about: '10,000 connections from one address, kept open, each with a bad message in the end',
    weight: 2,
    most: 10_000,
    least: 10_000,
    lanes: 1,
    async attempt(run) {
      const wanted = Math.min(run.left(), 10_000);
      const open: RawLine[] = [];
      for (let n = 0; n < wanted && run.left() > 0; ) {
        const some = Array.from({ length: Math.min(100, wanted - n) }, () => new RawLine(run.oneAddress));
        n += some.length;
        const upgraded = await Promise.all(some.map((line) => line.upgrade()));
        upgraded.forEach((is, i) => (is ? open.push(some[i] as RawLine) : run.refused()));
        // A refused handshake is a malformed wish all the same; it was read and answered.
        run.sent(Math.min(run.left(), upgraded.filter((is) => !is).length));
      }
      const bad = buildFrame({ payload: randomBytes(run.random, 30) });
      for (const line of open) if (line.write(bad)) run.sent(Math.min(run.left(), 1));
      await Promise.all(open.map((line) => line.leave(2_000)));
    },
  },
  {
    name: 'slow-loris',
    about: 'handshakes and frames that come one byte at a time, 500 side by side',
    weight: 1,
    most: 3_000,
    lanes: 500,
    async attempt(run) {
      const line = new RawLine(run.target());
      const upgraded = run.random.below(2) === 0 && (await line.upgrade());
      const bytes = upgraded
        ? buildFrame({ payload: randomBytes(run.random, 300) })
        : Buffer.from(buildHandshake({ extra: ['X-Slow: yes'] }));
      run.sent(1);
      for (let n = 0; n < 60 && n < bytes.length - 4; n++) {
        if (!line.write(bytes.subarray(n, n + 1))) break;
        await line.ended(100);
      }
      line.socket.destroy();
    },
  },
  {
    name: 'unanswered-close',
    about: 'a bad message, and then the closing handshake is never answered',
    weight: 1,
    most: 2_000,
    lanes: 500,
    async attempt(run) {
      const line = new RawLine(run.target());
      if (!(await line.upgrade())) run.refused();
      else if (await line.writeAll(buildFrame({ payload: randomBytes(run.random, 30) }))) run.sent(1);
      await line.ended(5_000);
      line.socket.destroy();
    },
  },
];

function badRequest(run: AttackRun): string | Uint8Array {
  const { random } = run;
  switch (random.below(9)) {
    case 0:
      return randomBytes(random, 1 + random.below(3_000));
    case 1:
      return buildHandshake({ version: random.pick(['0', '12', '14', '99999999999999999999', '13, 8', '']) });
    case 2:
      return `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`;
    case 3:
      return buildHandshake({ extra: Array.from({ length: 3_000 }, (_, n) => `X-${n}: y`) });
    case 4:
      return `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`;
    case 5:
      return 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
    case 6:
      return Buffer.from('16030100dc010000d80303', 'hex');
    case 7:
      return `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n${'b'.repeat(60_000)}`;
    default:
      return buildHandshake({
        extra: [
          'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8, permessage-deflate; x="',
          'Sec-WebSocket-Protocol: ,,,\u0000',
        ],
      });
  }
}
