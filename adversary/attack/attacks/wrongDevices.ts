import type { Socket } from 'node:net';
import { requestStatement } from '../../../shared/sync/hello.ts';
import { encodeDeviceMessage } from '../../../shared/sync/RelayMessage.ts';
import { DeviceChain } from '../../DeviceChain.ts';
import { flipped } from '../../faults/decideFate.ts';
import { RawDevice } from '../../RawDevice.ts';
import type { Attack, AttackRun } from '../Attack.ts';
import { newRoom, randomBytes } from '../material.ts';
import { RawLine } from '../RawLine.ts';
import { buildFrame } from '../webSocketBytes.ts';

const ROOMS = 8;
const KB = 1024;
const chains: DeviceChain[] = [];

/** Devices that are let in, in rooms of their own, and then misbehave. */
export const wrongDevices: readonly Attack[] = [
  {
    name: 'garbage-posts',
    about: 'a valid hello, then posts that are no frames, of another room, wrongly signed, forked or with a gap',
    weight: 20,
    lanes: 8,
    attempt: (run) =>
      misbehave(run, 2_000, (chain) => encodeDeviceMessage({ type: 'post', frame: badFrame(run, chain) })),
  },
  {
    name: 'unread-answers',
    about: 'a valid hello, then requests by the thousand whose answers nobody reads',
    weight: 8,
    lanes: 8,
    attempt: (run) =>
      misbehave(
        run,
        5_000,
        (_chain, n) =>
          encodeDeviceMessage(
            n % 3 === 0
              ? { type: 'fetch', after: 0 }
              : n % 3 === 1
                ? { type: 'ping', token: n }
                : { type: 'post', frame: randomBytes(run.random, 300) },
          ),
        { reads: false },
      ),
  },
  {
    name: 'flipped-session',
    about: 'a valid hello, then one message with a flipped bit',
    weight: 2,
    most: 20_000,
    lanes: 8,
    attempt: (run) =>
      misbehave(run, 1, (chain) => {
        const whole = encodeDeviceMessage({ type: 'post', frame: badFrame(run, chain) });
        return flipped(whole, run.random.below(8), run.random.below(8));
      }),
  },
  {
    name: 'half-megabytes',
    about: 'a valid hello, then frames of 8 MB of which the last byte never comes, side by side',
    weight: 1,
    most: 64,
    lanes: 32,
    async attempt(run) {
      const device = await enter(run);
      if (!device) return;
      const raw = rawOf(device.connection);
      raw.write(buildFrame({ claimedBytes: BigInt(8_000 * KB) }));
      const chunk = Buffer.alloc(64 * KB, 0x5a);
      for (let n = 0; n < 124; n++) if (!(await written(raw, chunk))) break;
      run.sent(1);
      await new Promise((resolve) => setTimeout(resolve, 3_000)); // how long the attacker sits on it
      device.connection.socket.terminate();
    },
  },
  {
    name: 'replayed-hellos',
    about: 'a hello that was good once, sent again on new connections',
    weight: 2,
    most: 30_000,
    lanes: 16,
    async attempt(run) {
      const line = new RawLine(run.target());
      if (!(await line.upgrade())) {
        run.refused();
        line.socket.destroy();
        return;
      }
      const hello = chainOf(run).hello(new Uint8Array(32));
      if (await line.writeAll(buildFrame({ payload: hello }))) run.sent(1);
      await line.leave();
    },
  },
  {
    name: 'asks',
    about: 'rightly signed wishes to be let into rooms that nobody founded, each kept open for a while',
    weight: 1,
    most: 10_000,
    lanes: 200,
    async attempt(run) {
      const line = new RawLine(run.target());
      if (!(await line.upgrade())) {
        run.refused();
        line.socket.destroy();
        return;
      }
      if (await line.writeAll(buildFrame({ payload: buildAsk() }))) run.sent(1);
      await line.ended(2_000);
      await line.leave();
    },
  },
];

function buildAsk(): Uint8Array {
  const { ciphers, root } = newRoom();
  const invitation = ciphers.signPair(ciphers.randomBytes(32));
  const [deviceKey, boxKey] = [ciphers.randomBytes(32), ciphers.randomBytes(32)];
  const { publicKey: roomPublicKey, roomIdBytes } = root.room;
  const signature = ciphers.sign(invitation.secretKey, requestStatement(roomIdBytes, deviceKey, boxKey));
  const request = { invitationKey: invitation.publicKey, deviceKey, boxKey, signature };
  return encodeDeviceMessage({ type: 'ask', roomPublicKey, ...request });
}

function chainOf(run: AttackRun): DeviceChain {
  if (chains.length < ROOMS) {
    const chain = new DeviceChain(newRoom(), 1);
    chains.push(chain);
    return chain;
  }
  return run.random.pick(chains);
}

async function enter(run: AttackRun): Promise<{ connection: RawDevice; chain: DeviceChain } | null> {
  const chain = chainOf(run);
  const { host, port, fromAddress } = run.target();
  const connection = new RawDevice(`ws://${host}:${port}`, fromAddress ? { localAddress: fromAddress } : {});
  try {
    await connection.enter(chain);
    connection.onMessage = () => {};
    return { connection, chain };
  } catch {
    run.refused(); // closed before welcome
    return null;
  }
}

async function misbehave(
  run: AttackRun,
  most: number,
  build: (chain: DeviceChain, n: number) => Uint8Array,
  { reads = true } = {},
): Promise<void> {
  const device = await enter(run);
  if (!device) return;
  const { connection, chain } = device;
  if (!reads) connection.socket.pause();
  const raw = rawOf(connection);
  for (let n = 0; n < most && run.left() > 0; ) {
    const some = Math.min(50, most - n, run.left());
    const bytes = Buffer.concat(Array.from({ length: some }, (_, i) => buildFrame({ payload: build(chain, n + i) })));
    if (!(await written(raw, bytes))) break;
    run.sent(some);
    n += some;
  }
  if (!reads) connection.socket.terminate();
  await connection.close();
}

/** The TCP socket under a `ws` client, for bytes that it would never send. */
function rawOf(connection: RawDevice): Socket {
  return (connection.socket as unknown as { _socket: Socket })._socket;
}

/** True when the system took the bytes within 2 s. */
function written(socket: Socket, bytes: Uint8Array): Promise<boolean> {
  if (socket.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 2_000);
    socket.write(bytes, (error) => {
      clearTimeout(timer);
      resolve(!error);
    });
  });
}

function badFrame(run: AttackRun, chain: DeviceChain): Uint8Array {
  const { random } = run;
  const good = goodFrames.get(chain) ?? chain.write({ content: randomBytes(random, 100) });
  goodFrames.set(chain, good);
  switch (random.below(4)) {
    case 0:
      return randomBytes(random, random.below(400));
    case 1:
      return good.slice(0, random.below(good.length));
    default:
      return flipped(good, random.below(good.length), random.below(8));
  }
}

const goodFrames = new Map<DeviceChain, Uint8Array>();
