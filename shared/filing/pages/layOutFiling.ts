import type { FilingModel } from '../FilingModel.ts';
import {
  type MeasuredParagraph,
  type MeasuredRow,
  measureBlock,
  measureIndex,
  measureNote,
  measureNoteText,
  pageBlockOf,
  pageRoom,
} from './measureFiling.ts';
import { type PageBlock, paginate } from './paginate.ts';

/** What stands on one page, from top to bottom. */
export interface FilingPage {
  number: number;
  pieces: readonly PagePiece[];
  /** The footnotes whose references stand on it. */
  notes: readonly { number: number; paragraphs: readonly MeasuredParagraph[] }[];
}
export type PagePiece =
  /** Lines `from` to `to` of a paragraph; `gapPt` above them. */
  | { kind: 'lines'; paragraph: MeasuredParagraph; from: number; to: number; gapPt: number }
  | { kind: 'row'; row: MeasuredRow; head: boolean; gapPt: number };

/** The pages of a filing as they would be printed; estimated, as `paginate` says. */
export function layOutFiling(model: FilingModel): FilingPage[] {
  const notes = new Map(
    model.notes.map(({ number, paragraphs }) => [number, measureNoteText(number, paragraphs)] as const),
  );
  const heights = new Map([...notes].map(([number, paragraphs]) => [number, measureNote(paragraphs)]));
  const items: Item[] = model.blocks.map((block) => {
    const paragraph = measureBlock(block);
    return { block: pageBlockOf(paragraph, notesOf(paragraph, heights)), row: null, paragraph };
  });
  const index = measureIndex(model);
  index?.blocks.forEach((block, at) => {
    if (at === 0) items.push({ block, row: null, paragraph: index.title });
    else items.push({ block, row: index.rows[at - 2] ?? index.head, head: at === 1 });
  });
  const starts = paginate(
    items.map(({ block }) => block),
    pageRoom(model),
  );
  return starts.map((start, at): FilingPage => {
    const end = starts[at + 1] ?? { block: items.length, line: 0 };
    const pieces: PagePiece[] = [];
    const shown: FilingPage['notes'][number][] = [];
    let after = 0;
    for (let position = start.block; position <= end.block && position < items.length; position++) {
      const item = items[position] as Item;
      const { block } = item;
      const from = position === start.block ? start.line : 0;
      const to = position === end.block ? end.line : block.lines;
      if (to <= from) continue;
      const first = pieces.length === 0;
      const gapPt = first ? (at === 0 ? block.beforePt : 0) : from > 0 ? 0 : Math.max(after, block.beforePt);
      if (item.row) {
        if (first && !item.head && index) pieces.push({ kind: 'row', row: index.head, head: true, gapPt: 0 });
        pieces.push({ kind: 'row', row: item.row, head: item.head, gapPt });
      } else {
        const { paragraph } = item;
        pieces.push({ kind: 'lines', paragraph, from, to, gapPt });
        for (const { number, line } of paragraph.notes)
          if (line >= from && line < to) shown.push({ number, paragraphs: notes.get(number) ?? [] });
      }
      after = block.afterPt;
    }
    return { number: at + 1, pieces, notes: shown };
  });
}

type Item =
  | { block: PageBlock; row: null; paragraph: MeasuredParagraph }
  | { block: PageBlock; row: MeasuredRow; head: boolean };

/** A note stands on the page of its first reference, which is the only one that names it. */
function notesOf(paragraph: MeasuredParagraph, heights: ReadonlyMap<number, number>): number[] {
  return paragraph.notes.map(({ number }) => heights.get(number) ?? 0);
}
