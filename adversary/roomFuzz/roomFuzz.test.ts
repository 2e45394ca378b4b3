import './VirtualTime.ts';
import { describe, expect, it } from 'vitest';
import { runRoom } from './runRoom.ts';

/** Every law kept. */
const KEPT = { divergences: [], losses: [], oversteps: [], disorder: [] };

describe('rooms from seeds: nobody diverges, nothing is lost, no role is overstepped unseen', () => {
  it('[R0] the first twelve seeds', async () => {
    for (let seed = 1; seed <= 12; seed++) expect((await runRoom(seed)).verdict).toEqual({ seed, ...KEPT });
  }, 120_000);

  it('the same seed lives the same life', async () => {
    const [first, again] = [await runRoom(7), await runRoom(7)];
    expect(again.story).toEqual(first.story);
    expect(again.frames).toBe(first.frames);
  }, 60_000);
});
