import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PDFFont, PDFPage } from '@cantoo/pdf-lib';
import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import type { SampleExhibit } from './sampleExhibits.ts';
import { SAMPLE_EXHIBITS } from './sampleExhibits.ts';

const LETTER_PT = [612, 792] as const;
const MARGIN_PT = 72;
const LEGEND = 'PLACEHOLDER FOR EXHIBIT – SAMPLE – not a real document';
const BAR_LABEL = '[REDACTED – A-NUMBER]';
const OUT = new URL('../../resources/sample/exhibits/', import.meta.url);

export interface BuiltExhibit {
  fileName: string;
  sizeBytes: number;
  pageCount: number;
  sha256: string;
}

/** Writes the placeholder PDF of every exhibit, the same bytes on every machine; answers by exhibit key. */
export async function buildExhibits(): Promise<Map<string, BuiltExhibit>> {
  await mkdir(OUT, { recursive: true });
  const built = new Map<string, BuiltExhibit>();
  for (const exhibit of SAMPLE_EXHIBITS) {
    const bytes = await buildExhibitPdf(exhibit);
    const fileName = `${exhibit.key.toLowerCase()}.pdf`;
    await writeFile(new URL(fileName, OUT), bytes);
    built.set(exhibit.key, {
      fileName,
      sizeBytes: bytes.length,
      pageCount: exhibit.pageCount,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  }
  return built;
}

async function buildExhibitPdf(exhibit: SampleExhibit): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle(exhibit.title);
  pdf.setLanguage('en-US');
  pdf.setProducer('');
  pdf.setCreator('');
  const roman = await pdf.embedFont(StandardFonts.TimesRoman);
  const bold = await pdf.embedFont(StandardFonts.TimesRomanBold);
  const italic = await pdf.embedFont(StandardFonts.TimesRomanItalic);
  for (let number = 1; number <= exhibit.pageCount; number += 1) {
    const page = pdf.addPage([...LETTER_PT]);
    drawCentered(page, LEGEND, bold, 11, 744);
    page.drawLine({ start: { x: MARGIN_PT, y: 732 }, end: { x: LETTER_PT[0] - MARGIN_PT, y: 732 }, thickness: 0.75 });
    let y = drawParagraph(page, exhibit.title, bold, 14, 690);
    y = drawParagraph(page, `${exhibit.source}. ${exhibit.date}`, italic, 11, y - 6);
    y = drawParagraph(page, pageText(exhibit, number), roman, 12, y - 20);
    if (exhibit.barPages.includes(number)) drawBar(page, bold, roman, y - 24);
    drawCentered(page, `Page ${number} of ${exhibit.pageCount}`, roman, 10, 40);
  }
  return pdf.save({ useObjectStreams: true });
}

function pageText(exhibit: SampleExhibit, number: number): string {
  return (
    exhibit.pages[number] ??
    `${exhibit.about} The sample complaint cites nothing on this page. It is here so that the page numbers in the letter can be opened.`
  );
}

/** The bar covers nothing: no text lies under it. */
function drawBar(page: PDFPage, bold: PDFFont, roman: PDFFont, y: number): void {
  page.drawText('A-number:', { x: MARGIN_PT, y, size: 12, font: roman });
  const width = bold.widthOfTextAtSize(BAR_LABEL, 10) + 24;
  page.drawRectangle({ x: MARGIN_PT + 62, y: y - 5, width, height: 19, color: rgb(0, 0, 0) });
  page.drawText(BAR_LABEL, { x: MARGIN_PT + 74, y, size: 10, font: bold, color: rgb(1, 1, 1) });
}

function drawCentered(page: PDFPage, text: string, font: PDFFont, size: number, y: number): void {
  page.drawText(text, { x: (LETTER_PT[0] - font.widthOfTextAtSize(text, size)) / 2, y, size, font });
}

/** Draws wrapped lines from `y` down; answers the baseline below the last one. */
function drawParagraph(page: PDFPage, text: string, font: PDFFont, size: number, y: number): number {
  const maxWidth = LETTER_PT[0] - 2 * MARGIN_PT;
  let line = '';
  let baseline = y;
  const flush = () => {
    page.drawText(line, { x: MARGIN_PT, y: baseline, size, font });
    baseline -= size * 1.45;
  };
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (font.widthOfTextAtSize(longer, size) <= maxWidth) line = longer;
    else {
      flush();
      line = word;
    }
  }
  flush();
  return baseline;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [key, { fileName, sizeBytes, pageCount }] of await buildExhibits())
    console.log(`${key}\t${fileName}\t${pageCount} pages\t${sizeBytes} bytes`);
}
