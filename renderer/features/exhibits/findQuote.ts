/** A stretch of one run of a page's text: offsets into `runs[run]`, `end` exclusive. */
export interface QuoteRange {
  run: number;
  start: number;
  end: number;
}

const LETTER = /[\p{L}\p{N}]/u;

/**
 * Where the quoted words stand on a page, or null when they do not. `runs` is the page's text in reading order. Only
 * letters and digits count (line breaks, hyphenation, quotation marks, accents and case do not); `…`, `...` and
 * `[...]` in the quote stand for words left out, whose parts must follow one another.
 */
export function findQuote(runs: readonly string[], quote: string): QuoteRange[] | null {
  const page = fold(runs);
  const parts = quote
    .split(/\[?(?:…|\.{3}|\. \. \.)\]?/u)
    .map((part) => fold([part]).letters)
    .filter((part) => part !== '');
  if (parts.length === 0) return null;
  const ranges: QuoteRange[] = [];
  let from = 0;
  for (const part of parts) {
    const at = page.letters.indexOf(part, from);
    if (at < 0) return null;
    from = at + part.length;
    for (let index = at; index < from; index += 1) {
      const place = page.places[index];
      if (!place) continue;
      const last = ranges.at(-1);
      if (last && last.run === place.run && index > at) last.end = Math.max(last.end, place.end);
      else ranges.push({ ...place });
    }
  }
  return ranges;
}

/** Folded letters, and for each UTF-16 unit of them where it came from. */
function fold(runs: readonly string[]): { letters: string; places: QuoteRange[] } {
  let letters = '';
  const places: QuoteRange[] = [];
  for (const [run, text] of runs.entries()) {
    let start = 0;
    for (const letter of text) {
      const end = start + letter.length;
      for (const unit of letter.normalize('NFKD').toLowerCase()) {
        if (!LETTER.test(unit)) continue;
        letters += unit;
        for (let index = 0; index < unit.length; index += 1) places.push({ run, start, end });
      }
      start = end;
    }
  }
  return { letters, places };
}

/** Selected words of a page as a quote: one line, line-end hyphens closed. */
export function cleanQuote(selected: string): string {
  return selected
    .replace(/\u00ad/gu, '')
    .replace(/(\p{L})-\s*\n\s*(\p{Ll})/gu, '$1$2')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 1_000);
}
