import * as Y from 'yjs';
import { COLLECTION_NAMES, META_ROOT } from '../domain/collections.ts';
import { readBodyBlocks } from './bodyBlocks.ts';
import { sortCarried } from './sortCarried.ts';

/** A window's own changes since main let go of its document. */
export interface Unsent {
  /** One by one, in their order. */
  updates: Uint8Array[];
  /** The paragraphs' texts by their ids, as main knows them. */
  texts: ReadonlyMap<string, string>;
}

/** A paragraph that has no place in the new document; `before` is how main knows it, empty when it does not. */
export interface LatePassage {
  before: string;
  text: string;
}

/** To be called when a window is asked for the last of its document. */
export function beginUnsent(doc: Y.Doc): Unsent {
  return { updates: [], texts: new Map(readBodyBlocks(doc).map(({ id, text }) => [id, text])) };
}

/**
 * Brings what a person changed in `old` since main let go of it into the document that takes its place, in one step.
 * Changes that rest on something it no longer has are not applied: of these, fields of records are written again, and
 * the paragraphs they are in are given back, to be kept beside the complaint. [SY55]
 */
export function carryOver(old: Y.Doc, { updates, texts }: Unsent, next: Y.Doc, readOnly: boolean): LatePassage[] {
  const { fits, refused } = readOnly ? { fits: [], refused: updates } : sortCarried(next, updates);
  for (const update of fits) Y.applyUpdate(next, update, 'carried');
  const from = firstClock(refused, old.clientID);
  if (from === null) return [];
  if (!readOnly) writeRecordsAgain(old, from, next);
  const here = new Set(readBodyBlocks(next).map(({ text }) => text));
  return readBodyBlocks(old)
    .filter(({ text, clients }) => (clients.get(old.clientID) ?? 0) > from && text.trim() !== '' && !here.has(text))
    .map(({ id, text }) => ({ before: texts.get(id) ?? '', text }));
}

/** Null when they hold nothing that was written, only deletions. */
function firstClock(updates: readonly Uint8Array[], client: number): number | null {
  const clocks = updates.flatMap((update) => Y.parseUpdateMeta(update).from.get(client) ?? []);
  return clocks.length === 0 ? null : Math.min(...clocks);
}

function writeRecordsAgain(old: Y.Doc, from: number, next: Y.Doc): void {
  next.transact(() => {
    for (const name of [...COLLECTION_NAMES, META_ROOT]) {
      const map = next.getMap(name);
      for (const [key, { id, deleted, content }] of old.getMap(name)._map) {
        if (id.client !== old.clientID || id.clock < from || deleted) continue;
        const value = content.getContent().at(-1) as unknown;
        if (map.get(key) !== value) map.set(key, value);
      }
    }
  }, 'carried');
}
