import { describe, expect, it } from 'vitest';
import type { BlockStyle, SerializedBlock, SerializedBody, SerializedInline } from '../document.ts';
import { buildRedline } from './buildRedline.ts';
import { isUnchanged, type Redline } from './Redline.ts';
import { takeSide } from './takeSide.ts';

type Random = () => number;
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const STYLES: readonly BlockStyle[] = ['numbered', 'plain', 'h1', 'quote', 'bullet'];
const text = (words: string, format = 0, $?: object): SerializedInline =>
  ({
    type: 'text',
    version: 1,
    text: words,
    format,
    style: '',
    mode: 'normal',
    detail: 0,
    ...($ ? { $ } : {}),
  }) as SerializedInline;
const cite = (page: number): SerializedInline => ({ type: 'citation', version: 1, exhibitId: '', page });
const block = (children: SerializedInline[], blockStyle: BlockStyle = 'numbered'): SerializedBlock => ({
  type: 'block',
  version: 1,
  blockStyle,
  children,
  direction: null,
  format: '',
  indent: 0,
});
const body = (children: SerializedBlock[]): SerializedBody => ({
  root: { type: 'root', version: 1, children, direction: null, format: '', indent: 0 },
});
const lines = (...each: string[]): SerializedBody => body(each.map((line) => block(line === '' ? [] : [text(line)])));

const SYLLABLES = ['as', 'ta', 'lo', 'mer', 'qui', 'den', 'sol', 'ña', 'vu', 'rex', '𝒜', 'é', '\ud800', '–', '.', ', '];
function words(random: Random, count: number): string {
  return Array.from(
    { length: count },
    () => pick(random, SYLLABLES) + (random() < 0.6 ? pick(random, SYLLABLES) : ''),
  ).join(' ');
}
function inlines(random: Random): SerializedInline[] {
  return Array.from({ length: below(random, 5) }, (_, at): SerializedInline => {
    const kind = random();
    if (kind < 0.15) return cite(below(random, 3));
    if (kind < 0.2) return { type: 'linebreak', version: 1 };
    if (kind < 0.24) return { type: 'newer-kind', version: 9, deep: [{ a: 1 }] } as unknown as SerializedInline;
    if (kind < 0.27) return text('', at % 4);
    return text(words(random, 1 + below(random, 9)), at % 4, random() < 0.2 ? { cl_a: 1, sc: 1 } : undefined);
  });
}
function randomBody(random: Random): SerializedBody {
  const blocks: SerializedBlock[] = Array.from({ length: 1 + below(random, 12) }, () =>
    block(inlines(random), pick(random, STYLES)),
  );
  if (random() < 0.2) blocks.push({ type: 'ruler', version: 1, width: 3 } as unknown as SerializedBlock);
  if (random() < 0.2)
    blocks.push({
      type: 'table',
      version: 1,
      children: [
        { type: 'row', cells: ['a', random()] },
        { type: 'row', cells: ['b'] },
      ],
    } as unknown as SerializedBlock);
  return body(blocks);
}
function changed(random: Random, old: SerializedBody): SerializedBody {
  const blocks = structuredClone(old.root.children) as SerializedBlock[];
  for (let times = below(random, 6); times > 0; times -= 1) {
    const at = below(random, blocks.length);
    const one = blocks[at] as SerializedBlock;
    const kind = below(random, 7);
    if (kind === 0) blocks.splice(at, 0, block(inlines(random), pick(random, STYLES)));
    else if (kind === 1) blocks.splice(below(random, blocks.length), 0, ...blocks.splice(at, 1 + below(random, 2)));
    else if (!one.children || one.type !== 'block') continue;
    else if (kind === 2) one.blockStyle = pick(random, STYLES);
    else if (kind === 3)
      blocks.splice(
        at,
        1,
        block(one.children.slice(0, 1), one.blockStyle),
        block(one.children.slice(1), one.blockStyle),
      );
    else if (kind === 4 && blocks.length > 1) blocks.splice(at, 1);
    else {
      const child = one.children[below(random, one.children.length)];
      if (child?.type !== 'text') continue;
      const parts = child.text.split(' ');
      parts.splice(below(random, parts.length), below(random, 3), words(random, below(random, 3)));
      if (kind === 5) child.text = parts.join(' ');
      else child.format = (child.format + 1) % 4;
    }
  }
  return body(blocks as SerializedBlock[]);
}
const marked = (redline: Redline, mark: string): string =>
  redline.rows
    .flatMap((row) =>
      row.runs
        .filter((run) => run.mark === mark)
        .map((run) => {
          const { node } = (run.after ?? run.before) as { node: SerializedInline };
          return node.type === 'text' ? node.text : `[${node.type}]`;
        }),
    )
    .join('|');

