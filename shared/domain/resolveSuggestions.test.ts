import { describe, expect, it } from 'vitest';
import { seededRandom } from '../filing/randomSnapshot.ts';
import type { TextState } from './document.ts';
import {
  BLOCK_STYLES,
  type BlockState,
  type SerializedBlock,
  type SerializedBody,
  type SerializedInline,
} from './document.ts';
import { findSuggestions, resolveSuggestions, type SuggestionView } from './resolveSuggestions.ts';
import { listBlocks } from './tables/serializedTable.ts';

const text = (words: string, $?: TextState, format = 0): SerializedInline => ({
  type: 'text',
  version: 1,
  text: words,
  format,
  style: '',
  mode: 'normal',
  detail: 0,
  ...($ ? { $ } : {}),
});
const block = (
  children: SerializedInline[],
  $?: BlockState,
  blockStyle: SerializedBlock['blockStyle'] = 'numbered',
): SerializedBlock => ({
  type: 'block',
  version: 1,
  blockStyle,
  children,
  direction: null,
  format: '',
  indent: 0,
  ...($ ? { $ } : {}),
});
const body = (...children: SerializedBlock[]): SerializedBody => ({
  root: { type: 'root', version: 1, children, direction: null, format: '', indent: 0 },
});
const resolve = (view: SuggestionView, ...children: SerializedBlock[]): SerializedBlock[] =>
  listBlocks(resolveSuggestions(body(...children), [], view).root.children);

describe('[DO10] the two views', () => {
  it('insertions and deletions', () => {
    const line = block([text('We '), text('think', { del_a: 1 }), text('know', { ins_a: 1 }), text(' it.')]);
    expect(resolve('accepted', line)).toEqual([block([text('We know it.')])]);
    expect(resolve('rejected', line)).toEqual([block([text('We think it.')])]);
  });
  it('what was inserted and is to go again is in neither', () => {
    const line = block([text('a', { ins_a: 1, del_b: 1 })]);
    expect(resolve('accepted', line)).toEqual([block([])]);
    expect(resolve('rejected', line)).toEqual([block([])]);
  });
  it('[DO2] [DO12] a block takes up the next one and keeps its style, an empty one takes the next one’s', () => {
    const split = [block([text('One')], { pIns_a: 1 }), block([text(' two')], undefined, 'quote')];
    expect(resolve('accepted', ...split)).toEqual([block([text('One')]), block([text(' two')], undefined, 'quote')]);
    expect(resolve('rejected', ...split)).toEqual([block([text('One two')])]);
    const empty = [block([text('new', { ins_a: 1 })], { pIns_a: 1 }), block([text('two')], undefined, 'quote')];
    expect(resolve('rejected', ...empty)).toEqual([block([text('two')], undefined, 'quote')]);
    const join = [block([text('One')], { pDel_a: 1 }), block([text(' two')], { pDel_b: 1 }), block([text('!')])];
    expect(resolve('accepted', ...join)).toEqual([block([text('One two!')])]);
    expect(resolve('rejected', ...join)).toEqual([block([text('One')]), block([text(' two')]), block([text('!')])]);
  });
  it('the look and the style before, the oldest one first', () => {
    const line = block([text('x', { fmt_b: '0', fmt_a: '1', sc: 1 }, 3)], { sty_b: 'plain', sty_a: 'h1' });
    const records = [
      { id: 'a' as never, at: 20 },
      { id: 'b' as never, at: 10 },
    ];
    const rejected = resolveSuggestions(body(line), records, 'rejected').root.children;
    expect(rejected).toEqual([block([text('x')], undefined, 'plain')]);
    const accepted = resolveSuggestions(body(line), records, 'accepted').root.children;
    expect(accepted).toEqual([block([text('x', { sc: 1 }, 3)])]);
  });
  it('[DO1] other values of known keys and unknown keys stay and mean nothing', () => {
    const state = { ins_a: 2, fmt_a: 'bold', zz_a: 1, del_: 1, cl_a: 1 } as unknown as TextState;
    expect(resolve('rejected', block([text('x', state)]))).toEqual([block([text('x', state)])]);
    expect(findSuggestions(body(block([text('x', state)])))).toEqual([]);
  });
});

