import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';

/** A word of a text that spelling has something to say about. */
export interface SpelledWord {
  word: string;
  start: number;
  end: number;
}

/** Anything without white space: an address, a citation or a date is judged as a whole. */
const CHUNK = /[^\s\u00a0\u2028\u2029\ufffc]+/gu;
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;
const ADDRESS = /[@\\]|:\/\/|^www\.|\.(?:com|org|gov|net|edu|sv|mx)\b/iu;
/** U.S.C., C.F.R., D.H.S.: letters with full stops. */
const STOPPED = /^\p{P}*(?:\p{L}{1,3}\.){2,}/u;

/** Words of citation forms, of names of places, and of the field, that are right in every language. */
const LEGAL = new Set(
  `ex exs id seq supra infra cf viz amici amicus curiae certiorari refoulement ante parens patriae pro se sua sponte
   habeas corpus mens rea res judicata ultra vires vel non passim op cit loc ibid ibidem et al nos pp párr párrs núm núms
   art arts inc ltda ss cfr op-ed crcl uscis dhs ice cbp el la los las del san santa biometric biometrics`.split(/\s+/),
);

/** The words that may be wrong: no figures, no capitals alone, no abbreviations, addresses or words of citation. */
export function readWords(text: string): SpelledWord[] {
  const words: SpelledWord[] = [];
  for (const chunk of text.matchAll(CHUNK)) {
    const [all] = chunk;
    if (all.length > 80 || /\p{N}/u.test(all) || ADDRESS.test(all) || STOPPED.test(all)) continue;
    for (const found of all.matchAll(WORD)) {
      const [word] = found;
      if (word.length < 2 || word === word.toUpperCase() || LEGAL.has(word.toLowerCase())) continue;
      // An asterisk stands behind a pseudonym.
      const start = chunk.index + found.index;
      if (text[start + word.length] === '*') continue;
      words.push({ word: word.normalize('NFC'), start, end: start + word.length });
    }
  }
  return words;
}

/** What a word is compared by: case of the first letter aside, straight apostrophe. */
export function spellingKey(word: string): string {
  return word.normalize('NFC').replaceAll('’', "'").toLowerCase();
}

/** The key under which a verdict is kept. */
export function verdictKey(language: PassageLanguage, word: string): string {
  return `${language}:${word}`;
}
