import type { SerializedBody } from '../document.ts';
import { compareStretch } from './compareStretch.ts';
import { growStretches, type Stretch } from './growStretches.ts';
import { type Pair, pairBlocks } from './pairBlocks.ts';
import type { Redline, RedlineCounts, RedlineRow, RedlineRun } from './Redline.ts';
import { readTokens, type TokenBlock, textOf } from './readTokens.ts';

/** How `after` differs from `before`: paragraphs first, then the words inside those that are the same ones. */
export function buildRedline(before: SerializedBody, after: SerializedBody): Redline {
  const steps = redlineSteps(before, after);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `buildRedline`, in steps of a few milliseconds, for a window that must go on meanwhile. */
export function* redlineSteps(before: SerializedBody, after: SerializedBody): Generator<void, Redline> {
  const old = readTokens(before);
  yield;
  const now = readTokens(after);
  yield;
  const { kept, moved } = yield* pairBlocks(old, now);
  const moves = numberMoves(moved);
  const rows: RedlineRow[] = [];
  const end: Stretch = {
    beforeStart: old.length,
    beforeEnd: old.length,
    afterStart: now.length,
    afterEnd: now.length,
  };
  let last = { beforeEnd: 0, afterEnd: 0 };
  for (const stretch of [...growStretches(old, now, kept, moved), end]) {
    for (let at = last.beforeEnd; at < stretch.beforeStart; at += 1)
      rows.push(goneRow(old[at] as TokenBlock, moves.from.get(at), now));
    for (let at = last.afterEnd; at < stretch.afterStart; at += 1)
      rows.push(newRow(now[at] as TokenBlock, moves.to.get(at), old));
    rows.push(
      ...compareStretch(
        old.slice(stretch.beforeStart, stretch.beforeEnd),
        now.slice(stretch.afterStart, stretch.afterEnd),
      ),
    );
    last = stretch;
    yield;
  }
  return { rows, counts: countChanges(rows) };
}

interface Move {
  id: number;
  /** The paragraph at the other end. */
  other: number;
}

/** Paragraphs that moved together, in the same order, are one move. */
function numberMoves(moved: readonly Pair[]): { from: Map<number, Move>; to: Map<number, Move> } {
  const from = new Map<number, Move>();
  const to = new Map<number, Move>();
  let id = 0;
  let last: Pair | null = null;
  for (const pair of moved) {
    if (!last || pair.before !== last.before + 1 || pair.after !== last.after + 1) id += 1;
    from.set(pair.before, { id, other: pair.after });
    to.set(pair.after, { id, other: pair.before });
    last = pair;
  }
  return { from, to };
}

function goneRow(block: TokenBlock, move: Move | undefined, now: readonly TokenBlock[]): RedlineRow {
  const runs = move ? runsOf([block], [now[move.other] as TokenBlock], 'before') : runsOf([block], [], 'before');
  return { runs, end: 'deleted', before: block.shell, after: null, move: move ? { id: move.id, side: 'from' } : null };
}

function newRow(block: TokenBlock, move: Move | undefined, old: readonly TokenBlock[]): RedlineRow {
  const runs = move ? runsOf([old[move.other] as TokenBlock], [block], 'after') : runsOf([], [block], 'after');
  return { runs, end: 'inserted', before: null, after: block.shell, move: move ? { id: move.id, side: 'to' } : null };
}

/** The runs of one side alone; words that are at both ends of a move are marked as moved. */
function runsOf(before: readonly TokenBlock[], after: readonly TokenBlock[], side: 'before' | 'after'): RedlineRun[] {
  const runs = compareStretch(before, after).flatMap((row) => row.runs);
  return runs.flatMap((run): RedlineRun[] => {
    if (!run[side]) return [];
    if (run.mark !== 'same' && run.mark !== 'formatted') return [run];
    return side === 'before'
      ? [{ mark: 'moved-from', before: run.before, after: null }]
      : [{ mark: 'moved-to', before: null, after: run.after }];
  });
}

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

function countChanges(rows: readonly RedlineRow[]): RedlineCounts {
  let insertedWords = 0;
  let deletedWords = 0;
  let looks = 0;
  const moves = new Set<number>();
  for (const row of rows) {
    if (row.move) moves.add(row.move.id);
    if (row.end === 'same' && row.before?.blockStyle !== row.after?.blockStyle) looks += 1;
    for (const { mark, before, after } of row.runs) {
      if (mark === 'inserted' && after) insertedWords += wordsIn(textOf(after));
      if (mark === 'deleted' && before) deletedWords += wordsIn(textOf(before));
      if (mark === 'formatted') looks += 1;
    }
  }
  return { insertedWords, deletedWords, moves: moves.size, looks };
}

function wordsIn(text: string): number {
  return text.match(WORD)?.length ?? 0;
}
