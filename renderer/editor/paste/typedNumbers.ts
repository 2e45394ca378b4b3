import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { PastedBlock, PastedInline, PastedItem } from './Pasted.ts';
import { isPastedTable } from './PastedTable.ts';

const ROMAN_DIGITS: readonly (readonly [string, number])[] = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
];

/** What `XIV` counts; null for letters that are no Roman number as one writes it. */
function readRoman(text: string): number | null {
  let value = 0;
  let rest = text;
  for (const [digits, worth] of ROMAN_DIGITS)
    for (let times = 0; times < 3 && rest.startsWith(digits); times++) {
      value += worth;
      rest = rest.slice(digits.length);
    }
  return value > 0 && rest === '' ? value : null;
}

/** `B` or `BB` as the style counts: 2, 28. */
const readLetters = (text: string): number | null =>
  /^([A-Za-z])\1*$/.test(text) ? (text.length - 1) * 26 + (text.toUpperCase().charCodeAt(0) - 64) : null;
/** Years and the like are no numbers of paragraphs. */
const readDigits = (text: string): number | null => (/^[1-9]\d{0,2}$/.test(text) ? Number(text) : null);

/** How each style writes its own number, and what it counts; styles without numbers are left out. */
const OWN_NUMBERS: Partial<Record<BlockStyle, { shape: RegExp; read(text: string): number | null }>> = {
  h1: { shape: /^([IVXLCDM]+)\.$/, read: readRoman },
  h2: { shape: /^([A-Z]{1,3})\.$/, read: readLetters },
  h3: { shape: /^(\d+)\.$/, read: readDigits },
  h4: { shape: /^([a-z]{1,3})\.$/, read: readLetters },
  numbered: { shape: /^(\d+)\.$/, read: readDigits },
};

/** Anything that looks like a typed number: `12.`, `IV.`, `(a)`, `2)`, `1.1`. */
const SOME_NUMBER = /^(?:\(?(?:\d{1,3}|[IVXLCDM]+|[ivxlcdm]+|([A-Za-z])\1{0,2})[.)]|\d+(?:\.\d+)+\.?)$/;
/** Initials of a name begin like a letter with a full stop. */
const INITIAL = /^[A-Z]\.(?:[\s\u00a0]|$)/;

interface TypedNumber {
  /** Characters it takes with the space behind it, over all runs of words; a tab behind it counts as one. */
  length: number;
  number: string;
  rest: string;
}

/** The number that a person or another program typed at the start of a block; null for none. */
function findTypedNumber(inlines: readonly PastedInline[]): TypedNumber | null {
  let lead = '';
  for (const inline of inlines) {
    if (inline.kind === 'break' || lead.length > 60) break;
    lead += inline.kind === 'tab' ? '\t' : inline.text;
  }
  const match = /^([\s\u00a0]*)(\S{1,12})([\s\u00a0]+)(?=\S)/.exec(lead);
  const [whole = '', , number = ''] = match ?? [];
  return match && SOME_NUMBER.test(number) ? { length: whole.length, number, rest: lead.slice(whole.length) } : null;
}

function withoutLead(inlines: readonly PastedInline[], length: number): PastedInline[] {
  const kept: PastedInline[] = [];
  let left = length;
  for (const inline of inlines) {
    if (left === 0) kept.push(inline);
    else if (inline.kind !== 'text') left -= 1;
    else {
      const text = inline.text.slice(left);
      left = Math.max(0, left - inline.text.length);
      if (text !== '') kept.push({ ...inline, text });
    }
  }
  return kept;
}

/**
 * The blocks without the numbers that were typed where the page puts its own: `IV. Background` as a heading I. shows
 * its number once. Only numbers as that style writes them go, and only when all that the paste brings for the style
 * count on (or begin anew): `I.` is no letter among `II.` and `III.`, and “C. Smith v. Jones” keeps its initial beside
 * “B. B. King”. `styleOf` is the style that a block will have.
 */
export function stripTypedNumbers<Item extends PastedItem>(
  blocks: readonly Item[],
  styleOf: (block: PastedBlock) => BlockStyle,
): readonly Item[] {
  const found = blocks.map((block) =>
    !isPastedTable(block) && OWN_NUMBERS[styleOf(block)] ? findTypedNumber(block.inlines) : null,
  );
  if (found.every((each) => each === null)) return blocks;
  const last = new Map<BlockStyle, number>();
  const refused = new Set<BlockStyle>();
  blocks.forEach((block, at) => {
    if (isPastedTable(block)) return;
    const style = styleOf(block);
    const own = OWN_NUMBERS[style];
    const typed = found[at];
    if (!own || !typed) return;
    const [, digits] = own.shape.exec(typed.number) ?? [];
    const value = digits === undefined ? null : own.read(digits);
    const before = last.get(style);
    // Two letters come after Z alone: `II.` is no letter.
    const isLate = /^[A-Za-z]{2}/.test(typed.number) && style !== 'h1' && (before ?? 0) < 26;
    const countsOn = value !== null && !isLate && (before === undefined || value > before || value === 1);
    if (!countsOn || (style === 'h2' && INITIAL.test(typed.rest))) refused.add(style);
    else last.set(style, value);
  });
  return blocks.map((block, at) => {
    const typed = found[at];
    if (isPastedTable(block) || !typed || refused.has(styleOf(block))) return block;
    return { ...block, inlines: withoutLead(block.inlines, typed.length) };
  });
}
