declare module 'nspell' {
  /** What this program uses of nspell. */
  interface Nspell {
    correct(word: string): boolean;
    suggest(word: string): string[];
  }
  export default function nspell(affixes: string, words: string): Nspell;
}
