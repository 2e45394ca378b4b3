import type { Attack, AttackRun } from '../Attack.ts';
import { randomBytes } from '../material.ts';
import { RawLine } from '../RawLine.ts';
import { buildFrame } from '../webSocketBytes.ts';

const MB = 1024 * 1024;

/** Bytes that break the rules of WebSocket itself, or use them to the last. */
export const wrongFrames: readonly Attack[] = [
  {
    name: 'broken-frames',
    about: 'reserved bits and opcodes, close code 1, unmasked frames, control frames too long or in pieces',
    weight: 10,
    lanes: 32,
    attempt: (run) => sendOnce(run, Buffer.concat(Array.from({ length: 20 }, () => brokenFrame(run))), 20),
  },
  {
    name: 'half-frames',
    about: 'frames cut off in header or payload, the connection then left',
    weight: 4,
    lanes: 32,
    attempt: (run) => {
      const whole = buildFrame({ payload: randomBytes(run.random, 1 + run.random.below(70_000)) });
      return sendOnce(run, whole.subarray(0, 1 + run.random.below(whole.length - 1)), 1);
    },
  },
  {
    name: 'huge-claims',
    about: 'headers that claim 100 MB, 2^40 and 2^63 bytes',
    weight: 4,
    lanes: 32,
    attempt: (run) => {
      const claimedBytes = run.random.pick([BigInt(100 * MB), 1n << 40n, (1n << 63n) - 1n, (1n << 64n) - 1n]);
      return sendOnce(run, buildFrame({ payload: randomBytes(run.random, 200), claimedBytes }), 1);
    },
  },
  {
    name: 'huge-floods',
    about: 'frames that claim 100 MB and hold them',
    weight: 1,
    most: 24,
    lanes: 4,
    async attempt(run) {
      const line = await openLine(run);
      if (!line) return;
      line.write(buildFrame({ claimedBytes: BigInt(100 * MB) }));
      run.sent(1);
      const chunk = Buffer.alloc(MB, 0x5a);
      for (let n = 0; n < 100 && (await line.writeAll(chunk)); n++);
      await line.leave();
    },
  },
  {
    name: 'endless-fragments',
    about: 'one message in fragments that never ends',
    weight: 8,
    lanes: 16,
    async attempt(run) {
      const line = await openLine(run);
      if (!line) return;
      const empty = run.random.below(2) === 0;
      const part = (opcode: number): Buffer =>
        buildFrame({
          opcode,
          final: false,
          payload: empty ? new Uint8Array() : randomBytes(run.random, 1 + run.random.below(30)),
        });
      let pieces = [part(2)];
      for (let n = 0; n < 40 && run.left() > 0; n++) {
        for (let i = 0; i < 50; i++) pieces.push(part(0));
        if (!(await line.writeAll(Buffer.concat(pieces)))) break;
        run.sent(Math.min(run.left(), pieces.length));
        pieces = [];
      }
      await line.leave();
    },
  },
  {
    name: 'ping-floods',
    about: 'WebSocket pings whose answers nobody reads',
    weight: 8,
    lanes: 8,
    async attempt(run) {
      const line = await openLine(run);
      if (!line) return;
      line.socket.pause();
      const pings = Buffer.concat(
        Array.from({ length: 200 }, () => buildFrame({ opcode: 9, payload: randomBytes(run.random, 125) })),
      );
      for (let n = 0; n < 50 && run.left() > 0; n++) {
        if (!(await line.writeAll(pings, 500))) break;
        run.sent(Math.min(run.left(), 200));
      }
      line.socket.resume();
      await line.leave();
    },
  },
];

function brokenFrame(run: AttackRun): Buffer {
  const { random } = run;
  switch (random.below(8)) {
    case 0:
      return buildFrame({ reserved: random.pick([0x40, 0x20, 0x10, 0x70]), payload: randomBytes(random, 20) });
    case 1:
      return buildFrame({ opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) });
    case 2:
      return buildFrame({ opcode: 8, payload: Uint8Array.of(0, 1) });
    case 3:
      return buildFrame({ masked: false, payload: randomBytes(random, 20) });
    case 4:
      return buildFrame({ opcode: 9, payload: randomBytes(random, 126 + random.below(400)) });
    case 5:
      return buildFrame({ opcode: random.pick([8, 9, 10]), final: false });
    case 6:
      return buildFrame({ opcode: 0, payload: randomBytes(random, 20) });
    default:
      return buildFrame({ opcode: 8, payload: randomBytes(random, 1) });
  }
}

async function openLine(run: AttackRun): Promise<RawLine | null> {
  const line = new RawLine(run.target());
  if (await line.upgrade()) return line;
  run.refused();
  line.socket.destroy();
  return null;
}

async function sendOnce(run: AttackRun, bytes: Uint8Array, messages: number): Promise<void> {
  const line = await openLine(run);
  if (!line) return;
  if (await line.writeAll(bytes)) run.sent(Math.min(run.left(), messages));
  await line.leave();
}
