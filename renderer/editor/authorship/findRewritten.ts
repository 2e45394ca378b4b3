import type { TextRun } from './transactionText.ts';

/** Characters that stand at `target` now and stood at `source` before. */
export interface Rewritten {
  target: { client: number; clock: number };
  source: { client: number; clock: number; length: number };
}

/** A part of a run that is not explained yet, as offsets into it. */
interface Rest {
  run: TextRun;
  start: number;
  end: number;
}
interface Match {
  inserted: Rest;
  removed: Rest;
  insertedAt: number;
  removedAt: number;
  length: number;
}

/** Comparisons of two characters in one transaction; beyond it words that were moved count as typed. */
const BUDGET = 30_000_000;
/** Shorter pieces are the same by chance, unless they are all there is or both begin or end with them. */
const LEAST = 3;

/**
 * What was written again rather than typed: words that were removed in one text and stand in another, as when a
 * paragraph is split or joined. Within one text the binding keeps what stays, so nothing is rewritten there.
 */
export function findRewritten(inserted: readonly TextRun[], removed: readonly TextRun[]): Rewritten[] {
  const found: Rewritten[] = [];
  const sources: Rest[] = removed.map((run) => ({ run, start: 0, end: run.text.length }));
  const targets: Rest[] = [];
  for (const run of inserted) {
    const at = sources.findIndex((source) => source.run.text === run.text && source.run.parent !== run.parent);
    const [whole] = at < 0 ? [] : sources.splice(at, 1);
    if (whole) pair(found, run, 0, whole.run, 0, run.text.length);
    else targets.push({ run, start: 0, end: run.text.length });
  }
  let budget = BUDGET;
  for (;;) {
    let best: Match | null = null;
    for (const target of targets) {
      for (const source of sources) {
        if (target.run.parent === source.run.parent) continue;
        const [length, other] = [target.end - target.start, source.end - source.start];
        if (Math.min(length, other) <= (best?.length ?? 0)) continue;
        budget -= length * other;
        if (budget < 0) return found;
        const match = longestCommon(target, source);
        if (match && match.length > (best?.length ?? 0)) best = match;
      }
    }
    if (!best) return found;
    const { inserted: target, removed: source } = best;
    const whole = best.length === source.end - source.start || best.length === target.end - target.start;
    // A diff leaves what the old words and the new ones end with where it is, whosever it was: "own" moved behind "k…n"
    // reads as "ow" put before the old "n".
    const left = source.run.text.slice(best.removedAt + best.length, source.end);
    const ends =
      best.insertedAt + best.length === target.end &&
      (left === '' || (target.end === target.run.text.length && target.run.behind.startsWith(left)));
    const leading = source.run.text.slice(source.start, best.removedAt);
    const starts =
      best.insertedAt === target.start &&
      (leading === '' || (target.start === 0 && target.run.before.endsWith(leading)));
    if (best.length < LEAST && !whole && !ends && !starts && !isTurned(best)) return found;
    take(found, targets, sources, best);
  }
}

/** Whether all that was inserted is all that was removed, cut at one place and put together the other way round. */
function isTurned({ inserted: target, removed: source, insertedAt, removedAt, length }: Match): boolean {
  const before = source.run.text.slice(source.start, removedAt);
  const behind = source.run.text.slice(removedAt + length, source.end);
  const inserted = target.run.text.slice(target.start, target.end);
  const match = target.run.text.slice(insertedAt, insertedAt + length);
  return inserted === behind + match + before && (before === '' || behind === '');
}

/** Notes a match with what was turned around it, and leaves what stood before and behind. */
function take(found: Rewritten[], targets: Rest[], sources: Rest[], match: Match): void {
  const { inserted: target, removed: source, insertedAt, removedAt, length } = match;
  pair(found, target.run, insertedAt, source.run, removedAt, length);
  let [targetStart, targetEnd, sourceStart, sourceEnd] = [target.start, target.end, source.start, source.end];
  // "a." and "b." joined to "a.b." reads to the binding as ".b" put before the dot: the dot of "b." comes first then.
  const behind = source.run.text.slice(removedAt + length, source.end);
  const before = source.run.text.slice(source.start, removedAt);
  if (behind && target.run.text.slice(target.start, insertedAt).endsWith(behind)) {
    pair(found, target.run, insertedAt - behind.length, source.run, removedAt + length, behind.length);
    sourceEnd = removedAt + length;
    targets.push({ run: target.run, start: target.start, end: insertedAt - behind.length });
    targetStart = insertedAt;
  } else if (before && target.run.text.slice(insertedAt + length, target.end).startsWith(before)) {
    pair(found, target.run, insertedAt + length, source.run, source.start, before.length);
    sourceStart = removedAt;
    targets.push({ run: target.run, start: insertedAt + length + before.length, end: target.end });
    targetEnd = insertedAt + length;
  }
  targets.splice(targets.indexOf(target), 1);
  sources.splice(sources.indexOf(source), 1);
  const keep = (list: Rest[], run: TextRun, start: number, end: number): void => {
    if (end > start) list.push({ run, start, end });
  };
  keep(targets, target.run, targetStart, insertedAt);
  keep(targets, target.run, insertedAt + length, targetEnd);
  keep(sources, source.run, sourceStart, removedAt);
  keep(sources, source.run, removedAt + length, sourceEnd);
}

/** The longest words that both have; of equally long ones those nearest the end, as a paragraph loses its end. */
function longestCommon(inserted: Rest, removed: Rest): Match | null {
  const [a, b] = [inserted.run.text, removed.run.text];
  const width = removed.end - removed.start;
  let row = new Int32Array(width + 1);
  let above = new Int32Array(width + 1);
  let best: Match | null = null;
  for (let i = inserted.start; i < inserted.end; i += 1) {
    const unit = a.charCodeAt(i);
    for (let j = 0; j < width; j += 1) {
      const length = unit === b.charCodeAt(removed.start + j) ? (above[j] as number) + 1 : 0;
      row[j + 1] = length;
      if (length > 0 && length >= (best?.length ?? 0))
        best = {
          inserted,
          removed,
          insertedAt: i - length + 1,
          removedAt: removed.start + j - length + 1,
          length,
        };
    }
    [row, above] = [above, row];
  }
  return best;
}

function pair(
  found: Rewritten[],
  target: TextRun,
  targetAt: number,
  source: TextRun,
  sourceAt: number,
  length: number,
) {
  for (let done = 0; done < length; ) {
    const to = placeOf(target, targetAt + done);
    const from = placeOf(source, sourceAt + done);
    const step = Math.min(length - done, to.left, from.left);
    found.push({
      target: { client: to.client, clock: to.clock },
      source: { client: from.client, clock: from.clock, length: step },
    });
    done += step;
  }
}

function placeOf(run: TextRun, offset: number): { client: number; clock: number; left: number } {
  let at = offset;
  for (const piece of run.pieces) {
    if (at < piece.length) return { client: piece.client, clock: piece.clock + at, left: piece.length - at };
    at -= piece.length;
  }
  throw new Error('placeOf: beyond the run');
}
