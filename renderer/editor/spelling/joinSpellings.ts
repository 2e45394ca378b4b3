import type { Misspelling, SpellingApi } from '../SpellingApi.ts';
import type { Spelling } from './Spelling.ts';

/** One spell-check over several texts, in their order; `getActive` is the one that the caret was in last. */
export function joinSpellings(texts: readonly Spelling[], getActive: () => Spelling): SpellingApi {
  return {
    find(point) {
      if (!point) return getActive().find(null);
      for (const text of texts) {
        const found = text.find(point);
        if (found) return found;
      }
      return null;
    },
    async next(): Promise<Misspelling | null> {
      const active = getActive();
      const at = texts.indexOf(active);
      const found = await active.next('caret');
      if (found) return found;
      // Once round, and from its start for what lies before the caret.
      for (const text of [...texts.slice(at + 1), ...texts.slice(0, at + 1)]) {
        const next = await text.next('start');
        if (next) return next;
      }
      return null;
    },
    propose: (misspelling) => getActive().propose(misspelling),
    replace: (misspelling, word) => texts.some((text) => text.replace(misspelling, word)),
    ignore(word) {
      for (const text of texts) text.ignore(word);
    },
  };
}
