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
  const items: Item[] = model.blocks.map((block) => paragraphItem(measureBlock(block), heights));
  const index = measureIndex(model);
  if (index) {
    const title = paragraphItem(index.title, heights);
    items.push({ ...title, block: { ...title.block, breakBefore: true } }, rowItem(index.head, true, 0));
    for (const row of index.rows) items.push(rowItem(row, false, index.head.heightPt));
  }
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

function paragraphItem(paragraph: MeasuredParagraph, heights: ReadonlyMap<number, number>): Item & { row: null } {
  return { block: pageBlockOf(paragraph, heights), row: null, paragraph };
}

function rowItem(row: MeasuredRow, head: boolean, repeatPt: number): Item {
  const block: PageBlock = {
    lines: 1,
    linePt: row.heightPt,
    beforePt: 0,
    afterPt: 0,
    keepNext: head,
    keepLines: true,
    repeatPt,
    notes: [],
  };
  return { block, row, head };
}
