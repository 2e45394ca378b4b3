import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Ciphers } from '../crypto/Ciphers.ts';
import { createRoom, type RoomKeys } from '../crypto/room.ts';
import { createSodiumCiphers } from '../crypto/sodiumCiphers.ts';
import { createAdmission } from './admission.ts';
import { encodeUpdateContent } from './content.ts';
import { createFrame, frameHash, KIND } from './Frame.ts';
import { type CountedFrame, RoomLedger } from './RoomLedger.ts';

let ciphers: Ciphers;
let room: RoomKeys;
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
  room = createRoom(ciphers);
});

class Author {
  readonly number: number;
  readonly pair;
  readonly doc = new Y.Doc();
  counter = 1;
  last: Uint8Array;
  constructor(number: number, seed = number) {
    this.number = number;
    this.pair = ciphers.signPair(new Uint8Array(32).fill(seed));
    this.doc.clientID = number * 65_536;
    this.last = createAdmission(ciphers, room, { number, publicKey: this.pair.publicKey, organizationNumber: number });
  }
  write(words: string, heads: [number, number][] = []): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    this.doc.getText('t').insert(0, words);
    return this.seal(Y.encodeStateAsUpdate(this.doc, before), heads);
  }
  seal(
    update: Uint8Array,
    heads: [number, number][] = [],
    counter = this.counter + 1,
    previous = frameHash(ciphers, this.last),
  ): Uint8Array {
    const content = encodeUpdateContent({ heads: new Map(heads), update });
    const frame = createFrame(ciphers, room, this.pair.secretKey, {
      kind: KIND.update,
      device: this.number,
      counter,
      previous,
      content,
    });
    this.counter = counter;
    this.last = frame;
    return frame;
  }
}
const take = (ledger: RoomLedger, frames: Uint8Array[]): CountedFrame[] =>
  frames.flatMap((frame) => {
    const answer = ledger.accept(frame);
    return answer.outcome === 'kept' ? answer.counted : [];
  });

describe('RoomLedger', () => {
  it('[SY11] [SY14] counts the same frames in every order of arrival (200 seeds)', () => {
    const [one, two] = [new Author(1), new Author(2)];
    const admissions = [one.last, two.last];
    const frames = [
      one.write('a'),
      two.write('b', [[1, 2]]),
      one.write('c', [[2, 2]]),
      one.write('d'),
      two.write('e', [[1, 4]]),
      one.write('f', [[2, 3]]),
    ];
    const keyOf = (counted: CountedFrame[]): string =>
      counted
        .map(({ device, counter }) => `${device}/${counter}`)
        .sort()
        .join(' ');
    const expected = keyOf(take(new RoomLedger(ciphers, room), [...admissions, ...frames]));
    expect(expected.split(' ').length).toBe(8);
    for (let seed = 1; seed <= 200; seed++) {
      let state = seed;
      const shuffled = frames
        .map((frame) => ({ frame, key: (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) }))
        .sort((a, b) => a.key - b.key);
      const ledger = new RoomLedger(ciphers, room);
      const counted = take(ledger, [...admissions, ...shuffled.map(({ frame }) => frame)]);
      expect(keyOf(counted), `seed ${seed}`).toBe(expected);
      const seen = new Map<number, number>();
      for (const { device, counter, update } of counted) {
        expect(counter).toBe((seen.get(device) ?? 0) + 1);
        for (const [other, needed] of update?.heads ?? []) expect(seen.get(other) ?? 0).toBeGreaterThanOrEqual(needed);
        seen.set(device, counter);
      }
      expect(ledger.waitingCount()).toBe(0);
    }
  });

  it('[SY4] tells repeat, gap, fork and broken chain apart', () => {
    const one = new Author(1);
    const ledger = new RoomLedger(ciphers, room);
    take(ledger, [one.last]);
    const admission = one.last;
    const second = one.write('a');
    const third = one.write('b');
    expect(ledger.accept(third)).toMatchObject({ outcome: 'kept', counted: [] });
    expect(ledger.waitingCount()).toBe(1);
    expect(ledger.accept(second)).toMatchObject({ outcome: 'kept', counted: [{ counter: 2 }, { counter: 3 }] });
    expect(ledger.accept(second)).toMatchObject({ outcome: 'duplicate' });
    const otherContent = one.seal(Uint8Array.of(0, 0), [], 2, frameHash(ciphers, admission));
    expect(ledger.accept(otherContent)).toEqual({ outcome: 'refused', code: 'fork', device: 1 });
    const brokenChain = one.seal(Uint8Array.of(0, 0), [], 4, new Uint8Array(32).fill(1));
    expect(ledger.accept(brokenChain)).toEqual({ outcome: 'refused', code: 'fork', device: 1 });
  });

  it('[SY9] binds a number to the first key', () => {
    const ledger = new RoomLedger(ciphers, room);
    const first = new Author(5);
    expect(ledger.accept(first.last).outcome).toBe('kept');
    expect(ledger.accept(first.last).outcome).toBe('duplicate');
    expect(ledger.accept(new Author(5, 6).last)).toMatchObject({ outcome: 'refused', code: 'link-used' });
    expect(ledger.accept(new Author(8).write('x'))).toMatchObject({ outcome: 'refused', code: 'not-admitted' });
  });

  it('[SY12] [SY14] a foreign client id adds nothing and moves the chain on', () => {
    const ledger = new RoomLedger(ciphers, room);
    const three = new Author(3);
    take(ledger, [three.last]);
    const forged = new Y.Doc();
    forged.clientID = 4 * 65_536;
    forged.getText('t').insert(0, 'forged');
    const [refused] = take(ledger, [three.seal(Y.encodeStateAsUpdate(forged))]);
    expect(refused).toMatchObject({ counter: 2, update: null, refusal: 'foreign-client-id' });
    const genesis = new Y.Doc();
    genesis.clientID = 0;
    genesis.getText('t').insert(0, 'genesis');
    expect(take(ledger, [three.seal(Y.encodeStateAsUpdate(genesis))])[0]?.refusal).toBe('foreign-client-id');
    const creator = new Author(1);
    take(ledger, [creator.last]);
    expect(take(ledger, [creator.seal(Y.encodeStateAsUpdate(genesis))])[0]?.refusal).toBe(null);
    expect(take(ledger, [three.write('honest')])[0]).toMatchObject({ counter: 4, refusal: null });
    expect(take(ledger, [three.seal(Uint8Array.of(1, 2, 3))])[0]?.refusal).toBe('bad-update');
  });
});
