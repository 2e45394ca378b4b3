import { AlignmentType, type ILevelsOptions, type INumberingOptions, LevelFormat, LevelSuffix } from 'docx';
import { BULLET } from '../filing/buildFilingText.ts';

/** Names of the numberings in `buildNumbering`. */
export const NUMBERING = { headings: 'headings', paragraphs: 'paragraphs', bullets: 'bullets', ordered: 'ordered' } as const;
/** Indent of text behind a number, in twips. */
export const HANG_TWIPS = 540;

const level = (index: number, format: ILevelsOptions['format'], text: string, left: number, hanging: number, style?: string): ILevelsOptions => ({
  level: index, ...(format ? { format } : {}), text, alignment: AlignmentType.LEFT, suffix: LevelSuffix.TAB, start: 1,
  style: { paragraph: { indent: { left, hanging } }, run: { color: '000000' }, ...(style ? { style } : {}) },
});

/** Word numbering for headings, ¶ numbers, bullets and ordered lists; its labels are those of `buildNumbers` [FI1]–[FI4]. */
export function buildNumbering(): INumberingOptions {
  return {
    config: [
      {
        reference: NUMBERING.headings,
        levels: [
          level(0, LevelFormat.UPPER_ROMAN, '%1.', HANG_TWIPS, HANG_TWIPS, 'Heading1'),
          level(1, LevelFormat.UPPER_LETTER, '%2.', HANG_TWIPS, HANG_TWIPS, 'Heading2'),
          level(2, LevelFormat.DECIMAL, '%3.', HANG_TWIPS, HANG_TWIPS, 'Heading3'),
          level(3, LevelFormat.LOWER_LETTER, '%4.', HANG_TWIPS, HANG_TWIPS, 'Heading4'),
        ],
      },
      { reference: NUMBERING.paragraphs, levels: [level(0, LevelFormat.DECIMAL, '%1.', HANG_TWIPS, HANG_TWIPS, 'NumberedParagraph')] },
      { reference: NUMBERING.bullets, levels: [level(0, LevelFormat.BULLET, BULLET, 2 * HANG_TWIPS, 360)] },
      { reference: NUMBERING.ordered, levels: [level(0, LevelFormat.LOWER_LETTER, '(%1)', 2 * HANG_TWIPS, 450)] },
    ],
  };
}
