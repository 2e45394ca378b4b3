import * as Y from 'yjs';
import type { Authors, StandingCopy } from '../authorship/Authors.ts';

const DOUBLED_ORIGIN = 'doubled-words';

interface Letter {
  client: number;
  clock: number;
}
interface Run extends Letter {
  length: number;
}

/**
 * Takes away what stands twice because two devices wrote the same letters again at once: both joined two texts that had
 * come to stand side by side, or both split one paragraph. The records of authorship say of which letter each is a copy.
 * Of several the last one stays: of the highest generation, then client and clock, since Yjs puts the second half of a
 * split by the higher client behind the other. Whoever writes a copy again gives it a higher generation than any it knows,
 * so that whatever has not arrived yet nobody takes away the one that stays of all, and none is lost. Deleting twice is
 * deleting once, so that all may do it, at any moment. An original is never taken away: a section that is moved stands
 * twice for a moment. [DO42]
 */
export class DoubledWords {
  readonly #doc: Y.Doc;
  readonly #authors: Authors;
  readonly #mayRemove: () => boolean;
  /** Letters that a record of the last transactions says to have been written more than once. */
  readonly #found: Run[] = [];

  constructor(doc: Y.Doc, authors: Authors, mayRemove: () => boolean) {
    this.#doc = doc;
    this.#authors = authors;
    this.#mayRemove = mayRemove;
    doc.on('afterTransaction', this.#onTransaction);
    doc.on('afterAllTransactions', this.#removeFound);
  }

  dispose(): void {
    this.#doc.off('afterTransaction', this.#onTransaction);
    this.#doc.off('afterAllTransactions', this.#removeFound);
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (transaction.local || !this.#mayRemove()) return;
    this.#found.push(...this.#authors.rewrittenTwice(transaction));
  };

  /** Only when every editor has heard of all there was: it would write back what it does not know to be gone. */
  readonly #removeFound = (): void => {
    const doubled = this.#found.splice(0).flatMap((range) => this.#findDoubled(range));
    if (doubled.length === 0) return;
    this.#doc.transact(() => {
      for (const run of joinLetters(doubled)) this.#remove(run);
    }, DOUBLED_ORIGIN);
  };

  /** Letters that stand although another copy of the same letter stays. */
  #findDoubled({ client, clock, length }: Run): Letter[] {
    const found: Letter[] = [];
    for (let at = 0; at < length; at += 1) {
      const copies = this.#authors
        .copiesOf(client, clock + at)
        .filter(({ isTold, isOriginal }) => isTold && !isOriginal)
        .map((copy) => ({ ...copy, item: standingItem(this.#doc, copy) }))
        .filter(({ item }) => item !== null);
      if (copies.length < 2) continue;
      const [stays, ...others] = copies.sort(comesLater);
      for (const copy of others) if (stays && letterOf(copy) === letterOf(stays)) found.push(copy);
    }
    return found;
  }

  /** Item by item: a letter of two units goes as one. */
  #remove({ client, clock, length }: Run): void {
    for (let at = clock; at < clock + length; ) {
      const item = standingItem(this.#doc, { client, clock: at });
      const step = item ? Math.min(clock + length, item.id.clock + item.length) - at : 1;
      const id = new Y.RelativePosition(null, null, Y.createID(client, at));
      const place = item && Y.createAbsolutePositionFromRelativePosition(id, this.#doc);
      if (place?.type instanceof Y.XmlText) place.type.delete(place.index, step);
      at += step;
    }
  }
}

/** [DO42] The first of two copies in this order is the one that stays. */
export function comesLater(one: StandingCopy, other: StandingCopy): number {
  return other.generation - one.generation || other.client - one.client || other.clock - one.clock;
}

function joinLetters(letters: readonly Letter[]): Run[] {
  const runs: Run[] = [];
  for (const { client, clock } of [...letters].sort((a, b) => a.client - b.client || a.clock - b.clock)) {
    const last = runs.at(-1);
    if (last?.client !== client || clock > last.clock + last.length) runs.push({ client, clock, length: 1 });
    else last.length = Math.max(last.length, clock + 1 - last.clock);
  }
  return runs;
}

/** The item with the letter, where that stands in a text; null where it does not. */
function standingItem(doc: Y.Doc, { client, clock }: Letter): (Y.Item & { content: Y.ContentString }) | null {
  if (Y.getState(doc.store, client) <= clock) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock)) as Y.Item | Y.GC;
  if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) return null;
  return item as Y.Item & { content: Y.ContentString };
}

function letterOf({ clock, item }: Letter & { item: ReturnType<typeof standingItem> }): string | undefined {
  return item?.content.str[clock - item.id.clock];
}
