import { AlignmentType, type ILevelsOptions, type INumberingOptions, LevelFormat, LevelSuffix } from 'docx';
import type { BlockStyle } from '../domain/document.ts';
import { BULLET } from '../filing/buildFilingText.ts';

/** Names of the numberings in `buildNumbering`. */
export const NUMBERING = {
  headings: 'headings',
  paragraphs: 'paragraphs',
  bullets: 'bullets',
  ordered: 'ordered',
} as const;
/** Indent of text behind a number, in twips. */
export const HANG_TWIPS = 540;

const level = (
  index: number,
  format: ILevelsOptions['format'],
  text: string,
  left: number,
  hanging: number,
  style?: string,
): ILevelsOptions => ({
  level: index,
  ...(format ? { format } : {}),
  text,
  alignment: AlignmentType.LEFT,
  suffix: LevelSuffix.TAB,
  start: 1,
  style: { paragraph: { indent: { left, hanging } }, run: { color: '000000' }, ...(style ? { style } : {}) },
});

const FORMATS = [
  LevelFormat.UPPER_ROMAN,
  LevelFormat.UPPER_LETTER,
  LevelFormat.DECIMAL,
  LevelFormat.LOWER_LETTER,
] as const;
const HEADING_LEVEL: Partial<Record<BlockStyle, number>> = { h1: 0, h2: 1, h3: 2, h4: 3 };

/** Which Word list a block is in; undefined where its style alone says it. */
export type ListPlace = { reference: string; level: number; instance?: number } | undefined;

/**
 * The lists of a document: a place for each block, and Word numbering whose labels are those of `buildNumbers` [FI1]–[FI4].
 * Headings are one multi-level list. Where a level was skipped, readers disagree whether the missing parent counts
 * (LibreOffice makes the next one II.), so such headings stand in small lists of their own.
 */
export function buildLists(styles: readonly BlockStyle[]): { places: ListPlace[]; numbering: INumberingOptions } {
  const strays: NumberingConfig[] = [];
  const seen = [false, false, false, false];
  const strayList = ['', '', '', ''];
  let ordered = 0;
  const places = styles.map((style, index): ListPlace => {
    if (style === 'bullet') return { reference: NUMBERING.bullets, level: 0 };
    if (style === 'ordered') {
      if (styles[index - 1] !== 'ordered') ordered += 1;
      return { reference: NUMBERING.ordered, level: 0, instance: ordered };
    }
    const heading = HEADING_LEVEL[style];
    if (heading === undefined) return undefined;
    seen.fill(false, heading + 1);
    strayList.fill('', heading + 1);
    const complete = seen.slice(0, heading).every(Boolean);
    seen[heading] = complete;
    if (complete) return undefined;
    if (strayList[heading] === '') {
      strayList[heading] = `stray-${strays.length + 1}`;
      strays.push({
        reference: strayList[heading],
        levels: [level(0, FORMATS[heading], '%1.', HANG_TWIPS, HANG_TWIPS)],
      });
    }
    return { reference: strayList[heading] as string, level: 0 };
  });
  return { places, numbering: { config: [...standingLists(), ...strays] } };
}

type NumberingConfig = INumberingOptions['config'][number];

function standingLists(): NumberingConfig[] {
  return [
    {
      reference: NUMBERING.headings,
      levels: FORMATS.map((format, index) =>
        level(index, format, `%${index + 1}.`, HANG_TWIPS, HANG_TWIPS, `Heading${index + 1}`),
      ),
    },
    {
      reference: NUMBERING.paragraphs,
      levels: [level(0, LevelFormat.DECIMAL, '%1.', HANG_TWIPS, HANG_TWIPS, 'NumberedParagraph')],
    },
    { reference: NUMBERING.bullets, levels: [level(0, LevelFormat.BULLET, BULLET, 2 * HANG_TWIPS, 360)] },
    { reference: NUMBERING.ordered, levels: [level(0, LevelFormat.LOWER_LETTER, '(%1)', 2 * HANG_TWIPS, 450)] },
  ];
}
