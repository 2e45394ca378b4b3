import { describe, expect, it } from 'vitest';
import { Turns } from './Turns.ts';

describe('turns', () => {
  it('[SY78] go round among those who have much, and nobody who comes now and then waits for them', async () => {
    let nowMs = 1_000;
    const turns = new Turns(() => nowMs);
    const dealt: string[] = [];
    const flood = async (name: string): Promise<void> => {
      const taker = turns.newTaker();
      for (let n = 0; n < 20; n++) {
        await turns.take(taker);
        dealt.push(name);
        nowMs += 1.5; // what a message costs
      }
    };
    const floods = Promise.all([flood('a'), flood('b'), flood('c')]);
    await new Promise((resolve) => setImmediate(resolve));
    const rare = turns.newTaker();
    expect(turns.take(rare)).toBe(null);
    dealt.push('rare');
    await floods;
    const counts = (part: string[]): number[] => ['a', 'b', 'c'].map((name) => part.filter((x) => x === name).length);
    const [a = 0, b = 0, c = 0] = counts(dealt.slice(0, 31));
    expect(Math.max(a, b, c) - Math.min(a, b, c)).toBeLessThanOrEqual(3);
    expect(dealt.indexOf('rare')).toBeLessThan(20);
    expect(counts(dealt)).toEqual([20, 20, 20]);
  });

  it('[SY78] let the event loop read sockets in between', async () => {
    let nowMs = 1_000;
    const turns = new Turns(() => nowMs);
    const taker = turns.newTaker();
    let loops = 0;
    let going = true;
    const read = (): void => {
      loops++;
      if (going) setImmediate(read);
    };
    setImmediate(read);
    for (let n = 0; n < 40; n++) {
      await turns.take(taker);
      nowMs += 1.5;
    }
    going = false;
    expect(loops).toBeGreaterThanOrEqual(15);
  });
});
