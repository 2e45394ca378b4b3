import type { SerializedBlock, SerializedImage } from '../domain/document.ts';
import { MAX_IMAGE_HEIGHT_INCHES, parseAlt, parseImageWidth } from '../domain/images/imageRules.ts';
import type { ImageFile } from '../domain/records.ts';
import { cleanText } from './cleanText.ts';
import type { FilingRun, FilingTable } from './FilingModel.ts';
import { SHAPES, TEXT_WIDTH_PT } from './pages/pageSetup.ts';

type ImageRun = Extract<FilingRun, { kind: 'image' }>;
/** The run of an image in a paragraph whose lines are so wide. */
export type ImageReader = (node: SerializedImage, columnTwips: number) => ImageRun;

const TWIPS_PER_POINT = 20;
const MAX_HEIGHT_TWIPS = MAX_IMAGE_HEIGHT_INCHES * 72 * TWIPS_PER_POINT;
/** What Word leaves free on both sides of a cell together. */
const CELL_MARGIN_TWIPS = 230;

/** [FI110] [FI111] */
export function buildImageReader(records: readonly ImageFile[]): ImageReader {
  const byId = new Map<string, ImageFile>(records.map((record) => [record.id, record]));
  return (node, columnTwips) => {
    const alt = cleanText(parseAlt(node.alt));
    const record = byId.get(node.imageId);
    const known = record && record.sha256 !== '' && record.mime !== '' && record.widthPx > 0 && record.heightPx > 0;
    if (!known) return { kind: 'image', alt, sha256: '', mime: 'image/png', wide: 0, high: 0 };
    const share = Math.round((columnTwips * parseImageWidth(node.width)) / 100);
    const wide = Math.min(share, Math.floor((MAX_HEIGHT_TWIPS * record.widthPx) / record.heightPx));
    const high = Math.max(1, Math.round((wide * record.heightPx) / record.widthPx));
    return { kind: 'image', alt, sha256: record.sha256, mime: record.mime as ImageRun['mime'], wide, high };
  };
}

/** What stands for an image where none can: its words, and what is missing. */
export function imageWords({ alt, sha256 }: Pick<ImageRun, 'alt' | 'sha256'>): string {
  return `[${sha256 === '' ? 'missing image' : 'Image'}: ${alt || 'no description'}]`;
}

/** The width of the lines of every block, in twips: between the indents of its style, or in its cell. */
export function columnsOf(blocks: readonly SerializedBlock[], tables: readonly FilingTable[]): number[] {
  const columns = blocks.map(({ blockStyle }) => {
    const { leftPt, rightPt } = SHAPES[blockStyle];
    return (TEXT_WIDTH_PT - leftPt - rightPt) * TWIPS_PER_POINT;
  });
  for (const { widths, rows } of tables)
    for (const cell of rows.flatMap(({ cells }) => cells)) {
      const width = widths.slice(cell.column, cell.column + cell.columns).reduce((sum, each) => sum + each, 0);
      columns.fill(Math.max(1, width - CELL_MARGIN_TWIPS), cell.from, cell.to);
    }
  return columns;
}
