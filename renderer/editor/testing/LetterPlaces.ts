import type * as Y from 'yjs';
import { readBodyBlocks } from '../../../shared/sync/bodyBlocks.ts';

const FIRST = 0x4e00;
const LAST = 0xd7ff;

interface Place {
  left: string;
  letter: string;
  right: string;
  operation: string;
}

/**
 * Law of places: a letter typed between two others of one paragraph stands between them when everybody has everything,
 * unless one of the three is gone, or the two neighbours themselves have changed places. Every letter of a run is another
 * one, so that it is known wherever it stands.
 */
export class LetterPlaces {
  readonly #places = new Map<string, Place>();
  readonly #known = new Set<string>();
  readonly #removed = new Set<string>();
  #before = new Set<string>();
  #next = FIRST;

  /** How many letters were typed between two others. */
  get noted(): number {
    return this.#places.size;
  }

  /** As many letters, each of which is nowhere yet. */
  readonly fresh = (words: string): string => {
    return [...words]
      .map(() => {
        if (this.#next > LAST) throw new Error('LetterPlaces: no letters left');
        return String.fromCharCode(this.#next++);
      })
      .join('');
  };

  /** Before an operation of somebody on their document. */
  begin(doc: Y.Doc): void {
    this.#before = new Set(allLetters(doc).filter(isFresh));
  }

  /** After it: where its new letters stand, and which are gone by it. */
  note(doc: Y.Doc, operation: string): void {
    const after = new Set(allLetters(doc));
    for (const letter of this.#before) if (!after.has(letter)) this.#removed.add(letter);
    for (const { text } of readBodyBlocks(doc)) {
      const letters = [...text];
      const isNew = letters.map((letter) => isFresh(letter) && !this.#known.has(letter));
      letters.forEach((letter, at) => {
        if (!isNew[at]) return;
        const left = letters[at - 1];
        const behind = isNew.indexOf(false, at);
        const right = behind < 0 ? letters[at + 1] : letters[behind];
        if (left && right && isFresh(left) && isFresh(right))
          this.#places.set(letter, { left, letter, right, operation });
      });
      for (const letter of letters) if (isFresh(letter)) this.#known.add(letter);
    }
  }

  /** Letters that nobody took away and that do not stand in a document that has everything. */
  lost(doc: Y.Doc): string[] {
    const letters = new Set(allLetters(doc));
    return [...this.#known].filter((letter) => !letters.has(letter) && !this.#removed.has(letter));
  }

  /** Letters that stand more than once. */
  doubled(doc: Y.Doc): string[] {
    const seen = new Set<string>();
    return allLetters(doc).filter((letter) => isFresh(letter) && seen.size === seen.add(letter).size);
  }

  /** What stands elsewhere in a document that has everything; empty when the law holds. */
  misplaced(doc: Y.Doc): string[] {
    const letters = allLetters(doc);
    const at = new Map(letters.map((letter, index) => [letter, index]));
    const doubled = new Set(this.doubled(doc));
    const placeOf = (letter: string): number => (doubled.has(letter) ? Number.NaN : (at.get(letter) ?? Number.NaN));
    return [...this.#places.values()]
      .map((place) => ({
        ...place,
        before: placeOf(place.left),
        here: placeOf(place.letter),
        after: placeOf(place.right),
      }))
      .filter(({ before, here, after }) => before < after && (here < before || here > after))
      .map(
        ({ left, letter, right, operation, before, here, after }) =>
          `${letter} of “${operation}” stands at ${here}, ${left} at ${before} and ${right} at ${after}`,
      );
  }
}

function allLetters(doc: Y.Doc): string[] {
  return readBodyBlocks(doc).flatMap(({ text }) => [...text]);
}

function isFresh(letter: string): boolean {
  const code = letter.charCodeAt(0);
  return letter.length === 1 && code >= FIRST && code <= LAST;
}
