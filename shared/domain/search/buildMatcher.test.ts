import { describe, expect, it } from 'vitest';
import { buildMatcher, expandReplacement, OBJECT, type SearchQuery, type TextMatch } from './buildMatcher.ts';
import { endOfCharacter, foldCharacter } from './foldText.ts';

const query = (words: string, options: Partial<SearchQuery> = {}): SearchQuery => ({
  words,
  matchCase: false,
  matchAccents: false,
  wholeWord: false,
  pattern: false,
  ...options,
});

function find(text: string, wanted: SearchQuery): TextMatch[] {
  const matcher = buildMatcher(wanted);
  if (!matcher.ok) throw new Error(matcher.error.code);
  return matcher.value(text);
}
const words = (text: string, wanted: SearchQuery) => find(text, wanted).map(({ start, end }) => text.slice(start, end));

/** A small generator with a seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The same rule said slowly: at every character compare character by character. */
function findSlowly(text: string, wanted: SearchQuery): [number, number][] {
  const characters = (of: string) => {
    const list: { start: number; end: number; plain: string }[] = [];
    for (let at = 0; at < of.length; ) {
      const end = endOfCharacter(of, at);
      list.push({ start: at, end, plain: foldCharacter(of.slice(at, end), wanted) });
      at = end;
    }
    return list;
  };
  const own = characters(text);
  const target = characters(wanted.words)
    .map(({ plain }) => plain)
    .join('');
  const isWord = (part: string) => /[\p{L}\p{N}\p{M}_]/u.test(part);
  const found: [number, number][] = [];
  for (let first = 0; target !== '' && first < own.length; first++) {
    let seen = '';
    let last = first;
    if (own[first]?.plain === '') continue;
    while (last < own.length && seen.length < target.length) seen += own[last++]?.plain ?? '';
    const start = own[first]?.start ?? 0;
    const end = own[last]?.start ?? text.length;
    if (seen !== target) continue;
    const before = [...text.slice(0, start)].at(-1) ?? '';
    const after = [...text.slice(end)][0] ?? '';
    if (wanted.wholeWord && (isWord(before) || isWord(after))) continue;
    found.push([start, end]);
    first = last - 1;
  }
  return found;
}

describe('buildMatcher', () => {
  it('folds case and accents unless told otherwise', () => {
    expect(words('Detención, DETENCION, detencio\u0301n', query('detencion'))).toHaveLength(3);
    expect(words('Detención, DETENCION', query('detención', { matchAccents: true }))).toEqual(['Detención']);
    expect(words('Detención, detención', query('Detención', { matchCase: true }))).toEqual(['Detención']);
    expect(words('año, ano', query('ano', { matchAccents: true }))).toEqual(['ano']);
  });

  it('finds whole words only when asked', () => {
    expect(words('ICE, police, ICE-hold', query('ice', { wholeWord: true }))).toEqual(['ICE', 'ICE']);
    expect(words('niño niños', query('niño', { wholeWord: true }))).toEqual(['niño']);
  });

  it('takes curly quotes and no-break spaces for what the keys give', () => {
    expect(words('the officer\u2019s \u201cEx.\u00a0C\u201d', query('officer\'s "Ex. C"'))).toHaveLength(1);
  });

  it('finds patterns, with their brackets, never across a citation', () => {
    const wanted = query('(\\d+) U\\.S\\.C\\. § (\\d+)', { pattern: true });
    const text = 'under 8 U.S.C. § 1226 and 6 U.S.C. § 345';
    expect(find(text, wanted).map((match) => match.groups)).toEqual([
      ['8', '1226'],
      ['6', '345'],
    ]);
    const [first] = find(text, wanted);
    expect(first && expandReplacement('$2/$1 $$ $&', wanted, 'X', first)).toBe('1226/8 $ X');
    expect(words(`a${OBJECT}b`, query('a.b', { pattern: true }))).toEqual([]);
    expect(words('AÑO', query('\\S+', { pattern: true }))).toEqual(['AÑO']);
  });

  it('says what is wrong with a query', () => {
    expect(buildMatcher(query('(', { pattern: true }))).toEqual({ ok: false, error: { code: 'bad-pattern' } });
    expect(buildMatcher(query(''))).toEqual({ ok: false, error: { code: 'empty' } });
    expect(buildMatcher(query('x'.repeat(2_000)))).toEqual({ ok: false, error: { code: 'too-long' } });
  });

  it('agrees with the slow oracle on 4,000 seeds', () => {
    const alphabet = [
      'a',
      'A',
      'á',
      'a\u0301',
      'n',
      'ñ',
      'ß',
      'İ',
      ' ',
      '\u00a0',
      '-',
      '’',
      "'",
      '😀',
      '1',
      '_',
      '\u0301',
    ];
    for (let seed = 0; seed < 4_000; seed++) {
      const pick = seeded(seed);
      const make = (length: number) => Array.from({ length }, () => alphabet[pick(alphabet.length)]).join('');
      const text = make(pick(40));
      const wanted = query(make(1 + pick(3)), {
        matchCase: pick(2) === 0,
        matchAccents: pick(2) === 0,
        wholeWord: pick(3) === 0,
      });
      const found = find(text, wanted).map(({ start, end }): [number, number] => [start, end]);
      expect(found, `seed ${seed}: ${JSON.stringify([text, wanted])}`).toEqual(findSlowly(text, wanted));
    }
  });
});