describe('redline', () => {
  it('gives back both texts exactly, over 3,000 seeds', () => {
    for (let seed = 1; seed <= 3_000; seed += 1) {
      const random = seeded(seed);
      const old = randomBody(random);
      const now = random() < 0.85 ? changed(random, old) : randomBody(random);
      const redline = buildRedline(old, now);
      expect(takeSide(redline, 'before'), `seed ${seed}`).toEqual(old.root.children);
      expect(takeSide(redline, 'after'), `seed ${seed}`).toEqual(now.root.children);
    }
  });

  it('finds nothing between a text and itself', () => {
    const random = seeded(7);
    for (let times = 0; times < 200; times += 1) {
      const same = randomBody(random);
      const redline = buildRedline(same, structuredClone(same));
      expect(redline.rows.every(isUnchanged)).toBe(true);
      expect(redline.counts).toEqual({ insertedWords: 0, deletedWords: 0, moves: 0, looks: 0 });
    }
  });

  it('tells changed words apart from those around them', () => {
    const redline = buildRedline(
      lines('The applicant arrived in March 2017 and asked for asylum.'),
      lines('The applicant arrived in April 2018 and asked for protection.'),
    );
    expect(marked(redline, 'deleted')).toBe('March 2017|asylum');
    expect(marked(redline, 'inserted')).toBe('April 2018|protection');
    expect(redline.counts).toMatchObject({ insertedWords: 3, deletedWords: 3 });
  });

  it('knows a paragraph that moved, with the words changed on the way', () => {
    const a = 'CBP kept a list of gang members that foreign police had sent.';
    const b = 'No court has ever seen how a name comes to stand on that list.';
    const c = 'Officers told nobody why the request was denied in the end.';
    const redline = buildRedline(lines(a, b, c, 'End of it all.'), lines(b, c, 'End of it all.', `${a} Twice.`));
    expect(redline.counts.moves).toBe(1);
    expect(redline.rows.filter(({ move }) => move).map(({ move, end }) => [move?.side, end])).toEqual([
      ['from', 'deleted'],
      ['to', 'inserted'],
    ]);
    expect(marked(redline, 'moved-from')).toBe(a);
    expect(marked(redline, 'inserted')).toBe(' Twice.');
  });

  it('counts a section that moved as one', () => {
    const section = [
      'A heading about the first harm',
      'The first harm was a denial of liberty for months.',
      'It was never explained to counsel at all.',
    ];
    const rest = [
      'Another paragraph stands here with many words of its own, so that it stays.',
      'And one more that nobody thinks of moving anywhere, long as it is by itself.',
      'The last one asks the office to open an investigation into all of this.',
    ];
    const redline = buildRedline(lines(...section, ...rest), lines(...rest, ...section));
    expect(redline.counts).toEqual({ insertedWords: 0, deletedWords: 0, moves: 1, looks: 0 });
  });

  it('tells a split and a join as marks of a paragraph’s end alone', () => {
    const one = lines('First thing that was said. Second thing that was said later.');
    const two = lines('First thing that was said.', ' Second thing that was said later.');
    const split = buildRedline(one, two);
    expect(split.rows.map(({ end }) => end)).toEqual(['inserted', 'same']);
    expect(marked(split, 'inserted') + marked(split, 'deleted')).toBe('');
    const join = buildRedline(two, one);
    expect(join.rows.map(({ end }) => end)).toEqual(['deleted', 'same']);
    expect(marked(join, 'inserted') + marked(join, 'deleted')).toBe('');
  });

  it('tells looks apart from words, and citations as wholes', () => {
    const redline = buildRedline(
      body([block([text('Held in '), text('Matela'), cite(4)])]),
      body([block([text('Held in '), text('Mat', 1), text('ela'), cite(5)], 'plain')]),
    );
    expect(marked(redline, 'formatted')).toBe('Mat');
    expect(marked(redline, 'deleted')).toBe('[citation]');
    expect(marked(redline, 'inserted')).toBe('[citation]');
    expect(redline.counts.looks).toBe(2);
  });

  it('compares two versions of 60,000 words in under two seconds of one core', () => {
    const random = seeded(60);
    const vocabulary = Array.from({ length: 6_000 }, (_, at) => `w${at.toString(36)}${'ab'.repeat(at % 4)}`);
    // Words are drawn unevenly, as in a language: a few stand everywhere.
    const draw = (): string => vocabulary[Math.floor(random() ** 3 * vocabulary.length)] as string;
    const old = lines(...Array.from({ length: 1_000 }, () => Array.from({ length: 60 }, draw).join(' ')));
    const now = structuredClone(old);
    for (const one of now.root.children) {
      const child = one.children[0];
      if (random() < 0.5 || child?.type !== 'text') continue;
      const parts = child.text.split(' ');
      for (let times = 0; times < 8; times += 1) parts[below(random, parts.length)] = draw();
      child.text = parts.join(' ');
    }
    now.root.children.push(...now.root.children.splice(100, 40));
    const start = process.cpuUsage();
    const redline = buildRedline(old, now);
    const used = process.cpuUsage(start);
    const spentMs = (used.user + used.system) / 1_000;
    console.info(`redline of 60,000 words: ${spentMs.toFixed(0)} ms of CPU, ${redline.rows.length} rows`);
    expect(takeSide(redline, 'after')).toEqual(now.root.children);
    expect(redline.counts.moves).toBe(1);
    expect(spentMs).toBeLessThan(2_000);
  });
});
