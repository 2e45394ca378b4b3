import type { Passage } from '../../../shared/domain/activity/Passage.ts';

const FIRST = 0x4e00;
const FIRST_WIDE = 0x20000;
const LETTERS = 0x1000;

/** The words in letters that only this device uses, one for one, so that every letter tells who typed it. */
export function writtenBy(device: number, words: string): string {
  if (device === 0) return words;
  return [...words]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      // Letters of two units differ in both: Lexical's diff for Yjs compares units and would part such a pair.
      if (code > 0xffff) return String.fromCodePoint(FIRST_WIDE + device * LETTERS + ((code + device) % LETTERS));
      return String.fromCodePoint(FIRST + device * LETTERS + (code % LETTERS));
    })
    .join('');
}

function writerOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code < FIRST + LETTERS) return 0;
  return Math.floor((code - (code > 0xffff ? FIRST_WIDE : FIRST)) / LETTERS);
}

/** Every letter that names another author than the device in whose letters it is; empty when all is right. */
export function findMisattributed(passages: readonly Passage[]): string[] {
  const found: string[] = [];
  passages.forEach(({ pieces }, position) => {
    for (const piece of pieces) {
      if (piece.kind !== 'words') continue;
      for (const letter of piece.text) {
        const writer = writerOf(letter);
        if (letter !== '\n' && writer !== piece.by)
          found.push(`block ${position}: typed by ${writer}, told as ${piece.by}`);
      }
    }
  });
  return found;
}
