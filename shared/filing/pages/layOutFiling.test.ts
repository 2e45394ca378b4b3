import { describe, expect, it } from 'vitest';
import { buildFiling } from '../buildFiling.ts';
import { randomSnapshot } from '../randomSnapshot.ts';
import { layOutFiling } from './layOutFiling.ts';

describe('layOutFiling', () => {
  it('[FI102] puts every line of the letter on one page, in order, with its footnotes', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const model = buildFiling(randomSnapshot(seed));
      const pages = layOutFiling(model);
      const seen = new Map<unknown, number>();
      const notes = new Set<number>();
      for (const page of pages) {
        for (const piece of page.pieces) {
          if (piece.kind !== 'lines') continue;
          expect(piece.from, `seed ${seed}`).toBe(seen.get(piece.paragraph) ?? 0);
          seen.set(piece.paragraph, piece.to);
        }
        for (const { number } of page.notes) notes.add(number);
      }
      for (const [paragraph, to] of seen)
        expect((paragraph as { lines: readonly unknown[] }).lines.length, `seed ${seed}`).toBe(to);
      expect(seen.size).toBe(model.blocks.length + (model.exhibits.length > 0 ? 1 : 0));
      expect([...notes].sort((a, b) => a - b)).toEqual(model.notes.map(({ number }) => number));
    }
  });
});
