import { alignTokens } from '../activity/alignTokens.ts';
import type { TokenBlock } from './readTokens.ts';

/** Block `before` of the old text and `after` of the new one are the same paragraph. */
export interface Pair {
  before: number;
  after: number;
}
export interface Pairing {
  /** Rising on both sides. */
  kept: readonly Pair[];
  /** The same paragraphs in another place. */
  moved: readonly Pair[];
}

interface Candidate extends Pair {
  likeness: number;
}

const SAME_PARAGRAPH = 0.5;
const SAME_PLACE = 0.4;
const SAME_MOVED = 0.75;
/** Fewer words are no passage that one would say has moved. */
const MIN_MOVED_WORDS = 4;
/** A word in more blocks than this says nothing about which of them is meant. */
const RARE = 24;
const CANDIDATES = 4;
const MAX_GAP_PAIRS = 2_500;

/** Which paragraph became which. Yields now and then, so that a window can go on meanwhile. */
export function* pairBlocks(before: readonly TokenBlock[], after: readonly TokenBlock[]): Generator<void, Pairing> {
  const candidates: Candidate[] = [];
  const freeBefore = new Set(before.keys());
  const freeAfter = new Set(after.keys());
  let old = 0;
  let now = 0;
  const same = (until: number): void => {
    for (; now < until; old += 1, now += 1) {
      candidates.push({ before: old, after: now, likeness: 1 });
      freeBefore.delete(old);
      freeAfter.delete(now);
    }
  };
  for (const hunk of alignTokens(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  )) {
    same(hunk.afterStart);
    old = hunk.beforeEnd;
    now = hunk.afterEnd;
  }
  same(after.length);
  yield;

  candidates.push(...(yield* findAlike(before, after, freeBefore, freeAfter)));
  const kept = fillGaps(before, after, chooseRising(candidates, before, after.length));
  yield;
  const takenBefore = new Set(kept.map((pair) => pair.before));
  const takenAfter = new Set(kept.map((pair) => pair.after));
  const moved: Pair[] = [];
  for (const pair of candidates.sort((a, b) => b.likeness - a.likeness || a.before - b.before || a.after - b.after)) {
    const { wordCount } = before[pair.before] as TokenBlock;
    if (pair.likeness < SAME_MOVED || wordCount < MIN_MOVED_WORDS) continue;
    if (takenBefore.has(pair.before) || takenAfter.has(pair.after)) continue;
    takenBefore.add(pair.before);
    takenAfter.add(pair.after);
    moved.push({ before: pair.before, after: pair.after });
  }
  return { kept, moved: moved.sort((a, b) => a.after - b.after) };
}

/** The most alike of the old blocks for each new one, found through words that few blocks have. */
function* findAlike(
  before: readonly TokenBlock[],
  after: readonly TokenBlock[],
  freeBefore: ReadonlySet<number>,
  freeAfter: ReadonlySet<number>,
): Generator<void, Candidate[]> {
  const places = new Map<string, number[]>();
  for (const index of freeBefore) {
    for (const word of (before[index] as TokenBlock).words.keys()) {
      const list = places.get(word);
      if (!list) places.set(word, [index]);
      else if (list.length <= RARE) list.push(index);
    }
    yield;
  }
  const found: Candidate[] = [];
  for (const index of freeAfter) {
    const shared = new Map<number, number>();
    for (const word of (after[index] as TokenBlock).words.keys()) {
      const list = places.get(word);
      if (!list || list.length > RARE) continue;
      for (const place of list) shared.set(place, (shared.get(place) ?? 0) + 1);
    }
    const best = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, CANDIDATES);
    for (const [place] of best) {
      const likeness = likenessOf(before[place] as TokenBlock, after[index] as TokenBlock);
      if (likeness >= SAME_PARAGRAPH) found.push({ before: place, after: index, likeness });
    }
    yield;
  }
  return found;
}

