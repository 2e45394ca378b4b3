import type { SerializedBlock, SerializedInline } from '../document.ts';

/**
 * Two states of a text read together. Like Word it gives the end of a paragraph a mark of its own: a row whose end is
 * deleted goes on in the next row in the new text, one whose end is inserted does so in the old text.
 */
export interface Redline {
  rows: readonly RedlineRow[];
  counts: RedlineCounts;
}

export interface RedlineCounts {
  insertedWords: number;
  deletedWords: number;
  /** Passages that stand elsewhere; a section that moved as a whole counts once. */
  moves: number;
  /** Passages whose look alone changed: format of words, style of a paragraph. */
  looks: number;
}

export type EndMark = 'same' | 'inserted' | 'deleted';

/** A block with no children in its list: everything else that is said of it. */
export type BlockShell = SerializedBlock;

export interface RedlineRow {
  runs: readonly RedlineRun[];
  end: EndMark;
  /** The paragraph that ends here in the old text; null where none does. */
  before: BlockShell | null;
  /** The paragraph that ends here in the new text; null where none does. */
  after: BlockShell | null;
  /** Set on paragraphs that moved as a whole; both ends of one move carry one number, from 1. */
  move: { id: number; side: 'from' | 'to' } | null;
}

/** `moved-from` and `moved-to` stand in rows with a `move`: words that are at both of its ends. */
export type RunMark = 'same' | 'formatted' | 'inserted' | 'deleted' | 'moved-from' | 'moved-to';

export interface RedlineRun {
  mark: RunMark;
  before: RunPiece | null;
  after: RunPiece | null;
}

/** A part of an inline node, or the whole of one that is not text. `at` tells the nodes of one text apart. */
export interface RunPiece {
  node: SerializedInline;
  at: number;
}

/** Whether these words are in the old text, and in the new one. */
export function sidesOf(mark: RunMark): { before: boolean; after: boolean } {
  return {
    before: mark !== 'inserted' && mark !== 'moved-to',
    after: mark !== 'deleted' && mark !== 'moved-from',
  };
}

/** True for a row in which nothing differs but what nobody sees (marks of claims, comments, suggestions). */
export function isUnchanged(row: RedlineRow): boolean {
  return (
    row.end === 'same' &&
    !row.move &&
    row.before?.blockStyle === row.after?.blockStyle &&
    row.runs.every((run) => run.mark === 'same')
  );
}
