import type {
  SerializedBlock,
  SerializedBody,
  SerializedFootnote,
  SerializedInline,
  SerializedNotes,
} from '../domain/document.ts';
import type { Suggestion } from '../domain/records.ts';
import { resolveSuggestions } from '../domain/resolveSuggestions.ts';
import { listBlocks } from '../domain/tables/serializedTable.ts';
import type { FilingRun } from './FilingModel.ts';

export interface NoteToFile {
  number: number;
  blocks: readonly SerializedBlock[];
}

export interface NotesReading {
  /** In the order of their numbers. */
  notes: readonly NoteToFile[];
  /** What stands in each block, each note's words behind its first reference: the order in which a person reads. */
  reading: readonly (readonly SerializedInline[])[];
  /** How a reference is filed; null for one to no note. */
  place(node: SerializedFootnote): Extract<FilingRun, { kind: 'note' }> | null;
}

/**
 * The footnotes of a body [FI60]–[FI62]. A note that nothing refers to is not filed; a reference whose note is missing has
 * an empty one, so that the numbers are those on the page.
 */
export function readNotes(
  blocks: readonly SerializedBlock[],
  notes: SerializedNotes | undefined,
  suggestions: readonly Suggestion[],
): NotesReading {
  const byId = new Map<string, readonly SerializedBlock[]>();
  for (const { noteId, children } of notes?.root.children ?? []) {
    if (noteId === '' || byId.has(noteId)) continue;
    const body = { root: { ...(notes as SerializedNotes).root, children } } satisfies SerializedBody;
    // [DO15] What nobody accepted is not filed, in a note neither.
    byId.set(noteId, listBlocks(resolveSuggestions(body, suggestions, 'rejected').root.children));
  }
  const numbered = new Map<string, { number: number; node: SerializedFootnote }>();
  const reading = blocks.map((block) =>
    block.children.flatMap((node): SerializedInline[] => {
      if (node.type !== 'footnote' || node.noteId === '' || numbered.has(node.noteId)) return [node];
      numbered.set(node.noteId, { number: numbered.size + 1, node });
      return [node, ...(byId.get(node.noteId) ?? []).flatMap(({ children }) => children)];
    }),
  );
  return {
    reading,
    notes: [...numbered].map(([id, { number }]) => ({ number, blocks: trimEnd(byId.get(id)) })),
    place(node) {
      const known = numbered.get(node.noteId);
      return known ? { kind: 'note', number: known.number, first: known.node === node, noteId: node.noteId } : null;
    },
  };
}

const EMPTY: SerializedBlock = {
  type: 'block',
  version: 1,
  blockStyle: 'plain',
  children: [],
  direction: null,
  format: '',
  indent: 0,
};

/** Empty paragraphs at the end of a note are not filed; one always is. */
function trimEnd(blocks: readonly SerializedBlock[] | undefined): readonly SerializedBlock[] {
  const last = (blocks ?? []).findLastIndex(({ children }) => children.length > 0);
  return last < 0 ? [EMPTY] : (blocks ?? []).slice(0, last + 1);
}
