import { describe, expect, it } from 'vitest';
import { alignTokens } from './alignTokens.ts';
import { buildActivity, countActivity } from './buildActivity.ts';
import { comparePassages, type Segment, textOf } from './comparePassages.ts';
import { type Passage, SEEN_BEFORE } from './Passage.ts';

/** Mulberry32. */
function seeded(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
}
const WORDS = 'the center police gang data list officer bond hearing was were in of San Salvador'.split(' ');
const passage = (text: string, by: number | null = 0): Passage => ({
  style: 'numbered',
  pieces: [{ kind: 'words', text, by }],
});
const sentence = (below: (limit: number) => number): string =>
  Array.from({ length: 1 + below(12) }, () => WORDS[below(WORDS.length)]).join(' ');
const oldText = (segments: readonly Segment[]): string =>
  segments.map((segment) => (segment.mark === 'kept' ? segment.text : segment.removed)).join('');
const newText = (segments: readonly Segment[]): string =>
  segments.map((segment) => (segment.mark === 'kept' ? segment.text : segment.added)).join('');

describe('alignTokens', () => {
  it.each(Array.from({ length: 200 }, (_, seed) => seed))('what is listed explains the difference, seed %i', (seed) => {
    const below = seeded(seed);
    const size = seed % 10 === 0 ? 600 : 40;
    const before = Array.from({ length: below(size) }, () => String(below(12)));
    const after = before.flatMap((token) =>
      below(10) === 0 ? [] : below(10) === 0 ? [String(below(12)), token] : [token],
    );
    const hunks = alignTokens(before, after);
    const rebuilt: string[] = [];
    let at = 0;
    for (const hunk of hunks) {
      rebuilt.push(...before.slice(at, hunk.beforeStart), ...after.slice(hunk.afterStart, hunk.afterEnd));
      at = hunk.beforeEnd;
    }
    expect([...rebuilt, ...before.slice(at)]).toEqual(after);
  });
});

describe('comparePassages', () => {
  it('tells nothing about equal texts', () => {
    const text = [passage('One.'), passage('Two.')];
    expect(comparePassages(text, text)).toEqual([]);
  });

  it('tells an inserted word with its author, and whole words only', () => {
    const before = [passage('The center was created.')];
    const after: Passage[] = [
      {
        style: 'numbered',
        pieces: [
          { kind: 'words', text: 'The cen', by: 0 },
          { kind: 'words', text: 'XX', by: 5 },
          { kind: 'words', text: 'ter was created.', by: 0 },
        ],
      },
    ];
    expect(comparePassages(before, after)).toEqual([
      {
        kind: 'changed',
        place: 0,
        style: 'numbered',
        segments: [
          { mark: 'kept', text: 'The ' },
          { mark: 'changed', removed: 'center', added: 'cenXXter', authors: [5] },
          { mark: 'kept', text: ' was created.' },
        ],
      },
    ]);
  });

  it('tells a split and a join as moved, not as words that went and came', () => {
    const whole = [passage('First words. Second words.')];
    const split = [passage('First words. '), passage('Second words.', 7)];
    for (const [before, after] of [
      [whole, split],
      [split, whole],
    ] as const) {
      const changes = comparePassages(before, after);
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.every(({ kind }) => kind === 'moved')).toBe(true);
    }
  });

  it('tells whole paragraphs that came and went', () => {
    const before = [passage('A a.'), passage('B b.'), passage('C c.')];
    const after = [passage('A a.'), passage('C c.'), passage('D d.', 3)];
    expect(comparePassages(before, after).map(({ kind, place }) => [kind, place])).toEqual([
      ['removed', 1],
      ['added', 2],
    ]);
  });

  it.each(Array.from({ length: 300 }, (_, seed) => seed))('listed changes explain the difference, seed %i', (seed) => {
    const below = seeded(seed);
    const before = Array.from({ length: 1 + below(15) }, () => passage(sentence(below)));
    const after = before.flatMap((each) => {
      const dice = below(12);
      if (dice === 0) return [];
      if (dice === 1) return [each, passage(sentence(below), 9)];
      if (dice === 2) return [passage(`${textOf(each)} ${sentence(below)}`, 9)];
      if (dice === 3) return [passage(sentence(below), 9)];
      return [each];
    });
    const changes = comparePassages(before, after);
    const told = new Set(changes.filter(({ kind }) => kind !== 'removed').map(({ place }) => place));
    for (const change of changes)
      if (change.kind !== 'removed') expect(newText(change.segments)).toBe(textOf(after[change.place] as Passage));
    // Letters are neither lost nor made up: what stayed and went is the old text, whatever block it is told at.
    const untold = after.filter((_, place) => !told.has(place)).map(textOf);
    const letters = (texts: readonly string[]): string => [...texts.join('').replaceAll(/\s/g, '')].sort().join('');
    expect(letters([...untold, ...changes.map(({ segments }) => oldText(segments))])).toBe(letters(before.map(textOf)));
  });

  it('compares 60,000 words, half of them rewritten, in bounded time', () => {
    const below = seeded(1);
    const many = (): Passage[] =>
      Array.from({ length: 600 }, () =>
        passage(Array.from({ length: 100 }, () => `${WORDS[below(WORDS.length)]}${below(4000)}`).join(' ')),
      );
    const before = many();
    const other = many();
    const started = performance.now();
    comparePassages(
      before,
      before.map((each, position) => (position % 2 ? each : (other[position] as Passage))),
    );
    comparePassages(before, other);
    expect(performance.now() - started).toBeLessThan(25_000);
  });
});

describe('buildActivity', () => {
  const organizationOf = (device: number): number | null => ({ 1: 1, 7: 2, 8: 3 })[device] ?? null;
  const build = (after: readonly Passage[], others: readonly number[]) =>
    buildActivity({
      texts: comparePassages([passage('One two three.')], after),
      records: [],
      ownDevice: 1,
      organizationOf,
      others,
    });

  it('leaves out own words and words that were there before', () => {
    expect(countActivity(build([passage('One two three.'), passage('Own.', 1)], [2]))).toBe(0);
    expect(countActivity(build([passage('One two three.'), passage('Back again.', SEEN_BEFORE)], [2]))).toBe(0);
  });

  it('shows each organization its own part of a shared paragraph', () => {
    const after: Passage[] = [
      {
        style: 'numbered',
        pieces: [
          { kind: 'words', text: 'One two three. ', by: 0 },
          { kind: 'words', text: 'Seven. ', by: 7 },
          { kind: 'words', text: 'Eight.', by: 8 },
        ],
      },
    ];
    const groups = build(after, [2, 3]);
    expect(groups.map(({ organization }) => organization)).toEqual([2, 3]);
    for (const { texts, organization } of groups) {
      const changed = texts.flatMap(({ segments }) => segments.filter((segment) => segment.mark === 'changed'));
      const [one] = changed;
      expect(changed).toHaveLength(1);
      expect(one?.added).toContain(organization === 2 ? 'Seven.' : 'Eight.');
    }
  });

  it('names whoever removed words only where it can have been one', () => {
    expect(build([passage('One three.')], [2]).map(({ organization }) => organization)).toEqual([2]);
    expect(build([passage('One three.')], [2, 3]).map(({ organization }) => organization)).toEqual([null]);
  });
});
