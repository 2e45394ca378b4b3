/** How alike two texts must be to count as the same. */
export interface Folding {
  matchCase: boolean;
  matchAccents: boolean;
}

/** A text made comparable, and where each of its units came from. */
export interface FoldedText {
  text: string;
  /** Start in the original of each unit, and behind them the original's length; null when nothing moved. */
  starts: readonly number[] | null;
}

/** What a person cannot tell from the key they press: curly quotes and no-break spaces. */
const PLAIN: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
};
const MARKS = /\p{M}+/gu;

/** The text without what the person does not care about. Composed and decomposed letters come out the same. */
export function foldText(text: string, folding: Folding): FoldedText {
  if (isAscii(text)) return { text: folding.matchCase ? text : text.toLowerCase(), starts: null };
  let folded = '';
  const starts: number[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfCharacter(text, at);
    const plain = foldCharacter(text.slice(at, end), folding);
    for (let unit = 0; unit < plain.length; unit++) starts.push(at);
    folded += plain;
    at = end;
  }
  starts.push(text.length);
  return { text: folded, starts };
}

/** Place in the original of a place in the folded text. */
export function originalPlace(folded: FoldedText, place: number): number {
  return folded.starts === null ? place : (folded.starts[place] ?? folded.starts.at(-1) ?? 0);
}

/** One character with the marks that follow it, folded. */
export function foldCharacter(character: string, { matchCase, matchAccents }: Folding): string {
  let plain = PLAIN[character] ?? character;
  if (!isAscii(plain)) plain = matchAccents ? plain.normalize('NFC') : plain.normalize('NFD').replace(MARKS, '');
  return matchCase ? plain : plain.toLowerCase();
}

/** End of the character at a place: a surrogate pair stays whole, marks stay with their letter. */
export function endOfCharacter(text: string, at: number): number {
  let end = at + sizeOf(text, at);
  while (end < text.length) {
    const unit = text.charCodeAt(end);
    if (unit < 0x300 || !/^\p{M}/u.test(String.fromCodePoint(text.codePointAt(end) ?? 0))) break;
    end += sizeOf(text, end);
  }
  return end;
}

function sizeOf(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
