import type { RedlineRow } from './Redline.ts';

/**
 * The same two texts in rows of which the last one's end stands in both: for what can neither delete nor insert the end
 * of the last paragraph, as nothing follows that could go on there [FI91] [DO55].
 */
export function settleEnd(rows: readonly RedlineRow[]): RedlineRow[] {
  const last = rows.at(-1);
  if (!last || last.end === 'same') return [...rows];
  const other = rows.findLastIndex(({ end }) => end !== last.end);
  const next = rows[other + 1];
  const partner = rows[other];
  const gone = last.end === 'deleted';
  const settled = [...rows];
  if (!partner || !next) {
    // A text that is wholly old or new goes with what holds it: a footnote.
    const shell = last.after ?? last.before;
    settled[rows.length - 1] = { ...last, end: 'same', before: shell, after: shell };
    return settled;
  }
  if (partner.end === 'same') {
    // The end before is the one that goes or comes, and this one stays in its place.
    settled[other] = gone ? { ...partner, end: 'deleted', after: null } : { ...partner, end: 'inserted', before: null };
    settled[rows.length - 1] = {
      ...last,
      end: 'same',
      before: gone ? last.before : partner.before,
      after: gone ? partner.after : last.after,
      move: null,
    };
    return settled;
  }
  // What came and what went last share one end.
  const merged = { ...next, runs: [...partner.runs, ...next.runs], move: null };
  settled.splice(other, 2, merged);
  settled[settled.length - 1] = {
    ...(settled.at(-1) as RedlineRow),
    end: 'same',
    before: gone ? last.before : partner.before,
    after: gone ? partner.after : last.after,
    move: null,
  };
  return settled;
}
