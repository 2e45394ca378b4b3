import * as Y from 'yjs';
import type { WritingPlan } from './LoadCalls.ts';
import type { SyncClient } from './SyncClient.ts';

const WORDS = 'the guard wrote nothing down while others were waiting at gate until morning and nobody asked why'.split(
  ' ',
);
/** The caret moves elsewhere after so many edits, as people revise. */
const EDITS_A_PLACE = 50;
const AT_ONCE = 20;

/** A small seeded generator (mulberry32): numbers from 0 to 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Writes `edits` edits of two words each; every twentieth also takes away up to ten characters before the caret. Or of
 * one character each, as the plan says.
 * Returns the length of the text, once the observer has all of it and nothing is unacknowledged.
 */
export async function writeWords(writer: SyncClient, observer: SyncClient, plan: WritingPlan): Promise<number> {
  const random = createRandom(plan.seed);
  const { text, doc } = writer;
  const author = doc.clientID;
  const behind = (): number => Y.getState(doc.store, author) - Y.getState(observer.doc.store, author);
  const pick = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  let caret = text.length;
  for (let edit = 0; edit < plan.edits; edit += 1) {
    if (edit % EDITS_A_PLACE === 0) caret = Math.floor(random() * (text.length + 1));
    const takes = plan.characters === true && caret > 0 && random() < 0.4;
    const words = plan.characters ? (takes ? '' : pick().charAt(0)) : `${pick()} ${pick()} `;
    const removed = takes ? 1 : !plan.characters && edit % 20 === 19 ? Math.min(caret, Math.floor(random() * 10)) : 0;
    doc.transact(() => {
      if (removed > 0) text.delete(caret - removed, removed);
      if (words) text.insert(caret - removed, words);
    });
    caret += words.length - removed;
    if (edit % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    while (behind() > plan.windowCharacters) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  while (behind() > 0 || observer.text.length !== text.length || writer.unacknowledged() !== null)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return text.length;
}
