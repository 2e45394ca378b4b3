import { fail, ok, type Result } from '../result.ts';
import { type Folding, foldText, originalPlace } from './foldText.ts';

/** What a person looks for. */
export interface SearchQuery extends Folding {
  words: string;
  wholeWord: boolean;
  /** The words are a regular expression. */
  pattern: boolean;
}

/** A place in one text; `groups` are what the brackets of a pattern held. */
export interface TextMatch {
  start: number;
  end: number;
  groups: readonly string[];
}

export type QueryFailure = 'empty' | 'too-long' | 'bad-pattern';
export type Matcher = (text: string) => TextMatch[];

/** A longer query is a paste by mistake. */
export const QUERY_LIMIT = 1_000;
/** What stands in a text for a citation or a person: no match goes across it. */
export const OBJECT = '\ufffc';

/** A function that finds the query in a text, from the beginning, without overlaps. A pattern may take any time. */
export function buildMatcher(query: SearchQuery): Result<Matcher, { code: QueryFailure }> {
  if (query.words === '') return fail({ code: 'empty' });
  if (query.words.length > QUERY_LIMIT) return fail({ code: 'too-long' });
  return query.pattern ? buildPatternMatcher(query) : ok(buildWordMatcher(query));
}

function buildWordMatcher(query: SearchQuery): Matcher {
  const wanted = foldText(query.words, query).text;
  return (text) => {
    const matches: TextMatch[] = [];
    if (wanted === '') return matches;
    const folded = foldText(text, query);
    for (let at = folded.text.indexOf(wanted); at >= 0; ) {
      const place = toPlace(folded, at, at + wanted.length);
      const taken = place !== null && (!query.wholeWord || isWholeWord(text, place.start, place.end));
      if (taken) matches.push({ ...place, groups: [] });
      at = folded.text.indexOf(wanted, taken ? at + wanted.length : at + 1);
    }
    return matches;
  };
}

/** Null for a place that begins or ends inside a character that folds to several. */
function toPlace(folded: ReturnType<typeof foldText>, from: number, to: number): { start: number; end: number } | null {
  const { starts } = folded;
  if (starts !== null) {
    if (from > 0 && starts[from] === starts[from - 1]) return null;
    if (to < folded.text.length && starts[to] === starts[to - 1]) return null;
  }
  return { start: originalPlace(folded, from), end: originalPlace(folded, to) };
}

function buildPatternMatcher(query: SearchQuery): Result<Matcher, { code: QueryFailure }> {
  // The letters' case is left to the pattern's own flag: `\S` must not become `\s`.
  const folding = { matchCase: true, matchAccents: query.matchAccents };
  let pattern: RegExp;
  try {
    pattern = new RegExp(foldText(query.words, folding).text, query.matchCase ? 'gmu' : 'gimu');
  } catch {
    // A person is still typing it, or made a mistake: the answer says so.
    return fail({ code: 'bad-pattern' });
  }
  return ok((text) => {
    const matches: TextMatch[] = [];
    const folded = foldText(text, folding);
    for (const found of folded.text.matchAll(pattern)) {
      if (found[0] === '' || found[0].includes(OBJECT)) continue;
      const place = toPlace(folded, found.index, found.index + found[0].length);
      if (place === null || (query.wholeWord && !isWholeWord(text, place.start, place.end))) continue;
      matches.push({ ...place, groups: found.slice(1).map((group) => group ?? '') });
    }
    return matches;
  });
}

const WORD_PART = /[\p{L}\p{N}\p{M}_]/u;

/** True when no letter or digit touches the place from outside. */
export function isWholeWord(text: string, start: number, end: number): boolean {
  return !WORD_PART.test(characterBefore(text, start)) && !WORD_PART.test(characterAt(text, end));
}

function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function characterBefore(text: string, at: number): string {
  if (at === 0) return '';
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? characterAt(text, at - 2) : text.charAt(at - 1);
}

/** What takes the place of a match: in a pattern's replacement `$1`…`$9` are its brackets, `$&` the match, `$$` a dollar. */
export function expandReplacement(replacement: string, query: SearchQuery, found: string, match: TextMatch): string {
  if (!query.pattern) return replacement;
  return replacement.replace(/\$([1-9&$])/g, (_, sign: string) =>
    sign === '$' ? '$' : sign === '&' ? found : (match.groups[Number(sign) - 1] ?? ''),
  );
}
