import { describe, expect, it } from 'vitest';
import { HalfMessage } from './HalfMessage.ts';

interface FrameShape {
  payload?: Uint8Array;
  opcode?: number;
  final?: boolean;
  masked?: boolean;
}

function buildFrame({ payload = new Uint8Array(), opcode = 2, final = true, masked = true }: FrameShape): Buffer {
  const head = Buffer.alloc(10);
  head[0] = (final ? 0x80 : 0) | opcode;
  const { length } = payload;
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  head[1] = (masked ? 0x80 : 0) | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) head.writeUInt16BE(length, 2);
  if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head.subarray(0, 2 + lengthBytes), Buffer.alloc(masked ? 4 : 0), payload]);
}

describe('the half of a message', () => {
  it('[SY77] is nothing after whole messages, however they are cut into pieces', () => {
    const fragments = [
      buildFrame({ payload: new Uint8Array(300), final: false }),
      buildFrame({ opcode: 9, payload: new Uint8Array(20) }),
      buildFrame({ opcode: 0, payload: new Uint8Array(70_000) }),
    ];
    const whole = Buffer.concat([
      buildFrame({ payload: new Uint8Array(5) }),
      buildFrame({ payload: new Uint8Array() }),
      ...fragments,
      buildFrame({ opcode: 10, masked: false }),
    ]);
    for (const size of [1, 2, 3, 7, 13, 125, 1_000, 65_536, whole.length]) {
      const half = new HalfMessage();
      for (let at = 0; at < whole.length; at += size) half.read(whole.subarray(at, at + size));
      expect(half.keptBytes).toBe(0);
    }
  });

  it('[SY77] counts every piece that it has bytes in, and what a piece itself costs', () => {
    const half = new HalfMessage();
    const frame = buildFrame({ payload: new Uint8Array(100_000) });
    half.read(frame.subarray(0, 60_000));
    expect(half.keptBytes).toBeGreaterThanOrEqual(60_000);
    expect(half.keptBytes).toBeLessThan(61_000);
    for (let at = 60_000; at < 61_000; at++) half.read(frame.subarray(at, at + 1));
    expect(half.keptBytes).toBeGreaterThan(60_000 + 1_000 * 100);
    half.read(frame.subarray(61_000));
    expect(half.keptBytes).toBe(0);
  });

  it('[SY77] a message that ended in the same piece counts until the next has ended', () => {
    const half = new HalfMessage();
    const next = buildFrame({ payload: new Uint8Array(50) });
    half.read(Buffer.concat([buildFrame({ payload: new Uint8Array(9_000) }), next.subarray(0, 1)]));
    expect(half.keptBytes).toBeGreaterThan(9_000);
    half.read(next.subarray(1));
    expect(half.keptBytes).toBe(0);
  });

  it('[SY77] an open message between two fragments is a half too', () => {
    const half = new HalfMessage();
    half.read(buildFrame({ payload: new Uint8Array(10), final: false }));
    expect(half.keptBytes).toBeGreaterThan(0);
    half.read(buildFrame({ opcode: 9 }));
    expect(half.keptBytes).toBeGreaterThan(0);
    half.read(buildFrame({ opcode: 0 }));
    expect(half.keptBytes).toBe(0);
  });
});
