/** A paragraph or row as the pages see it; lengths in points. */
export interface PageBlock {
  lines: number;
  linePt: number;
  /** How much of a line is room below its letters: at the foot of a page it is not needed. */
  leadPt?: number;
  beforePt: number;
  afterPt: number;
  keepNext: boolean;
  keepLines: boolean;
  /** Begins a page [FI32]. */
  breakBefore?: boolean;
  /** Height of what is repeated above it where it begins a page: the head of its table. */
  repeatPt?: number;
  /** Footnotes that belong to the page of that line. */
  notes: readonly { line: number; heightPt: number }[];
}

/** Where a page begins. */
export interface PageStart {
  block: number;
  /** From 0; a page may begin in the middle of a paragraph. */
  line: number;
}

/** The room that each page has, in points: the first may have another header. */
export interface PageRoom {
  firstPt: number;
  followingPt: number;
  /** Of the rule above the footnotes, where a page has any. */
  noteRulePt: number;
}

/**
 * Where the pages of a filing begin, by the rules that Word follows [FI101]: no first or last line of a paragraph alone,
 * headings with what they head, kept lines together, footnotes on the page of their reference. Linear; never empty.
 */
export function paginate(blocks: readonly PageBlock[], room: PageRoom): PageStart[] {
  const starts: PageStart[] = [{ block: 0, line: 0 }];
  let y = 0;
  let notesPt = 0;
  let after = 0;
  let empty = true;
  const begin = (start: PageStart): void => {
    starts.push(start);
    y = blocks[start.block]?.repeatPt ?? 0;
    notesPt = 0;
    after = 0;
    empty = true;
  };
  let line = 0;
  for (let at = 0; at < blocks.length; ) {
    const block = blocks[at] as PageBlock;
    if (block.breakBefore && line === 0 && !empty) begin({ block: at, line: 0 });
    const height = starts.length === 1 ? room.firstPt : room.followingPt;
    const gap = line > 0 ? 0 : empty ? (starts.length === 1 ? block.beforePt : 0) : Math.max(after, block.beforePt);
    const left = Math.max(1, block.lines - line);
    let fit = 0;
    let notes = notesPt;
    while (fit < left) {
      const more = notesOf(block, line + fit);
      const nextNotes = more === 0 ? notes : notes + more + (notes === 0 ? room.noteRulePt : 0);
      if (y + gap + (fit + 1) * block.linePt + nextNotes > height + (block.leadPt ?? 0) + SLACK_PT) break;
      notes = nextNotes;
      fit += 1;
    }
    const whole = fit === left;
    if (!whole && empty) fit = Math.max(1, fit);
    else if (!whole) fit = keepTogether(block, line, fit);
    if (fit === 0) {
      const from = line > 0 ? at : chainStart(blocks, at, starts.at(-1) as PageStart);
      begin({ block: from, line: from === at ? line : 0 });
      at = from;
      continue;
    }
    if (fit < left) {
      line += fit;
      begin({ block: at, line });
      continue;
    }
    y += gap + left * block.linePt;
    notesPt = notes;
    empty = false;
    after = block.afterPt;
    line = 0;
    at += 1;
  }
  return starts;
}

const SLACK_PT = 0.5;

function notesOf(block: PageBlock, line: number): number {
  let height = 0;
  for (const note of block.notes) if (note.line === line) height += note.heightPt;
  return height;
}

/** How many of the lines that fit may stay, so that no line stands alone on either side. */
function keepTogether(block: PageBlock, from: number, fit: number): number {
  if (block.keepLines && from === 0) return 0;
  const left = block.lines - from;
  const kept = left - fit === 1 ? fit - 1 : fit;
  return from === 0 && kept < 2 ? 0 : Math.max(0, kept);
}

/** The first of the blocks that stay with this one; the block itself where they would fill the page from its top. */
function chainStart(blocks: readonly PageBlock[], at: number, page: PageStart): number {
  let from = at;
  while (from > page.block && blocks[from - 1]?.keepNext && !blocks[from]?.breakBefore) from -= 1;
  return from > page.block ? from : at;
}
