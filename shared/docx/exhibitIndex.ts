import {
  Bookmark,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { exhibitCells, INDEX_COLUMNS, INDEX_TITLE } from '../filing/buildFilingText.ts';
import type { ExhibitRow } from '../filing/FilingModel.ts';
import { formatExhibitLabel } from '../filing/formatCitation.ts';

/** Column widths in twips; they fill the 6.5 inches between the margins. */
const WIDTHS = [760, 2140, 940, 1340, 540, 900, 1160, 760, 820] as const;
const RULE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const HAIRLINE = { style: BorderStyle.SINGLE, size: 2, color: '808080' };
const NOTHING = { style: BorderStyle.NONE, size: 0, color: 'auto' };

/** The exhibit index on a page of its own; citations jump to the bookmark around each row's label [FI31] [FI32]. */
export function buildExhibitIndex(rows: readonly ExhibitRow[]): (Paragraph | Table)[] {
  return [
    new Paragraph({ style: 'IndexTitle', pageBreakBefore: true, children: [new TextRun({ text: INDEX_TITLE })] }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: WIDTHS.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
      columnWidths: WIDTHS,
      margins: { marginUnitType: WidthType.DXA, top: 40, bottom: 20, left: 50, right: 50 },
      borders: {
        top: RULE,
        bottom: RULE,
        left: NOTHING,
        right: NOTHING,
        insideHorizontal: HAIRLINE,
        insideVertical: NOTHING,
      },
      tableLook: { firstRow: true, firstColumn: true, noVBand: true },
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: INDEX_COLUMNS.map((title, column) =>
            cell(column, 'IndexHeading', new TextRun({ text: title }), VerticalAlign.BOTTOM),
          ),
        }),
        ...rows.map(
          (row) =>
            new TableRow({
              cantSplit: true,
              children: [
                cell(
                  0,
                  'IndexLabel',
                  new Bookmark({ id: row.bookmark, children: [new TextRun({ text: formatExhibitLabel(row.label) })] }),
                ),
                ...exhibitCells(row).map((text, index) => cell(index + 1, 'IndexCell', new TextRun({ text }))),
              ],
            }),
        ),
      ],
    }),
  ];
}

function cell(
  column: number,
  style: string,
  child: TextRun | Bookmark,
  verticalAlign: (typeof VerticalAlign)['TOP' | 'BOTTOM'] = VerticalAlign.TOP,
): TableCell {
  return new TableCell({
    width: { size: WIDTHS[column] as number, type: WidthType.DXA },
    verticalAlign,
    children: [new Paragraph({ style, children: [child] })],
  });
}
