import type { Pair } from './pairBlocks.ts';
import type { TokenBlock } from './readTokens.ts';

/** Blocks `[beforeStart, beforeEnd)` became `[afterStart, afterEnd)`. */
export interface Stretch {
  beforeStart: number;
  beforeEnd: number;
  afterStart: number;
  afterEnd: number;
}

/** From this part of its words on a block was split off from its neighbour, or has gone into it. */
const CAME_FROM = 0.6;

/** The pairs, each with the blocks beside it that were split off from it or have gone into it. */
export function growStretches(
  before: readonly TokenBlock[],
  after: readonly TokenBlock[],
  kept: readonly Pair[],
  moved: readonly Pair[],
): Stretch[] {
  const stretches = kept.map((pair) => ({
    beforeStart: pair.before,
    beforeEnd: pair.before + 1,
    afterStart: pair.after,
    afterEnd: pair.after + 1,
  }));
  const taken = { old: new Set(moved.map((pair) => pair.before)), now: new Set(moved.map((pair) => pair.after)) };
  stretches.forEach((stretch, index) => {
    const previous = stretches[index - 1] ?? { beforeEnd: 0, afterEnd: 0 };
    const next = stretches[index + 1] ?? { beforeStart: before.length, afterStart: after.length };
    const goesIn = (block: TokenBlock | undefined, into: 'old' | 'now'): boolean => {
      if (!block || block.wordCount === 0) return false;
      const own = before.slice(stretch.beforeStart, stretch.beforeEnd);
      const other = after.slice(stretch.afterStart, stretch.afterEnd);
      const left = into === 'old' ? wordsBeyond(own, other) : wordsBeyond(other, own);
      let common = 0;
      for (const [word, times] of block.words) common += Math.min(times, left.get(word) ?? 0);
      return common >= CAME_FROM * block.wordCount;
    };
    while (
      stretch.afterEnd < next.afterStart &&
      !taken.now.has(stretch.afterEnd) &&
      goesIn(after[stretch.afterEnd], 'old')
    )
      stretch.afterEnd += 1;
    while (
      stretch.afterStart > previous.afterEnd &&
      !taken.now.has(stretch.afterStart - 1) &&
      goesIn(after[stretch.afterStart - 1], 'old')
    )
      stretch.afterStart -= 1;
    while (
      stretch.beforeEnd < next.beforeStart &&
      !taken.old.has(stretch.beforeEnd) &&
      goesIn(before[stretch.beforeEnd], 'now')
    )
      stretch.beforeEnd += 1;
    while (
      stretch.beforeStart > previous.beforeEnd &&
      !taken.old.has(stretch.beforeStart - 1) &&
      goesIn(before[stretch.beforeStart - 1], 'now')
    )
      stretch.beforeStart -= 1;
  });
  return stretches;
}

/** How often each word stands in `ones` more than in `others`. */
function wordsBeyond(ones: readonly TokenBlock[], others: readonly TokenBlock[]): Map<string, number> {
  const left = new Map<string, number>();
  for (const { words } of ones) for (const [word, times] of words) left.set(word, (left.get(word) ?? 0) + times);
  for (const { words } of others)
    for (const [word, times] of words) if (left.has(word)) left.set(word, (left.get(word) ?? 0) - times);
  return left;
}