/** Twice the words in common over the words of both; 0 for blocks of two kinds. */
export function likenessOf(one: TokenBlock, other: TokenBlock): number {
  if (one.endKey !== other.endKey || one.wordCount + other.wordCount === 0) return 0;
  let common = 0;
  for (const [word, times] of one.words) common += Math.min(times, other.words.get(word) ?? 0);
  return (2 * common) / (one.wordCount + other.wordCount);
}

/** Those pairs that rise on both sides and hold the most text together. */
function chooseRising(candidates: readonly Candidate[], before: readonly TokenBlock[], afterCount: number): Pair[] {
  const pairs = [...candidates].sort((a, b) => a.before - b.before || b.after - a.after);
  const weights = new Float64Array(pairs.length);
  const previous = new Int32Array(pairs.length).fill(-1);
  // A tree of maxima over the new positions: the best chain that ends before a position.
  const tree = new Int32Array(afterCount + 1).fill(-1);
  const bestBefore = (position: number): number => {
    let best = -1;
    for (let at = position; at > 0; at -= at & -at) {
      const each = tree[at] as number;
      if (each >= 0 && (best < 0 || (weights[each] as number) > (weights[best] as number))) best = each;
    }
    return best;
  };
  let top = -1;
  pairs.forEach((pair, index) => {
    const chain = bestBefore(pair.after);
    previous[index] = chain;
    const own = pair.likeness * ((before[pair.before] as TokenBlock).key.length + 1);
    weights[index] = own + (chain < 0 ? 0 : (weights[chain] as number));
    for (let at = pair.after + 1; at <= afterCount; at += at & -at) {
      const held = tree[at] as number;
      if (held < 0 || (weights[index] as number) > (weights[held] as number)) tree[at] = index;
    }
    if (top < 0 || (weights[index] as number) > (weights[top] as number)) top = index;
  });
  const chain: Pair[] = [];
  for (let at = top; at >= 0; at = previous[at] as number) {
    const { before: one, after: other } = pairs[at] as Candidate;
    chain.push({ before: one, after: other });
  }
  return chain.reverse();
}

/** Between two pairs, short blocks without rare words are paired by place and likeness. */
function fillGaps(before: readonly TokenBlock[], after: readonly TokenBlock[], kept: readonly Pair[]): Pair[] {
  const all: Pair[] = [];
  let last: Pair = { before: -1, after: -1 };
  for (const pair of [...kept, { before: before.length, after: after.length }]) {
    all.push(...pairGap(before, after, last, pair));
    if (pair.before < before.length) all.push(pair);
    last = pair;
  }
  return all;
}

function pairGap(before: readonly TokenBlock[], after: readonly TokenBlock[], from: Pair, to: Pair): Pair[] {
  const height = to.before - from.before - 1;
  const width = to.after - from.after - 1;
  if (height * width === 0 || height * width > MAX_GAP_PAIRS) return [];
  const likeness = (i: number, j: number): number => {
    const value = likenessOf(before[from.before + 1 + i] as TokenBlock, after[from.after + 1 + j] as TokenBlock);
    return value >= SAME_PLACE ? value : 0;
  };
  const best = new Float64Array((height + 1) * (width + 1));
  const cell = (i: number, j: number): number => best[i * (width + 1) + j] as number;
  const own = new Float64Array(height * width);
  for (let i = height - 1; i >= 0; i -= 1)
    for (let j = width - 1; j >= 0; j -= 1) {
      const value = likeness(i, j);
      own[i * width + j] = value;
      best[i * (width + 1) + j] = Math.max(cell(i + 1, j), cell(i, j + 1), value > 0 ? value + cell(i + 1, j + 1) : 0);
    }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < height && j < width; ) {
    const value = own[i * width + j] as number;
    if (value > 0 && cell(i, j) === value + cell(i + 1, j + 1)) {
      pairs.push({ before: from.before + 1 + i, after: from.after + 1 + j });
      i += 1;
      j += 1;
    } else if (cell(i, j) === cell(i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}
