import { describe, expect, it } from 'vitest';
import { cleanQuote, findQuote } from './findQuote.ts';

/** The words of the page that the ranges cover, run by run. */
const found = (runs: string[], quote: string) =>
  findQuote(runs, quote)?.map(({ run, start, end }) => runs[run]?.slice(start, end)) ?? null;

describe('findQuote', () => {
  const page = [
    'In less than a year the team identi-',
    'fied 240 MS-13 members “not pre',
    'viously known” to U.S. law',
    'enforcement.',
  ];

  it('finds words across lines, hyphenation and quotation marks', () => {
    expect(found(page, 'identified 240 MS–13 members "not previously known"')).toEqual([
      'identi',
      'fied 240 MS-13 members “not pre',
      'viously known',
    ]);
  });
  it('ignores case and accents, and reads ligatures', () => {
    expect(found(['La detención ocurrió en San Salvador', 'the ﬁrst oﬃce'], 'DETENCION ocurrio')).toEqual([
      'detención ocurrió',
    ]);
    expect(found(['the ﬁrst oﬃce'], 'first office')).toEqual(['ﬁrst oﬃce']);
  });
  it('lets an ellipsis stand for words left out, in order only', () => {
    expect(found(page, '…240 … known')).toEqual(['240', 'known']);
    expect(found(page, 'known … 240')).toBeNull();
    expect(found(page, 'team [...] law enforcement…')).toEqual(['team', 'law', 'enforcement']);
  });
  it('is null for other words, and for a quote without a letter', () => {
    expect(findQuote(page, '241 MS-13 members')).toBeNull();
    expect(findQuote(page, ' “…” ')).toBeNull();
    expect(findQuote([], 'words')).toBeNull();
  });
  it('keeps offsets right beyond the basic plane', () => {
    expect(found(['𝒜𝓃 old 😀 seal'], 'old seal')).toEqual(['old 😀 seal']);
  });
  it('finds every stretch of its own page text', () => {
    const text = page.join(' ');
    for (let start = 0; start < text.length - 20; start += 7) {
      expect(findQuote(page, text.slice(start, start + 20)), text.slice(start, start + 20)).not.toBeNull();
    }
  });
});

describe('cleanQuote', () => {
  it('makes one line and closes words broken at a line end', () => {
    expect(cleanQuote('  the center identi-\nfied 240\n members ')).toBe('the center identified 240 members');
    expect(cleanQuote('MS-13\nmembers')).toBe('MS-13 members');
  });
});
