import type { BlockStyle } from './document.ts';

/**
 * The parts of a letter that stand outside its numbered text: each is one block whose lines are breaks inside it, so that
 * nothing can pull it apart (SPEC.md, Parts of the letter).
 */
export const LETTER_PARTS = ['letterhead', 'transmission', 'address', 're', 'signature'] as const;
export type LetterPart = (typeof LETTER_PARTS)[number];

/** True for the style of a part of the letter [DO90]. */
export function isLetterPart(style: string | null | undefined): style is LetterPart {
  return (LETTER_PARTS as readonly unknown[]).includes(style);
}

/** What begins behind a part that is left by Enter [DO91]; `next` is the style of what stands there already. */
export function styleBehind(part: LetterPart, next: BlockStyle | null): BlockStyle {
  if (part === 'letterhead') return 'right';
  if (part === 'transmission') return 'address';
  if (part === 'address' && next !== 're' && next !== 'transmission' && next !== 'address') return 're';
  return 'plain';
}

/** Parts of one line: Enter at their end leaves them at once [DO91]. */
export function isOneLine(part: LetterPart): boolean {
  return part === 'transmission' || part === 're';
}

/** Whether two blocks stay two: no key, and no deletion across both, joins a part with anything [DO92]. */
export function staysApart(first: BlockStyle, second: BlockStyle): boolean {
  return isLetterPart(first) || isLetterPart(second);
}

/** Whether a block stands on the page of the one behind it besides headings [DO94]: a closing with its signatures. */
export function keepsWithNext(style: BlockStyle, next: BlockStyle | null): boolean {
  return style === 'transmission' || (style === 'plain' && next === 'signature');
}

/** From the first to behind the last block of the part at a position: an addressee has its transmission line [DO93]. */
export function unitAround(styles: readonly BlockStyle[], at: number): { from: number; to: number } | null {
  const style = styles[at];
  if (!isLetterPart(style)) return null;
  if (style === 'transmission' && styles[at + 1] === 'address') return { from: at, to: at + 2 };
  if (style === 'address' && styles[at - 1] === 'transmission') return { from: at - 1, to: at + 1 };
  return { from: at, to: at + 1 };
}

/**
 * Where the part at a position goes when it moves past its neighbour of the same kind: before the block at that position.
 * Null where it has none that way [DO93].
 */
export function goalOfPart(styles: readonly BlockStyle[], at: number, way: 'up' | 'down'): number | null {
  const unit = unitAround(styles, at);
  if (!unit) return null;
  const other = unitAround(styles, way === 'up' ? unit.from - 1 : unit.to);
  if (!other) return null;
  const kind = (of: { from: number; to: number }): BlockStyle | undefined => styles[of.to - 1];
  if (kind(other) !== kind(unit)) return null;
  return way === 'up' ? other.from : other.to;
}

/** Lines of a new part, in the letter's language; what is in brackets is to be filled in, as in the template. */
export const PLACEHOLDERS: Readonly<Record<LetterPart, readonly string[]>> = {
  letterhead: ['[Name of organization]', '[Street, city, state and ZIP]'],
  transmission: ['VIA EMAIL: [address]'],
  address: ['[Name], [Title]', '[Office]', '[Department]', '[Street address]', '[City, state and ZIP]'],
  re: ['Re: [Practice complained of], by [component], affecting [population and place]'],
  signature: ['______________________________', '[Name]', '[Title]', '[Organization]', '[Email]'],
};

/** What the outline calls a part besides its kind: its first line of words; a signature's is the name under the rule. */
export function titleOfPart(text: string): string {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .find((each) => /[\p{L}\p{N}]/u.test(each));
  return (line ?? '').replace(/^Re:\s*/, '');
}
