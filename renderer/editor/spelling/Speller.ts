import nspell from 'nspell';

/** At most this many proposals are shown. */
const PROPOSALS = 5;
const SLICE_MS = 10;

/** What slices need of the place they run in. */
export interface SlicePace {
  nowMs(): number;
  /** Lets waiting questions in. */
  pause(): Promise<void>;
}

/** The spelling of one language: right or wrong, and what may have been meant. */
export class Speller {
  private readonly engine: ReturnType<typeof nspell>;

  /** Reads a Hunspell dictionary; takes from half a second to some seconds. */
  constructor(affixes: string, words: string) {
    this.engine = nspell(affixes, words);
  }

  isRight(word: string): boolean {
    const plain = word.replaceAll('’', "'");
    if (this.engine.correct(plain)) return true;
    // The owner's s stands behind any name or noun.
    const owner = /^(.+)'s?$/u.exec(plain);
    return owner?.[1] !== undefined && this.engine.correct(owner[1]);
  }

  propose(word: string): string[] {
    return this.engine.suggest(word.replaceAll('’', "'")).slice(0, PROPOSALS);
  }

  /** The verdicts in slices, so that a question about one word does not wait for a whole complaint. */
  async check(words: readonly string[], pace: SlicePace): Promise<boolean[]> {
    const verdicts: boolean[] = [];
    let until = pace.nowMs() + SLICE_MS;
    for (const word of words) {
      verdicts.push(this.isRight(word));
      if (pace.nowMs() < until) continue;
      await pace.pause();
      until = pace.nowMs() + SLICE_MS;
    }
    return verdicts;
  }
}
