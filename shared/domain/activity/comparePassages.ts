import type { BlockStyle } from '../document.ts';
import { alignTokens, type Hunk } from './alignTokens.ts';
import type { Passage, PassagePiece } from './Passage.ts';

/** Text in the order of reading. Citations and people stand in it as one private character each. */
export type Segment =
  | { mark: 'kept'; text: string }
  /** `authors`: device numbers of the letters that are new; empty when letters only went away. */
  | { mark: 'changed'; removed: string; added: string; authors: readonly number[] };

export interface TextChange {
  /** 'moved': paragraphs were split or joined, or a block got another style, and no words changed. */
  kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Position of the block in the new text; of a removed one, the block it stood before (may be one past the last). */
  place: number;
  style: BlockStyle;
  segments: readonly Segment[];
}

/** What stands for a citation or a person in the text of a segment. */
export const CITATION_SIGN = '\ue000';
export const PERSON_SIGN = '\ue001';

interface Letters {
  text: string;
  by: number | null;
}
interface Token {
  /** Equal tokens have equal keys. */
  key: string;
  letters: Letters[];
  passage: number;
}
const BREAK = '\n';

/**
 * What became of the text, block by block in the order of the new text. Words are compared across blocks, so that a
 * paragraph that was split or joined is not told as removed and written again.
 */
export function comparePassages(before: readonly Passage[], after: readonly Passage[]): TextChange[] {
  const changes: TextChange[] = [];
  const hunks = alignTokens(before.map(keyOf), after.map(keyOf));
  let oldAt = 0;
  let newAt = 0;
  const sameUntil = (end: number): void => {
    for (; newAt < end; newAt += 1, oldAt += 1) {
      const passage = after[newAt] as Passage;
      if ((before[oldAt] as Passage).style !== passage.style)
        changes.push({
          kind: 'moved',
          place: newAt,
          style: passage.style,
          segments: [{ mark: 'kept', text: textOf(passage) }],
        });
    }
  };
  for (const hunk of hunks) {
    sameUntil(hunk.afterStart);
    changes.push(...compareStretch(before, after, hunk));
    oldAt = hunk.beforeEnd;
    newAt = hunk.afterEnd;
  }
  sameUntil(after.length);
  return changes;
}

/** The text of a block as segments show it. */
export function textOf(passage: Passage): string {
  return passage.pieces.map(signOf).join('');
}

function signOf(piece: PassagePiece): string {
  return piece.kind === 'words' ? piece.text : piece.kind === 'citation' ? CITATION_SIGN : PERSON_SIGN;
}

function keyOf(passage: Passage): string {
  return passage.pieces
    .map((piece) =>
      piece.kind === 'words'
        ? piece.text
        : piece.kind === 'citation'
          ? `${CITATION_SIGN}${piece.exhibitId}/${piece.page}${CITATION_SIGN}`
          : `${PERSON_SIGN}${piece.personId}${PERSON_SIGN}`,
    )
    .join('');
}

function compareStretch(before: readonly Passage[], after: readonly Passage[], stretch: Hunk): TextChange[] {
  const old = tokensOf(before, stretch.beforeStart, stretch.beforeEnd);
  const now = tokensOf(after, stretch.afterStart, stretch.afterEnd);
  const rows = new Map<number, { segments: Segment[]; moved: boolean }>();
  const gone: TextChange[] = [];
  const row = (place: number): { segments: Segment[]; moved: boolean } => {
    let found = rows.get(place);
    if (!found) rows.set(place, (found = { segments: [], moved: false }));
    return found;
  };
  const keep = (token: Token): void => {
    if (token.key === BREAK) return;
    const { segments } = row(token.passage);
    const last = segments.at(-1);
    const text = lettersOf(token);
    if (last?.mark === 'kept') last.text += text;
    else segments.push({ mark: 'kept', text });
  };
  let at = 0;
  for (const hunk of alignTokens(
    old.map((token) => token.key),
    now.map((token) => token.key),
  )) {
    for (; at < hunk.afterStart; at += 1) keep(now[at] as Token);
    const removed = old.slice(hunk.beforeStart, hunk.beforeEnd);
    const added = now.slice(hunk.afterStart, hunk.afterEnd);
    at = hunk.afterEnd;
    const place = (now[hunk.afterStart] ?? now.at(-1))?.passage ?? stretch.afterStart;
    const wholly = wholePassages(old, hunk, now);
    if (wholly && added.length === 0) {
      for (const words of wholly)
        gone.push({
          kind: 'removed',
          place: Math.min(place, stretch.afterEnd),
          style: (before[words.passage] as Passage).style,
          segments: [{ mark: 'changed', removed: words.text, added: '', authors: [] }],
        });
      continue;
    }
    if (removed.some(isBreak) || added.some(isBreak)) for (const token of added) row(token.passage).moved = true;
    if (removed.some(isBreak) && !added.some(isBreak)) row(place).moved = true;
    writeHunk(removed, added, place, row);
  }
  for (; at < now.length; at += 1) keep(now[at] as Token);
  const kept = [...rows]
    .filter(([, { segments, moved }]) => moved || segments.some((segment) => segment.mark === 'changed'))
    .map(([place, { segments }]): TextChange => {
      const changed = segments.filter((segment) => segment.mark === 'changed');
      const whole = changed.length === segments.length && changed.every((segment) => segment.removed === '');
      const kind = changed.length === 0 ? 'moved' : whole ? 'added' : 'changed';
      return { kind, place, style: (after[place] as Passage).style, segments };
    });
  return [...gone, ...kept].sort((a, b) => a.place - b.place);
}

