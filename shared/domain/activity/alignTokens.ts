/** A difference: `before[beforeStart, beforeEnd)` became `after[afterStart, afterEnd)`; everything between is equal. */
export interface Hunk {
  beforeStart: number;
  beforeEnd: number;
  afterStart: number;
  afterEnd: number;
}

/** Up to this many pairs two stretches are compared pair by pair; longer ones are cut at tokens that occur once. */
const MAX_PAIRS = 40_000;
const MAX_DEPTH = 24;

/**
 * The differences between two sequences, in order. Time grows with their length times a constant, never with its
 * square: long stretches without anything in common but common words count as replaced.
 */
export function alignTokens(before: readonly string[], after: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  align(before, after, { beforeStart: 0, beforeEnd: before.length, afterStart: 0, afterEnd: after.length }, 0, hunks);
  return hunks;
}

function align(before: readonly string[], after: readonly string[], whole: Hunk, depth: number, hunks: Hunk[]): void {
  let { beforeStart, beforeEnd, afterStart, afterEnd } = whole;
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeStart] === after[afterStart]) {
    beforeStart += 1;
    afterStart += 1;
  }
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeEnd - 1] === after[afterEnd - 1]) {
    beforeEnd -= 1;
    afterEnd -= 1;
  }
  if (beforeStart === beforeEnd && afterStart === afterEnd) return;
  const rest = { beforeStart, beforeEnd, afterStart, afterEnd };
  const pairs = (beforeEnd - beforeStart) * (afterEnd - afterStart);
  const matches =
    pairs === 0 || depth >= MAX_DEPTH
      ? []
      : pairs <= MAX_PAIRS
        ? longestCommon(before, after, rest)
        : anchors(before, after, rest);
  let at = rest;
  for (const [one, other] of matches) {
    const gap = { ...at, beforeEnd: one, afterEnd: other };
    if (pairs <= MAX_PAIRS) push(hunks, gap);
    else align(before, after, gap, depth + 1, hunks);
    at = { ...at, beforeStart: one + 1, afterStart: other + 1 };
  }
  if (matches.length === 0 || pairs <= MAX_PAIRS) push(hunks, at);
  else align(before, after, at, depth + 1, hunks);
}

function push(hunks: Hunk[], hunk: Hunk): void {
  if (hunk.beforeStart < hunk.beforeEnd || hunk.afterStart < hunk.afterEnd) hunks.push(hunk);
}

/** The pairs of a longest common subsequence, by the usual table. */
function longestCommon(before: readonly string[], after: readonly string[], rest: Hunk): [number, number][] {
  const height = rest.beforeEnd - rest.beforeStart;
  const width = rest.afterEnd - rest.afterStart;
  const table = new Uint16Array((height + 1) * (width + 1));
  const cell = (i: number, j: number): number => table[i * (width + 1) + j] as number;
  for (let i = height - 1; i >= 0; i -= 1) {
    for (let j = width - 1; j >= 0; j -= 1) {
      table[i * (width + 1) + j] =
        before[rest.beforeStart + i] === after[rest.afterStart + j]
          ? cell(i + 1, j + 1) + 1
          : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < height && j < width; ) {
    if (before[rest.beforeStart + i] === after[rest.afterStart + j]) {
      pairs.push([rest.beforeStart + i, rest.afterStart + j]);
      i += 1;
      j += 1;
    } else if (cell(i + 1, j) >= cell(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Pairs of tokens that occur once on each side, the most of them that keep their order. */
function anchors(before: readonly string[], after: readonly string[], rest: Hunk): [number, number][] {
  const once = new Map<string, { before: number; after: number; times: number }>();
  for (let i = rest.beforeStart; i < rest.beforeEnd; i += 1) {
    const entry = once.get(before[i] as string);
    if (entry) entry.times = 2;
    else once.set(before[i] as string, { before: i, after: -1, times: 1 });
  }
  const unique: [number, number][] = [];
  for (let j = rest.afterStart; j < rest.afterEnd; j += 1) {
    const entry = once.get(after[j] as string);
    if (entry?.times !== 1) continue;
    if (entry.after >= 0) entry.times = 2;
    entry.after = j;
  }
  for (const { before: i, after: j, times } of once.values()) if (times === 1 && j >= 0) unique.push([i, j]);
  return longestRising(unique);
}

/** The longest part in which the second numbers rise too (they come in order of the first). */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, other], index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as [number, number])[1] < other) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = index;
  });
  const rising: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] as number) rising.push(pairs[at] as [number, number]);
  return rising.reverse();
}
