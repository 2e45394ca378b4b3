import type { BlockStyle } from '../domain/document.ts';

/** What stands before a block: a ¶ number, or a heading's or list item's label; both empty for other styles. */
export interface BlockNumber {
  readonly number: number | null;
  /** 'I.', 'A.', '1.', 'a.' for headings, '(a)' for an ordered item; empty for others. */
  readonly label: string;
}

const PLAIN: BlockNumber = Object.freeze({ number: null, label: '' });
const HEADING_LEVEL: Partial<Record<BlockStyle, number>> = { h1: 0, h2: 1, h3: 2, h4: 3 };

/** The numbers of all blocks, one answer a block, from their styles alone [FI1]–[FI5]. Linear. */
export function buildNumbers(styles: readonly BlockStyle[]): readonly BlockNumber[] {
  const counts = [0, 0, 0, 0];
  let paragraph = 0;
  let item = 0;
  return styles.map((style) => {
    item = style === 'ordered' ? item + 1 : 0;
    if (style === 'numbered') {
      paragraph += 1;
      return { number: paragraph, label: '' };
    }
    if (style === 'ordered') return { number: null, label: `(${repeatedLetter(item).toLowerCase()})` };
    const level = HEADING_LEVEL[style];
    if (level === undefined) return PLAIN;
    counts.fill(0, level + 1);
    const count = (counts[level] ?? 0) + 1;
    counts[level] = count;
    return { number: null, label: headingLabel(level, count) };
  });
}

function headingLabel(level: number, count: number): string {
  if (level === 0) return `${romanNumeral(count)}.`;
  if (level === 1) return `${repeatedLetter(count)}.`;
  if (level === 2) return `${count}.`;
  return `${repeatedLetter(count).toLowerCase()}.`;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function romanNumeral(value: number): string {
  let rest = value;
  let numeral = '';
  for (const [worth, sign] of ROMAN) {
    for (; rest >= worth; rest -= worth) numeral += sign;
  }
  return numeral;
}

// Word counts Z, AA, BB; counting like a spreadsheet here would print another label than Word's own numbering [FI3].
function repeatedLetter(value: number): string {
  const letter = String.fromCharCode(65 + ((value - 1) % 26));
  return letter.repeat(Math.floor((value - 1) / 26) + 1);
}