/** The texts of the blocks that a hunk removes from their first word to their last; null when it removes less. */
function wholePassages(
  old: readonly Token[],
  hunk: Hunk,
  now: readonly Token[],
): { passage: number; text: string }[] | null {
  const removed = old.slice(hunk.beforeStart, hunk.beforeEnd);
  const first = removed[0];
  if (!first) return null;
  const startsBlock = hunk.beforeStart === 0 || isBreak(old[hunk.beforeStart - 1] as Token);
  const endsBlock = isBreak(removed.at(-1) as Token) || hunk.beforeEnd === old.length;
  const between = hunk.afterStart === 0 || isBreak(now[hunk.afterStart - 1] as Token);
  if (!startsBlock || !endsBlock || !between) return null;
  const texts = new Map<number, string>();
  for (const token of removed)
    texts.set(token.passage, (texts.get(token.passage) ?? '') + (isBreak(token) ? '' : lettersOf(token)));
  return [...texts].filter(([, text]) => text.trim() !== '').map(([passage, text]) => ({ passage, text }));
}

/** Puts removed words before the added ones of the first block; what is only added is told by author. */
function writeHunk(
  removed: readonly Token[],
  added: readonly Token[],
  place: number,
  row: (place: number) => { segments: Segment[] },
): void {
  const gone = removed.map((token) => (isBreak(token) ? ' ' : lettersOf(token))).join('');
  const blocks = new Map<number, Letters[]>();
  for (const token of added) {
    if (isBreak(token)) continue;
    blocks.set(token.passage, [...(blocks.get(token.passage) ?? []), ...token.letters]);
  }
  let left = gone.trim() === '' && blocks.size > 0 && removed.every(isBreak) ? '' : gone;
  if (blocks.size === 0) {
    if (left.trim() !== '') row(place).segments.push({ mark: 'changed', removed: left, added: '', authors: [] });
    return;
  }
  for (const [block, letters] of blocks) {
    const { segments } = row(block);
    if (left === '') {
      for (const run of joinAuthors(letters))
        segments.push({ mark: 'changed', removed: '', added: run.text, authors: run.by === null ? [] : [run.by] });
      continue;
    }
    const text = letters.map((each) => each.text).join('');
    segments.push({ mark: 'changed', removed: left, added: text, authors: newAuthors(left, letters) });
    left = '';
  }
}

/** Who wrote the letters that are in the new words and not in the old ones. */
function newAuthors(removed: string, letters: readonly Letters[]): number[] {
  const writers = new Set(letters.map(({ by }) => by));
  // One hand: the letters need not be told apart, only whether any of them is new.
  if (writers.size === 1) {
    const [by] = writers;
    const added = letters.map(({ text }) => text).join('');
    return by === null || by === undefined || isWithin(added, removed) ? [] : [by];
  }
  const units = letters.flatMap(({ text, by }) => [...text].map((unit) => ({ unit, by })));
  const authors = new Set<number>();
  for (const hunk of alignTokens(
    [...removed],
    units.map(({ unit }) => unit),
  ))
    for (const { unit, by } of units.slice(hunk.afterStart, hunk.afterEnd))
      if (by !== null && unit.trim() !== '') authors.add(by);
  return [...authors].sort((a, b) => a - b);
}

/** True when leaving letters out of `whole` gives `part`. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (let index = 0; index < whole.length && at < part.length; index += 1) if (whole[index] === part[at]) at += 1;
  return at === part.length;
}

function joinAuthors(letters: readonly Letters[]): Letters[] {
  const runs: Letters[] = [];
  for (const { text, by } of letters) {
    const last = runs.at(-1);
    // Space between two people's words is nobody's news.
    if (last && (last.by === by || text.trim() === '')) last.text += text;
    else if (last && last.text.trim() === '') runs[runs.length - 1] = { text: last.text + text, by };
    else runs.push({ text, by });
  }
  return runs;
}

function tokensOf(passages: readonly Passage[], start: number, end: number): Token[] {
  const tokens: Token[] = [];
  for (let passage = start; passage < end; passage += 1) {
    let open: Token | null = null;
    for (const piece of (passages[passage] as Passage).pieces) {
      if (piece.kind !== 'words') {
        const sign = signOf(piece);
        const what = piece.kind === 'citation' ? `${piece.exhibitId}/${piece.page}` : piece.personId;
        tokens.push({ key: sign + what, letters: [{ text: sign, by: piece.by }], passage });
        open = null;
        continue;
      }
      for (const text of piece.text.match(/\s+|[^\s]+/g) ?? []) {
        // A word that two people wrote is one word.
        if (open && /\S/.test(text) && /\S$/.test(open.key)) {
          open.key += text;
          open.letters.push({ text, by: piece.by });
        } else {
          open = { key: text, letters: [{ text, by: piece.by }], passage };
          tokens.push(open);
        }
      }
    }
    tokens.push({ key: BREAK, letters: [], passage });
  }
  return tokens;
}

function lettersOf(token: Token): string {
  return token.letters.map((each) => each.text).join('');
}

function isBreak(token: Token): boolean {
  return token.key === BREAK && token.letters.length === 0;
}
