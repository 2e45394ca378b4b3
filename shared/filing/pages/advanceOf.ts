import { FACES, type FaceWidths, SIGNS } from './fontWidths.ts';

/** Size of a capital letter that stands for a small one in small caps, and of a raised or lowered letter. */
export const SMALL_CAPS_SIZE = 0.8;
export const RAISED_SIZE = 0.65;

const UNITS = 2048;
/** Letters of scripts that the page's own font does not have: about half an em; ideographs and emoji a whole one. */
const UNKNOWN = UNITS / 2;
const SIGN_PLACES = new Map([...SIGNS].map((sign, place) => [sign.codePointAt(0) as number, place]));

/**
 * Width of a character in em: `face` 0 regular, 1 italic, 2 bold, 3 bold italic. Without kerning, as Word sets a filing.
 */
export function advanceOf(codePoint: number, face: number): number {
  const widths = FACES[face] as FaceWidths;
  if (codePoint >= 0x20 && codePoint <= 0x7e) return (widths.ascii[codePoint - 0x20] as number) / UNITS;
  if (codePoint >= 0xa0 && codePoint <= 0x17f) return (widths.latin[codePoint - 0xa0] as number) / UNITS;
  const place = SIGN_PLACES.get(codePoint);
  if (place !== undefined) return (widths.signs[place] as number) / UNITS;
  return unknownAdvance(codePoint) / UNITS;
}

function unknownAdvance(codePoint: number): number {
  if (codePoint < 0x20) return 0;
  // Marks that stand on the letter before, joiners, directions.
  if ((codePoint >= 0x300 && codePoint <= 0x36f) || (codePoint >= 0x200b && codePoint <= 0x200f)) return 0;
  if (codePoint === 0x2003 || isWide(codePoint)) return UNITS;
  return UNKNOWN;
}

/** Ideographs, syllables of Korean, full-width signs and emoji: a whole em each, and a line may end before and after. */
export function isWide(codePoint: number): boolean {
  return (
    (codePoint >= 0x2e80 && codePoint <= 0xd7a3) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xff00 && codePoint <= 0xff60) ||
    codePoint >= 0x1f000
  );
}

/** Width of a text in points. */
export function measureText(text: string, face: number, sizePt: number): number {
  let width = 0;
  for (const character of text) width += advanceOf(character.codePointAt(0) as number, face);
  return width * sizePt;
}

/** Whether a text has letters whose widths are only guessed. */
export function isForeign(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x17f && !SIGN_PLACES.has(code) && unknownAdvance(code) !== 0) return true;
  }
  return false;
}
