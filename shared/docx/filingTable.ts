import { BorderStyle, Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType } from 'docx';
import type { FilingBlock, FilingTable } from '../filing/FilingModel.ts';
import type { ListPlace } from './filingNumbering.ts';
import { buildParagraph } from './filingParagraph.ts';

const RULE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };

/** The blocks of a filing as Word has them: those of a table in one of Word's own [FI71]. */
export function buildElements(
  blocks: readonly FilingBlock[],
  places: readonly ListPlace[],
  tables: readonly FilingTable[],
): (Paragraph | Table)[] {
  const elements: (Paragraph | Table)[] = [];
  let at = 0;
  const paragraphsTo = (end: number): void => {
    for (; at < end; at++) elements.push(buildParagraph(blocks[at] as FilingBlock, places[at]));
  };
  for (const table of tables) {
    paragraphsTo(table.from);
    elements.push(buildTable(table, blocks, places));
    at = table.to;
    // Word takes two tables side by side for one, wants a paragraph behind the last, and none of its space above the next.
    elements.push(new Paragraph({ style: 'TableText' }));
  }
  paragraphsTo(blocks.length);
  return elements;
}

function buildTable(table: FilingTable, blocks: readonly FilingBlock[], places: readonly ListPlace[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: table.widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...table.widths],
    margins: { marginUnitType: WidthType.DXA, top: 50, bottom: 30, left: 100, right: 100 },
    borders: { top: RULE, bottom: RULE, left: RULE, right: RULE, insideHorizontal: RULE, insideVertical: RULE },
    tableLook: { firstRow: table.rows[0]?.head ?? false, noHBand: true, noVBand: true },
    rows: table.rows.map(
      ({ head, cells }) =>
        new TableRow({
          ...(head ? { tableHeader: true, cantSplit: true } : {}),
          children: cells.map((cell) => {
            const width = table.widths
              .slice(cell.column, cell.column + cell.columns)
              .reduce((sum, each) => sum + each, 0);
            return new TableCell({
              width: { size: width, type: WidthType.DXA },
              verticalAlign: VerticalAlign.TOP,
              ...(cell.columns > 1 ? { columnSpan: cell.columns } : {}),
              ...(cell.rows > 1 ? { rowSpan: cell.rows } : {}),
              children: blocks
                .slice(cell.from, cell.to)
                .map((block, index) => buildParagraph(block, places[cell.from + index], styleIn(block, head))),
            });
          }),
        }),
    ),
  });
}

/** Plain paragraphs stand closer in a table; all others keep their style. */
function styleIn(block: FilingBlock, head: boolean): string | undefined {
  if (block.style !== 'plain') return undefined;
  return head ? 'TableHeading' : 'TableText';
}
