import { AlignmentType, type IParagraphStyleOptions, type IStylesOptions, LineRuleType } from 'docx';
import type { BlockStyle } from '../domain/document.ts';
import type { PassageLanguage } from '../domain/passageLanguage.ts';
import { HANG_TWIPS, NUMBERING } from './filingNumbering.ts';
import { wordLanguage } from './wordLanguage.ts';

/** The face of a filing; Tinos and Liberation Serif have the same widths. */
export const FONT = 'Times New Roman';

/** Word's style id for each of ours. */
export const STYLE_ID: Record<BlockStyle, string> = {
  h1: 'Heading1',
  h2: 'Heading2',
  h3: 'Heading3',
  h4: 'Heading4',
  numbered: 'NumberedParagraph',
  plain: 'PlainParagraph',
  centered: 'CenteredParagraph',
  right: 'RightParagraph',
  address: 'AddressBlock',
  re: 'SubjectLine',
  quote: 'BlockQuote',
  bullet: 'BulletItem',
  ordered: 'OrderedItem',
  signature: 'SignatureBlock',
  letterhead: 'Letterhead',
  transmission: 'TransmissionLine',
};

/** Every style id that `buildStyles` defines, with the two defaults they rest on. */
export const OWN_STYLES: ReadonlySet<string> = new Set([
  ...Object.values(STYLE_ID),
  'Normal',
  'TableNormal',
  'TableText',
  'TableHeading',
  'IndexTitle',
  'IndexHeading',
  'IndexCell',
  'IndexLabel',
  'PageHeader',
  'PageLegend',
  'PageFooter',
  'FootnoteText',
  'FootnoteReference',
]);

const BLACK = '000000';
/** 12 pt on 115 %: single spacing as letters have it, a little open for long numbered text. */
const LINE = { line: 276, lineRule: LineRuleType.AUTO } as const;
const spacing = (before: number, after: number) => ({ before, after, ...LINE });

const heading = (level: number, name: string, before: number, run: { bold?: boolean; italics?: boolean }) => ({
  name,
  basedOn: 'Normal',
  next: 'NumberedParagraph',
  quickFormat: true,
  run: { color: BLACK, size: 24, font: FONT, bold: run.bold ?? false, italics: run.italics ?? false },
  paragraph: {
    outlineLevel: level,
    keepNext: true,
    keepLines: true,
    spacing: spacing(before, 160),
    indent: { left: HANG_TWIPS, hanging: HANG_TWIPS },
    numbering: { reference: NUMBERING.headings, level },
  },
});

const style = (
  id: string,
  name: string,
  paragraph: IParagraphStyleOptions['paragraph'],
  run: IParagraphStyleOptions['run'] = {},
): IParagraphStyleOptions => ({
  id,
  name,
  basedOn: 'Normal',
  quickFormat: true,
  paragraph: { spacing: spacing(0, 200), ...paragraph },
  run,
});

/** All styles of a filing: black, 12 pt, in the complaint's language, headings with outline levels. */
export function buildStyles(language: PassageLanguage): IStylesOptions {
  return {
    default: {
      document: {
        run: {
          font: FONT,
          size: 24,
          color: BLACK,
          language: { value: wordLanguage(language), eastAsia: 'en-US', bidirectional: 'ar-SA' },
        },
        paragraph: { spacing: spacing(0, 0) },
      },
      heading1: heading(0, 'heading 1', 360, { bold: true }),
      heading2: heading(1, 'heading 2', 280, { bold: true }),
      heading3: heading(2, 'heading 3', 240, { bold: true, italics: true }),
      heading4: heading(3, 'heading 4', 200, { italics: true }),
      footnoteText: {
        name: 'footnote text',
        basedOn: 'Normal',
        run: { size: 20, font: FONT, color: BLACK },
        paragraph: { spacing: { before: 0, after: 60, line: 240, lineRule: LineRuleType.AUTO } },
      },
      footnoteReference: { name: 'footnote reference', run: { superScript: true } },
    },
    paragraphStyles: [
      style('NumberedParagraph', 'Numbered Paragraph', {
        indent: { left: HANG_TWIPS, hanging: HANG_TWIPS },
        numbering: { reference: NUMBERING.paragraphs, level: 0 },
      }),
      style('PlainParagraph', 'Plain Paragraph', {}),
      style('CenteredParagraph', 'Centered Paragraph', { alignment: AlignmentType.CENTER, spacing: spacing(0, 120) }),
      style('RightParagraph', 'Right Paragraph', { alignment: AlignmentType.RIGHT }),
      style('Letterhead', 'Letterhead', {
        alignment: AlignmentType.CENTER,
        keepLines: true,
        spacing: spacing(0, 240),
      }),
      style('TransmissionLine', 'Transmission Line', { keepNext: true, keepLines: true }),
      style('AddressBlock', 'Address Block', { keepLines: true, spacing: spacing(0, 240) }),
      style(
        'SubjectLine',
        'Subject Line',
        { keepLines: true, spacing: spacing(120, 280), indent: { left: 720, hanging: 720 } },
        { bold: true },
      ),
      style('BlockQuote', 'Block Quote', {
        spacing: { before: 0, after: 200, line: 240, lineRule: LineRuleType.AUTO },
        indent: { left: 1260, right: 720 },
      }),
      style('BulletItem', 'Bullet Item', { spacing: spacing(0, 160), indent: { left: 2 * HANG_TWIPS, hanging: 360 } }),
      style('OrderedItem', 'Ordered Item', {
        spacing: spacing(0, 160),
        indent: { left: 2 * HANG_TWIPS, hanging: 450 },
      }),
      style('SignatureBlock', 'Signature Block', { keepLines: true, spacing: spacing(360, 240) }),
      style('TableText', 'Table Text', { spacing: TIGHT }, { size: 22 }),
      style('TableHeading', 'Table Heading', { keepNext: true, spacing: TIGHT }, { bold: true, size: 22 }),
      style(
        'IndexTitle',
        'Exhibit Index Title',
        { alignment: AlignmentType.CENTER, outlineLevel: 0, keepNext: true, spacing: spacing(0, 240) },
        { bold: true },
      ),
      style('IndexHeading', 'Exhibit Index Heading', { keepNext: true, spacing: TIGHT }, { bold: true, size: 16 }),
      style('IndexCell', 'Exhibit Index Cell', { spacing: TIGHT }, { size: 18 }),
      style('IndexLabel', 'Exhibit Index Label', { spacing: TIGHT }, { size: 18, bold: true }),
      style('PageHeader', 'header', { alignment: AlignmentType.CENTER, spacing: TIGHT }, { size: 18 }),
      style('PageLegend', 'Page Legend', { alignment: AlignmentType.CENTER, spacing: TIGHT }, { size: 20, bold: true }),
      style('PageFooter', 'footer', { alignment: AlignmentType.CENTER, spacing: TIGHT }, { size: 20 }),
    ],
  };
}

const TIGHT = { before: 0, after: 40, line: 240, lineRule: LineRuleType.AUTO };