describe('[DO11] laws over random documents', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed + 1);
  it.each(seeds)('one after the other, in any order, is all at once: seed %i', (seed) => {
    const random = seededRandom(seed);
    const source = randomBody(random);
    const records = IDS.map((id, at) => ({ id: id as never, at: (at * 7) % 5 }));
    for (const view of ['accepted', 'rejected'] as const) {
      const whole = resolveSuggestions(source, records, view);
      let step = source;
      for (const id of shuffled(IDS, random)) step = resolveSuggestions(step, records, view, (other) => other === id);
      expect(words(step)).toEqual(words(whole));
      expect(findSuggestions(whole)).toEqual([]);
      expect(resolveSuggestions(whole, records, view === 'accepted' ? 'rejected' : 'accepted')).toEqual(whole);
    }
  });
  it.each(seeds)('looks and words do not depend on the order of mixed answers: seed %i', (seed) => {
    const random = seededRandom(seed);
    const source = randomBody(random);
    const answers = new Map(IDS.map((id) => [id, random() < 0.5 ? ('accepted' as const) : ('rejected' as const)]));
    const run = (order: readonly string[]): SerializedBody =>
      order.reduce(
        (from, id) => resolveSuggestions(from, [], answers.get(id) as SuggestionView, (other) => other === id),
        source,
      );
    expect(words(run(shuffled(IDS, random)))).toEqual(words(run(shuffled(IDS, random))));
  });
  it('is linear: ten times the text takes no more than thirty times as long', () => {
    const time = (blocks: number): number => {
      const random = seededRandom(3);
      const big = body(...Array.from({ length: blocks }, () => randomBlock(random)));
      const start = performance.now();
      for (let round = 0; round < 5; round++) resolveSuggestions(big, [], 'rejected');
      return performance.now() - start;
    };
    time(2_000);
    expect(time(20_000)).toBeLessThan(30 * Math.max(time(2_000), 2));
  });
});

const IDS = ['a', 'b', 'c', 'd'];

function randomBody(random: () => number): SerializedBody {
  return body(...Array.from({ length: 1 + Math.floor(random() * 5) }, () => randomBlock(random)));
}

function randomBlock(random: () => number): SerializedBlock {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const state = (kinds: readonly [string, () => unknown][]): Record<string, unknown> => {
    const marks: Record<string, unknown> = {};
    for (const id of IDS) for (const [kind, value] of kinds) if (random() < 0.15) marks[kind + id] = value();
    return marks;
  };
  const run = (): SerializedInline => {
    const marks = state([
      ['ins_', () => 1],
      ['del_', () => 1],
      ['fmt_', () => pick(['0', '1', '2', '3s', '0s'])],
    ]);
    if (random() < 0.2) marks['sc'] = 1;
    return text(pick(['one ', 'two ', 'three ']), marks as TextState, Math.floor(random() * 4));
  };
  const marks = state([
    ['pIns_', () => 1],
    ['pDel_', () => 1],
    ['sty_', () => pick(BLOCK_STYLES)],
  ]);
  return block(Array.from({ length: Math.floor(random() * 4) }, run), marks as BlockState, pick(BLOCK_STYLES));
}

/** What a person reads: paragraphs of words with their look. */
function words(source: SerializedBody): string[] {
  return source.root.children.map((paragraph) =>
    paragraph.children
      .map((node) =>
        node.type === 'text'
          ? [...node.text].map((letter) => `${letter}${node.format}${node.$?.sc ? 's' : ''}`).join('')
          : '?',
      )
      .join(''),
  );
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
