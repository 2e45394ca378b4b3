import { alignTokens, type Hunk } from '../activity/alignTokens.ts';
import type { BlockShell, RedlineRow, RedlineRun, RunMark, RunPiece } from './Redline.ts';
import { cutRange, type Range, type Token, type TokenBlock, textOf } from './readTokens.ts';

interface Placed {
  token: Token | null;
  key: string;
  shell: BlockShell;
}
/** A run that may still grow. */
interface OpenRun {
  mark: RunMark;
  before: Range | null;
  after: Range | null;
}

/** How two stretches of blocks differ, word by word: a paragraph that was split or joined is told as that. */
export function compareStretch(before: readonly TokenBlock[], after: readonly TokenBlock[]): RedlineRow[] {
  const untouched = before.length === 1 && after.length === 1 ? sameBlock(before[0], after[0]) : null;
  if (untouched) return [untouched];
  const old = before.flatMap(placeTokens);
  const now = after.flatMap(placeTokens);
  const rows: RedlineRow[] = [];
  let runs: OpenRun[] = [];
  const put = (mark: RunMark, one: Range | null, other: Range | null): void => {
    const last = runs.at(-1);
    if (last?.mark === mark && follows(last.before, one) && follows(last.after, other)) {
      if (last.before && one) last.before.end = one.end;
      if (last.after && other) last.after.end = other.end;
    } else runs.push({ mark, before: one && { ...one }, after: other && { ...other } });
  };
  const endRow = (row: Omit<RedlineRow, 'runs' | 'move'>): void => {
    rows.push({ ...row, runs: runs.map(closeRun), move: null });
    runs = [];
  };
  const hunks = joinHunks(
    alignTokens(
      old.map(({ key }) => key),
      now.map(({ key }) => key),
    ),
    old,
  );
  let oldAt = 0;
  let newAt = 0;
  const sameUntil = (end: number): void => {
    for (; newAt < end; oldAt += 1, newAt += 1) {
      const [one, other] = [old[oldAt] as Placed, now[newAt] as Placed];
      if (one.token && other.token) putSame(one.token, other.token, put);
      else endRow({ end: 'same', before: one.shell, after: other.shell });
    }
  };
  for (const hunk of hunks) {
    sameUntil(hunk.afterStart);
    for (; oldAt < hunk.beforeEnd; oldAt += 1) {
      const { token, shell } = old[oldAt] as Placed;
      if (!token) endRow({ end: 'deleted', before: shell, after: null });
      for (const range of token?.ranges ?? []) put('deleted', range, null);
    }
    for (; newAt < hunk.afterEnd; newAt += 1) {
      const { token, shell } = now[newAt] as Placed;
      if (!token) endRow({ end: 'inserted', before: null, after: shell });
      for (const range of token?.ranges ?? []) put('inserted', null, range);
    }
  }
  sameUntil(now.length);
  return rows;
}

/** The row of two blocks with the same words in the same nodes; null when they must be compared. */
function sameBlock(one: TokenBlock | undefined, other: TokenBlock | undefined): RedlineRow | null {
  if (!one || !other || one.key !== other.key || one.inlines.length !== other.inlines.length) return null;
  if (!one.inlines.every((piece, index) => textOf(piece) === textOf(other.inlines[index] as RunPiece))) return null;
  const runs = one.inlines.map((before, index): RedlineRun => {
    const after = other.inlines[index] as RunPiece;
    return { mark: lookOf(before) === lookOf(after) ? 'same' : 'formatted', before, after };
  });
  return { runs, end: 'same', before: one.shell, after: other.shell, move: null };
}

function placeTokens(block: TokenBlock): Placed[] {
  const { shell } = block;
  const placed: Placed[] = block.tokens.map((token) => ({ token, key: token.key, shell }));
  placed.push({ token: null, key: block.endKey, shell });
  return placed;
}

/** True when the range goes on where the one before it ended; on a side that neither of them has, always. */
function follows(last: Range | null, range: Range | null): boolean {
  if (!last || !range) return last === range;
  return last.piece === range.piece && last.end === range.start && range.end > range.start;
}

function closeRun({ mark, before, after }: OpenRun): RedlineRun {
  return { mark, before: before && cutRange(before), after: after && cutRange(after) };
}

/** A word that is on both sides, cut wherever its look changes on either. */
function putSame(
  one: Token,
  other: Token,
  put: (mark: RunMark, before: Range | null, after: Range | null) => void,
): void {
  let [i, j, usedOne, usedOther] = [0, 0, 0, 0];
  while (i < one.ranges.length && j < other.ranges.length) {
    const [left, right] = [one.ranges[i] as Range, other.ranges[j] as Range];
    const [leftStart, rightStart] = [left.start + usedOne, right.start + usedOther];
    const length = Math.min(left.end - leftStart, right.end - rightStart);
    put(
      lookOf(left.piece) === lookOf(right.piece) ? 'same' : 'formatted',
      { piece: left.piece, start: leftStart, end: leftStart + length },
      { piece: right.piece, start: rightStart, end: rightStart + length },
    );
    usedOne += length;
    usedOther += length;
    if (left.start + usedOne === left.end) [i, usedOne] = [i + 1, 0];
    if (right.start + usedOther === right.end) [j, usedOther] = [j + 1, 0];
  }
}

/** Words that were replaced one after the other read better as one change: the space between them is no news. */
function joinHunks(hunks: readonly Hunk[], old: readonly Placed[]): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    const between = last ? old.slice(last.beforeEnd, hunk.beforeStart) : [];
    const small =
      between.every(({ token }) => token?.kind === 'space' || token?.kind === 'sign') && between.length <= 2;
    if (last && small && replaces(last) && replaces(hunk))
      joined[joined.length - 1] = { ...last, beforeEnd: hunk.beforeEnd, afterEnd: hunk.afterEnd };
    else joined.push(hunk);
  }
  return joined;
}

function replaces(hunk: Hunk): boolean {
  return hunk.beforeStart < hunk.beforeEnd && hunk.afterStart < hunk.afterEnd;
}

/** What makes words look as they do; marks of claims, comments and suggestions are not part of it. */
function lookOf({ node }: RunPiece): string {
  if (node.type !== 'text') return '';
  const state = (node.$ ?? {}) as Record<string, unknown>;
  return [node.format, state.sc ?? '', state.href ?? '', state.lang ?? ''].join(' ');
}
