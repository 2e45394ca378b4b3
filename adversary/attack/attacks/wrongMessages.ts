import { ByteWriter } from '../../../shared/sync/ByteWriter.ts';
import { encodeDeviceMessage } from '../../../shared/sync/RelayMessage.ts';
import { DeviceChain } from '../../DeviceChain.ts';
import { flipped } from '../../faults/decideFate.ts';
import type { Attack, AttackRun } from '../Attack.ts';
import { newRoom, randomBytes } from '../material.ts';
import { RawLine } from '../RawLine.ts';
import { buildFrame } from '../webSocketBytes.ts';

const PATHS = [
  '/../../../../etc/passwd',
  '/%2e%2e/%2e%2e/log',
  '//',
  '/%00',
  '/room/../room',
  '/?room=../../x&secret=y',
  '/CON',
  '/%ff%fe',
  '/a%0d%0aX-Injected:1',
  `/${'a'.repeat(7_000)}`,
  '/__proto__',
  '/constructor/prototype',
  '*',
  'http://elsewhere.invalid/',
];

/** Whole WebSocket messages whose content is not one of the protocol. */
export const wrongMessages: readonly Attack[] = [
  {
    name: 'random-bytes',
    about: 'binary messages of random bytes',
    weight: 24,
    lanes: 32,
    attempt: (run) => sendBurst(run, () => ({ payload: randomBytes(run.random, 1 + run.random.below(400)) })),
  },
  {
    name: 'flipped-messages',
    about: 'valid messages with flipped bits',
    weight: 20,
    lanes: 32,
    attempt: (run) =>
      sendBurst(run, () => {
        let bytes = run.random.pick(validMessages());
        for (let n = 1 + run.random.below(4); n > 0; n--)
          bytes = flipped(bytes, run.random.below(bytes.length), run.random.below(8));
        return { payload: bytes };
      }),
  },
  {
    name: 'text',
    about: 'text instead of binary, some of it no UTF-8',
    weight: 6,
    lanes: 16,
    attempt: (run) =>
      sendBurst(run, () => ({
        opcode: 1,
        payload: run.random.below(2) ? Buffer.from('{"type":"hello"}') : randomBytes(run.random, 40),
      })),
  },
  {
    name: 'wrong-version',
    about: 'hellos of other protocol versions, and messages only a relay sends',
    weight: 6,
    lanes: 16,
    attempt: (run) =>
      sendBurst(run, () => {
        const [hello] = validMessages();
        const bytes = (hello ?? new Uint8Array(2)).slice();
        if (run.random.below(2)) bytes[1] = run.random.below(256) === 2 ? 0 : 3 + run.random.below(250);
        else bytes[0] = run.random.pick([0, 1, 3, 5, 7, 8, 10, 11, 13, 14, 16, 17, 18, 19, 21, 23, 24, 25, 255]);
        return { payload: bytes };
      }),
  },
  {
    name: 'huge-lists',
    about: 'lists and lengths that claim more than the message holds',
    weight: 6,
    lanes: 16,
    attempt: (run) =>
      sendBurst(run, () => {
        const writer = new ByteWriter().u8(run.random.pick([2, 6, 9, 15, 20]));
        writer.raw(randomBytes(run.random, run.random.below(150)));
        for (let n = 0; n < 8; n++) writer.u16(0xffff);
        return { payload: writer.raw(randomBytes(run.random, run.random.below(50))).done() };
      }),
  },
  {
    name: 'room-names',
    about: 'tricks in the path of the address',
    weight: 2,
    lanes: 16,
    attempt: (run) => sendBurst(run, () => ({ payload: randomBytes(run.random, 64) }), run.random.pick(PATHS)),
  },
];

/** One connection, a burst of messages on it, most often more than the relay will read before it hangs up. */
async function sendBurst(run: AttackRun, build: () => Parameters<typeof buildFrame>[0], path = '/'): Promise<void> {
  const line = new RawLine(run.target());
  if (!(await line.upgrade({ path }))) {
    run.refused();
    line.socket.destroy();
    return;
  }
  const size = Math.min(run.left(), run.random.below(10) === 0 ? 1 : 1 + run.random.below(200));
  const burst = Buffer.concat(Array.from({ length: size }, () => buildFrame(build())));
  if (await line.writeAll(burst)) run.sent(size);
  await line.leave();
}

let valid: readonly Uint8Array[] | null = null;

/** One of each message a device may send, the hello first; signed for a room of its own. */
function validMessages(): readonly Uint8Array[] {
  if (valid) return valid;
  const room = newRoom();
  const { ciphers } = room;
  const chain = new DeviceChain(room, 1);
  const blobId = ciphers.randomBytes(32);
  valid = [
    chain.hello(ciphers.randomBytes(32)),
    encodeDeviceMessage({
      type: 'ask',
      roomPublicKey: room.root.room.publicKey,
      invitationKey: ciphers.randomBytes(32),
      deviceKey: chain.keys.sign.publicKey,
      boxKey: chain.keys.box.publicKey,
      signature: ciphers.randomBytes(64),
    }),
    encodeDeviceMessage({ type: 'fetch', after: 0 }),
    encodeDeviceMessage({ type: 'post', frame: chain.write({ content: ciphers.randomBytes(60) }) }),
    encodeDeviceMessage({ type: 'ping', token: 7 }),
    encodeDeviceMessage({ type: 'blob-put', blobId, size: 100, offset: 0, chunk: ciphers.randomBytes(100) }),
    encodeDeviceMessage({ type: 'blob-get', blobId, offset: 0, length: 100 }),
  ];
  return valid;
}
