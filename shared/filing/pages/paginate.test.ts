import { describe, expect, it } from 'vitest';
import { type PageBlock, type PageRoom, paginate } from './paginate.ts';

const ROOM: PageRoom = { firstPt: 100, followingPt: 100, noteRulePt: 5 };
const block = (lines: number, fields: Partial<PageBlock> = {}): PageBlock => ({
  lines,
  linePt: 10,
  beforePt: 0,
  afterPt: 0,
  keepNext: false,
  keepLines: false,
  notes: [],
  ...fields,
});
const startsOf = (blocks: readonly PageBlock[], room = ROOM): string[] =>
  paginate(blocks, room)
    .slice(1)
    .map(({ block: at, line }) => `${at}:${line}`);

describe('paginate [FI101]', () => {
  it('fills a page and goes on in the middle of a paragraph', () => {
    expect(startsOf([block(10)])).toEqual([]);
    expect(startsOf([block(5), block(10)])).toEqual(['1:5']);
    expect(startsOf([])).toEqual([]);
  });

  it('leaves no first or last line alone', () => {
    expect(startsOf([block(9), block(4)])).toEqual(['1:0']);
    expect(startsOf([block(7), block(4)])).toEqual(['1:2']);
    expect(startsOf([block(8), block(3)])).toEqual(['1:0']);
    expect(startsOf([block(4), block(7)])).toEqual(['1:5']);
  });

  it('keeps headings with what they head, also several of them', () => {
    const heading = block(1, { keepNext: true, keepLines: true });
    expect(startsOf([block(9), heading, block(4)])).toEqual(['1:0']);
    expect(startsOf([block(7), heading, heading, block(4)])).toEqual(['1:0']);
    expect(startsOf([block(7), heading, block(4)])).toEqual(['2:2']);
    // Nothing but headings: they break where they must.
    expect(startsOf(Array.from({ length: 15 }, () => heading))).toEqual(['10:0']);
  });

  it('keeps lines together, unless they fill more than a page', () => {
    expect(startsOf([block(7), block(5, { keepLines: true })])).toEqual(['1:0']);
    expect(startsOf([block(12, { keepLines: true })])).toEqual(['0:10']);
  });

  it('takes the larger space between paragraphs and none at the top of a page', () => {
    expect(startsOf([block(4, { afterPt: 10 }), block(5, { beforePt: 8 })])).toEqual([]);
    expect(startsOf([block(10), block(10, { beforePt: 10 })])).toEqual(['1:0']);
  });

  it('puts a footnote on the page of its reference', () => {
    expect(startsOf([block(8), block(2, { notes: [{ line: 1, heightPt: 20 }] })])).toEqual(['1:0']);
    expect(startsOf([block(4), block(6, { notes: [{ line: 0, heightPt: 15 }] })])).toEqual(['1:4']);
    expect(startsOf([block(5, { notes: [{ line: 4, heightPt: 300 }] }), block(2)]).length).toBeGreaterThan(0);
  });

  it('begins a page where it must, and repeats the head of a table', () => {
    expect(startsOf([block(1), block(1, { breakBefore: true })])).toEqual(['1:0']);
    const row = block(1, { linePt: 40, repeatPt: 20 });
    expect(startsOf([block(1, { linePt: 20, keepNext: true }), row, row, row, row])).toEqual(['3:0']);
  });

  it('ends, rising, for anything', () => {
    let seed = 5;
    const next = (limit: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * limit);
    };
    for (let round = 0; round < 600; round++) {
      const blocks = Array.from({ length: next(30) }, () => {
        const lines = 1 + next(14);
        return block(lines, {
          linePt: [10, 16, 130][next(12) === 0 ? 2 : next(2)] as number,
          beforePt: next(20),
          afterPt: next(20),
          keepNext: next(4) === 0,
          keepLines: next(4) === 0,
          breakBefore: next(15) === 0,
          repeatPt: next(10) === 0 ? 120 : 0,
          notes: Array.from({ length: next(3) }, () => ({ line: next(lines), heightPt: next(130) })),
        });
      });
      const starts = paginate(blocks, ROOM);
      starts.forEach(({ block: at, line }, page) => {
        const before = starts[page - 1];
        if (before)
          expect(at > before.block || (at === before.block && line > before.line), `round ${round}`).toBe(true);
        if (page > 0) expect(line).toBeLessThan((blocks[at] as PageBlock).lines);
      });
    }
  });
});
