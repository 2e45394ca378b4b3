import { describe, expect, it } from 'vitest';
import { buildMatcher, type SearchQuery } from '../../../shared/domain/search/buildMatcher.ts';
import type { FindPatterns, FoundPlace, Replacement, SearchRoot, SearchText } from '../FindApi.ts';
import { Finder } from './Finder.ts';

const QUERY: SearchQuery = { words: 'ice', matchCase: false, matchAccents: false, wholeWord: true, pattern: false };

/** Texts in memory that keep to the contract of a root. */
class MemoryRoot implements SearchRoot {
  texts: SearchText[];
  readonly revealed: FoundPlace[] = [];
  caret: { key: string; offset: number } | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(texts: string[]) {
    this.texts = texts.map((text, position) => ({ key: String(position), text }));
  }
  getTexts = () => this.texts;
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  getCaret = () => this.caret;
  getSelectedWords = () => '';
  getRanges = () => [];
  reveal = (place: FoundPlace) => void this.revealed.push(place);
  isEditable = () => true;
  replace(changes: readonly Replacement[]): number {
    for (const { key, start, end, words } of [...changes].reverse())
      this.texts = this.texts.map((each) =>
        each.key === key ? { key, text: each.text.slice(0, start) + words + each.text.slice(end) } : each,
      );
    for (const listener of this.listeners) listener();
    return changes.length;
  }
}

const inProcess: FindPatterns = async (query, texts) => {
  const matcher = buildMatcher(query);
  return texts.map((text) => (matcher.ok ? matcher.value(text) : []));
};

function finder(roots: SearchRoot[], findPatterns: FindPatterns = inProcess) {
  let nowMs = 0;
  const made = new Finder({ findPatterns, paint: () => {}, nowMs: () => (nowMs += 3), pause: () => Promise.resolve() });
  for (const root of roots) made.register(root);
  /** Resolves with the state after the next search. */
  const until = (run: () => void) =>
    new Promise<ReturnType<typeof made.get>>((resolve) => {
      const stop = made.subscribe(() => {
        stop();
        resolve(made.get());
      });
      run();
    });
  return { made, until };
}

describe('Finder', () => {
  it('counts over all roots, begins behind the caret, and comes round', async () => {
    const body = new MemoryRoot(['ICE took him.', 'police', 'the ice', 'ICE, ICE']);
    body.caret = { key: '2', offset: 1 };
    const notes = new MemoryRoot(['ICE in a note']);
    const { made, until } = finder([body, notes]);
    expect(await until(() => made.find(QUERY))).toMatchObject({ status: 'done', count: 5, current: 1 });
    for (const expected of [2, 3, 4, 0]) expect((await until(() => made.step(1))).current).toBe(expected);
    expect((await until(() => made.step(-1))).current).toBe(4);
    expect(notes.revealed).toHaveLength(2);
  });

  it('replaces one and goes on behind it, then all others', async () => {
    const body = new MemoryRoot(['ICE and ICE', 'ice']);
    const { made, until } = finder([body]);
    await until(() => made.find(QUERY));
    expect(await until(() => expect(made.replaceCurrent('ICE ICE')).toBe(true))).toMatchObject({
      count: 4,
      current: 2,
    });
    await until(() => expect(made.replaceAll('DHS')).toBe(4));
    expect(body.texts.map(({ text }) => text)).toEqual(['DHS DHS and DHS', 'DHS']);
  });

  it('searches again when words change, and says when a pattern takes too long', async () => {
    const body = new MemoryRoot(['ice']);
    const { made, until } = finder([body], async () => null);
    await until(() => made.find(QUERY));
    body.texts = [{ key: '0', text: 'ice ice' }];
    expect((await until(() => made.find({ ...QUERY, matchCase: true }))).count).toBe(2);
    expect(await until(() => made.find({ ...QUERY, pattern: true }))).toMatchObject({ status: 'too-slow', count: 0 });
    expect(await until(() => made.find({ ...QUERY, words: '(', pattern: true }))).toMatchObject({
      status: 'bad-pattern',
    });
  });
});
