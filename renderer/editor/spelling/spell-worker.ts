import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';
import { Speller } from './Speller.ts';

/** A question to this worker. */
export type SpellQuestion = { id: number; language: PassageLanguage } & (
  | { words: readonly string[] }
  | { word: string }
);
/** Verdicts in the order of the words, or proposals for the word. */
export type SpellAnswer = { id: number } & ({ verdicts: boolean[] } | { proposals: string[] });

const port = self as unknown as {
  onmessage: ((event: MessageEvent<SpellQuestion>) => void) | null;
  postMessage(message: SpellAnswer): void;
};
const pace = {
  nowMs: () => performance.now(),
  pause: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
};
const spellers = new Map<PassageLanguage, Promise<Speller>>();

/** The page may fetch nothing, so the dictionaries are scripts of the bundle. */
async function load(language: PassageLanguage): Promise<Speller> {
  const [affixes, words] =
    language === 'en'
      ? await Promise.all([
          import('../../../resources/dictionaries/en.aff?raw'),
          import('../../../resources/dictionaries/en.dic?raw'),
        ])
      : await Promise.all([
          import('../../../resources/dictionaries/es.aff?raw'),
          import('../../../resources/dictionaries/es.dic?raw'),
        ]);
  return new Speller(affixes.default, words.default);
}

function spellerOf(language: PassageLanguage): Promise<Speller> {
  let speller = spellers.get(language);
  if (!speller) spellers.set(language, (speller = load(language)));
  return speller;
}

port.onmessage = async ({ data }) => {
  const speller = await spellerOf(data.language);
  if ('word' in data) port.postMessage({ id: data.id, proposals: speller.propose(data.word) });
  else port.postMessage({ id: data.id, verdicts: await speller.check(data.words, pace) });
};
