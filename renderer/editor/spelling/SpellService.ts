import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';
import { createWorker } from '../../ui/trustedTypes.ts';
import type { SpellAnswer, SpellQuestion } from './spell-worker.ts';
import workerUrl from './spell-worker.ts?worker&url';

/** What spelling asks of the dictionaries. */
export interface SpellService {
  /** Null when the dictionaries could not be asked. */
  check(language: PassageLanguage, words: readonly string[]): Promise<readonly boolean[] | null>;
  propose(language: PassageLanguage, word: string): Promise<readonly string[]>;
  dispose(): void;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The dictionaries in a worker, which starts with the first question. When it fails nothing is called wrong. */
export function createSpellService(): SpellService {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, (answer: SpellAnswer | null) => void>();
  const ask = (question: WithoutId<SpellQuestion>): Promise<SpellAnswer | null> => {
    if (!worker) {
      worker = createWorker(workerUrl);
      worker.onmessage = ({ data }: MessageEvent<SpellAnswer>) => {
        waiting.get(data.id)?.(data);
        waiting.delete(data.id);
      };
      worker.onerror = () => {
        // The next question starts another one.
        worker?.terminate();
        worker = null;
        for (const answer of waiting.values()) answer(null);
        waiting.clear();
      };
    }
    const id = ++lastId;
    worker.postMessage({ ...question, id } as SpellQuestion);
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  return {
    async check(language, words) {
      const answer = await ask({ language, words });
      return answer && 'verdicts' in answer ? answer.verdicts : null;
    },
    async propose(language, word) {
      const answer = await ask({ language, word });
      return answer && 'proposals' in answer ? answer.proposals : [];
    },
    dispose() {
      worker?.terminate();
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
    },
  };
}
