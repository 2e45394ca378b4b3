// Over 400 lines: where words belong, whose task it is and how they get there rest on the same letters and records.
import * as Y from 'yjs';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { Authors, StandingCopy } from '../authorship/Authors.ts';
import { comesLater } from './DoubledWords.ts';

const LATE_ORIGIN = 'late-words';
/** How often one device carries the same words on: within a text that stands, and out of one that is gone. */
const MOST_CARRIED = 2;
const MOST_SAVED = 4;

/** Letters that this window wrote again by its own edits, as clocks of its client in rising order, by document. */
const rewrittenIn = new WeakMap<Y.Doc, { client: number; from: number; to: number }[]>();

/** To be called for what a split, a join or a move of this window wrote again. */
export function noteRewritten(doc: Y.Doc, target: { client: number; clock: number }, length: number): void {
  const ranges = rewrittenIn.get(doc) ?? [];
  rewrittenIn.set(doc, ranges);
  const last = ranges.at(-1);
  if (last?.client === target.client && last.to === target.clock) last.to += length;
  else ranges.push({ client: target.client, from: target.clock, to: target.clock + length });
}

/** What stands in something removed is dropped at the end of its transaction, and what comes behind it later with it. */
export function keepForFollowers(item: Y.Item): void {
  for (let at: Y.Item | null = item; at !== null && !at.keep; at = (at.parent as Y.AbstractType<unknown>)._item)
    at.keep = true;
}

function wasRewritten(doc: Y.Doc, { client, clock }: { client: number; clock: number }): boolean {
  return (rewrittenIn.get(doc) ?? []).some(
    (range) => range.client === client && range.from <= clock && clock < range.to,
  );
}

/** Words of a partner that were typed beside letters which this device has meanwhile written elsewhere. */
interface LateRun {
  item: Y.Item;
  words: string;
  attributes: Record<string, unknown>;
  /** The letter they were typed behind, or in front of where they began the paragraph. */
  beside: Y.ID;
  isBehind: boolean;
  /** The letter stands in the same text again, elsewhere: an undo brought it back. */
  isInText: boolean;
  /** How many citations, references and the like stand between that letter and the words, which begin a text of their own. */
  past: number;
}

/**
 * Puts words in place that a partner typed while this device split, joined or moved the paragraph they were typed into:
 * the letters around them stand elsewhere now, and by itself a shared text leaves what comes late where those letters were,
 * at the end of the first half or in a paragraph that is gone. Whoever wrote the letters again does it, and nobody else, so
 * that it is done once, while its window is open; the records of authorship say of which letter each one is a copy. [DO41]
 */
export class LateWords {
  readonly #doc: Y.Doc;
  readonly #authors: Authors;
  readonly #mayPlace: () => boolean;
  /** Where this window put late words, as clocks of its client. */
  readonly #placed = new Set<number>();

  readonly #found: LateRun[] = [];
  /** Words in texts that are gone, for which there is no place yet. */
  readonly #waiting = new Set<Y.Item>();
  /** How often this window carried the words that begin with that letter, by where it was typed first. */
  readonly #carried = new Map<string, number>();

  constructor(doc: Y.Doc, authors: Authors, mayPlace: () => boolean) {
    this.#doc = doc;
    this.#authors = authors;
    this.#mayPlace = mayPlace;
    doc.on('afterTransaction', this.#onTransaction);
    doc.on('afterAllTransactions', this.#placeFound);
  }

  dispose(): void {
    this.#doc.off('afterTransaction', this.#onTransaction);
    this.#doc.off('afterAllTransactions', this.#placeFound);
  }

  /**
   * To be called after an undo or a redo, with what it took away: what partners wrote among those letters goes to where
   * the letters stand again. [DO110]
   */
  follow(taken: Parameters<typeof Y.iterateDeletedStructs>[1]): void {
    if (!this.#mayPlace()) return;
    this.#doc.transact((transaction) => {
      const texts = new Set<Y.XmlText>();
      Y.iterateDeletedStructs(transaction, taken, (struct) => {
        if (struct instanceof Y.Item && struct.deleted && struct.parent instanceof Y.XmlText) texts.add(struct.parent);
      });
      const late: LateRun[] = [];
      const items = new Set<Y.Item>();
      for (const text of texts) {
        if (text._item?.deleted) continue;
        for (let item = text._start; item !== null; item = item.right) {
          if (item.deleted || (item.id.client === this.#doc.clientID && !this.#placed.has(item.id.clock))) continue;
          const run = this.#readLate(item, items);
          if (!run) continue;
          items.add(item);
          late.push(run);
        }
      }
      for (const run of inOrder(late)) this.#putInPlace(run);
    }, LATE_ORIGIN);
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (transaction.local || !this.#mayPlace()) return;
    for (const run of this.#findLate(transaction)) {
      if (run.item.deleted) keepForFollowers(run.item); // its letters would be dropped before they are put in place
      this.#found.push(run);
    }
  };

  /** Only when every editor has heard of all there was: it would write back what it does not know to be gone. */
  readonly #placeFound = (): void => {
    const late = this.#found.splice(0);
    if (late.length === 0) return;
    this.#doc.transact(() => {
      for (const run of inOrder(late)) this.#putInPlace(run);
    }, LATE_ORIGIN);
  };

  /** In the order they were typed, so that what was typed behind late words finds those in their new place. */
  #findLate(transaction: Y.Transaction): LateRun[] {
    const found: LateRun[] = [];
    const items = new Set<Y.Item>();
    for (const [client, end] of transaction.afterState) {
      const start = transaction.beforeState.get(client) ?? 0;
      if (end <= start) continue;
      const structs = this.#doc.store.clients.get(client) ?? [];
      const news: Y.Item[] = [];
      for (let at = structs.length - 1; at >= 0; at--) {
        const struct = structs[at];
        if (!struct || struct.id.clock + struct.length <= start) break;
        if (struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.parentSub === null)
          news.push(struct);
      }
      for (const item of news.reverse()) {
        const run = this.#readLate(item, items);
        if (!run) continue;
        items.add(item);
        found.push(run);
      }
    }
    for (const item of [...this.#waiting]) {
      this.#waiting.delete(item);
      const run = this.#readLate(item, items);
      if (!run) continue;
      items.add(item);
      found.push(run);
    }
    return found;
  }

  #readLate(item: Y.Item, late: ReadonlySet<Y.Item>): LateRun | null {
    const parent = item.parent;
    if (!(parent instanceof Y.XmlText) || !(item.content instanceof Y.ContentString)) return null;
    const isLost = parent._item?.deleted === true;
    // In a text that is gone everything is deleted at once. What its author removed again comes without its letters.
    if (item.deleted && !isLost) return null;
    // Two devices could otherwise carry the same words to and fro for ever.
    if (this.#timesCarried(item) >= (isLost ? MOST_SAVED : MOST_CARRIED)) return null;
    if (isLost && this.#isSaved(item)) return null;
    const beside = item.origin ?? item.rightOrigin;
    const run = { item, words: item.content.str, attributes: attributesAt(item, isLost) };
    if (!beside) {
      const before = this.#letterBefore(parent);
      if (before) return { ...run, ...before, isBehind: true, isInText: false };
      if (isLost && this.#wroteFrom(parent)) this.#wait(item);
      return null;
    }
    const follows = [...late].some(({ id, length }) => holds(id, length, beside));
    if (follows || (isGone(this.#doc, beside) && this.#copyOf(beside, parent)))
      return { ...run, beside, isBehind: item.origin !== null, isInText: false, past: 0 };
    if (isLost) {
      const nearest = this.#nearest(item, parent) ?? this.#letterBefore(parent);
      if (nearest) return { ...run, isBehind: true, isInText: false, past: 0, ...nearest };
      if (this.#wroteFrom(parent)) this.#wait(item);
      return null;
    }
    const passed = this.#passedBy(item, parent);
    return passed && { ...run, ...passed, isInText: true, past: 0 };
  }

  /** The neighbour that an undo of this window brought back on the wrong side of the words, not knowing of them. */
  #passedBy(item: Y.Item, parent: Y.XmlText): { beside: Y.ID; isBehind: boolean } | null {
    for (const [beside, isBehind] of [
      [item.origin, true],
      [item.rightOrigin, false],
    ] as const) {
      const copy = beside && isGone(this.#doc, beside) ? this.#copyOf(beside, parent, true) : null;
      const place = copy && itemOf(this.#doc, copy.id);
      if (beside && place && (isBehind ? goesBefore(item, place) : goesBefore(place, item)))
        return { beside, isBehind };
    }
    return null;
  }

  /** The letter that stands elsewhere and stood nearest to words in a text that is gone: before them, or else behind them. */
  #nearest(item: Y.Item, parent: Y.XmlText): { beside: Y.ID; isBehind: boolean } | null {
    for (const isBehind of [true, false]) {
      const next = (at: Y.Item): Y.Item | null => (isBehind ? at.left : at.right) as Y.Item | null;
      for (let at = next(item); at !== null; at = next(at)) {
        if (!(at.content instanceof Y.ContentString)) continue;
        for (let step = 0; step < at.length; step += 1) {
          const beside = Y.createID(at.id.client, at.id.clock + (isBehind ? at.length - 1 - step : step));
          if (this.#copyOf(beside, parent)) return { beside, isBehind };
        }
      }
    }
    return null;
  }

  /** Whether this device wrote any letter of the text elsewhere, so that what comes late is for it to put in place. */
  #wroteFrom(text: Y.XmlText): boolean {
    for (let item = text._start; item !== null; item = item.right)
      if (item.content instanceof Y.ContentString && this.#ownCopies(item.id).length > 0) return true;
    return false;
  }

  /** Until whoever wrote the letters around it once more has told where they stand. */
  #wait(item: Y.Item): void {
    this.#waiting.add(item);
    keepForFollowers(item);
  }

  /** Whether the words stand somewhere again already. */
  #isSaved({ id }: Y.Item): boolean {
    return this.#authors.copiesOf(id.client, id.clock).some((copy) => !copy.isOriginal && !isGone(this.#doc, copy));
  }

  /** How often this device has carried the words, by their first letter. */
  #timesCarried({ id, length }: Y.Item): number {
    const [first] = this.#authors.of(id.client, id.clock, length);
    return first ? (this.#carried.get(placeOf(first.origin)) ?? 0) : 0;
  }

  /** For the first words of a text, behind a citation in a paragraph that is gone: the letter before that citation. */
  #letterBefore(text: Y.XmlText): { beside: Y.ID; past: number } | null {
    if (!(text.parent instanceof Y.XmlElement) || text.parent._item?.deleted !== true) return null;
    let past = 0;
    for (let left = text._item?.left ?? null; left !== null; left = left.left) {
      if (!(left.content instanceof Y.ContentType)) continue;
      const beside = left.content.type instanceof Y.XmlText ? this.#lastCopied(left.content.type, text) : null;
      if (beside) return { beside, past };
      if (left.content.type instanceof Y.XmlElement) past += 1;
    }
    return null;
  }

  /** The last letter of a text that this device has written elsewhere. */
  #lastCopied(from: Y.XmlText, to: Y.XmlText): Y.ID | null {
    let last: Y.ID | null = null;
    for (let item = from._start; item !== null; item = item.right) {
      const end = Y.createID(item.id.client, item.id.clock + item.length - 1);
      if (item.content instanceof Y.ContentString && this.#copyOf(end, to)) last = end;
    }
    return last;
  }

  #putInPlace({ item, words, attributes, beside, isBehind, isInText, past }: LateRun): void {
    const parent = item.parent as Y.XmlText;
    if (item.deleted && (parent._item?.deleted !== true || this.#isSaved(item))) return;
    const copy = this.#copyOf(beside, parent, isInText);
    const to = copy?.parent;
    if (!copy || !(to instanceof Y.XmlText)) return;
    const index = indexOf(this.#doc, copy.id);
    if (index === null) return;
    const further = past > 0 ? textBehind(to, past) : null;
    const written = writeWords(further ?? to, further ? 0 : index + (isBehind ? 1 : 0), words, attributes);
    if (!written) return;
    const { length } = words; // the item itself may have been cut since it was read
    for (const { origin } of this.#authors.of(item.id.client, item.id.clock, length))
      this.#carried.set(placeOf(origin), (this.#carried.get(placeOf(origin)) ?? 0) + 1);
    this.#authors.noteCopy(written, { client: item.id.client, clock: item.id.clock, length });
    noteRewritten(this.#doc, written, length);
    this.#placed.add(written.clock);
    if (item.deleted) return keepForFollowers(item);
    for (let clock = item.id.clock; clock < item.id.clock + length; ) {
      const id = Y.createID(item.id.client, clock);
      const piece = itemOf(this.#doc, id);
      const end = Math.min(item.id.clock + length, piece ? piece.id.clock + piece.length : clock + 1);
      const at = indexOf(this.#doc, id);
      if (at !== null) parent.delete(at, end - clock);
      clock = end;
    }
  }

  /**
   * The letter that stands in place of another that this device once wrote again, in another text or in the same; null when
   * there is none. It is this device's own, or where that is gone whichever stays of all.
   */
  #copyOf(id: Y.ID, parent: Y.XmlText, isInText = false): { id: Y.ID; parent: unknown } | null {
    const copies = this.#authors.copiesOf(id.client, id.clock).filter(({ isOriginal }) => !isOriginal);
    const own = this.#ownCopies(id);
    if (own.length === 0) return null;
    const standing = own.filter((copy) => !isGone(this.#doc, copy));
    const told = copies.filter((copy) => copy.isTold && !isGone(this.#doc, copy)).sort(comesLater);
    for (const copy of standing.length > 0 ? standing : told) {
      const item = itemOf(this.#doc, copy);
      if (item && (item.parent === parent) === isInText)
        return { id: Y.createID(copy.client, copy.clock), parent: item.parent };
    }
    return null;
  }

  #ownCopies(id: Y.ID): StandingCopy[] {
    const own = deviceOfClient(this.#doc.clientID);
    return this.#authors
      .copiesOf(id.client, id.clock)
      .filter((copy) => !copy.isOriginal && deviceOfClient(copy.client) === own && wasRewritten(this.#doc, copy));
  }
}

/** What stands beside other late words comes after those, so that it finds them in their new place. */
function inOrder(runs: readonly LateRun[]): LateRun[] {
  const ordered = new Set<LateRun>();
  const begun = new Set<LateRun>();
  const add = (run: LateRun): void => {
    if (begun.has(run)) return;
    begun.add(run);
    for (const other of runs) if (holds(other.item.id, other.words.length, run.beside)) add(other);
    ordered.add(run);
  };
  runs.forEach(add);
  return [...ordered];
}

/** Inserts the words and gives the place of their first letter; marks, which take clocks of their own, may stand before it. */
function writeWords(text: Y.XmlText, index: number, words: string, attributes: Record<string, unknown>): Y.ID | null {
  const { doc } = text;
  if (!doc) return null;
  const before = Y.getState(doc.store, doc.clientID);
  text.insert(index, words, attributes);
  const structs = doc.store.clients.get(doc.clientID) ?? [];
  for (let at = structs.length - 1; at >= 0; at--) {
    const struct = structs[at];
    if (!(struct instanceof Y.Item) || struct.id.clock + struct.length <= before) return null;
    // joined to what this device wrote before, it ends where the words end
    if (struct.content instanceof Y.ContentString)
      return Y.createID(doc.clientID, struct.id.clock + struct.length - words.length);
  }
  return null;
}

/** The text behind so many citations and the like, which stand behind that text; a new one where there is none. */
function textBehind(text: Y.XmlText, past: number): Y.XmlText | null {
  const block = text.parent;
  if (!(block instanceof Y.XmlElement)) return null;
  const children = block.toArray();
  let at = children.indexOf(text) + 1;
  for (let left = past; left > 0 && children[at] instanceof Y.XmlElement; left -= 1) at += 1;
  const next = children[at];
  if (next instanceof Y.XmlText) return next;
  const begun = new Y.XmlText();
  block.insert(at, [begun]);
  return begun;
}

function placeOf({ client, clock }: { client: number; clock: number }): string {
  return `${client}/${clock}`;
}

/** Deleted, or not here at all. */
function isGone(doc: Y.Doc, id: Y.ID): boolean {
  return itemOf(doc, id)?.deleted !== false;
}

function itemOf(doc: Y.Doc, id: Y.ID): Y.Item | null {
  if (Y.getState(doc.store, id.client) <= id.clock) return null;
  const item = Y.getItem(doc.store, id) as Y.Item | Y.GC;
  return item instanceof Y.Item ? item : null;
}

/** Of two items of one text. */
function goesBefore(one: Y.Item, other: Y.Item): boolean {
  for (let item = one.right; item !== null; item = item.right) if (item === other) return true;
  return false;
}

function holds(id: Y.ID, length: number, wanted: Y.ID): boolean {
  return id.client === wanted.client && id.clock <= wanted.clock && wanted.clock < id.clock + length;
}

/** Index of a letter in its text; null when it is not shown. */
function indexOf(doc: Y.Doc, id: Y.ID): number | null {
  const item = itemOf(doc, id);
  if (!item || item.deleted) return null;
  return (
    Y.createAbsolutePositionFromRelativePosition(
      new Y.RelativePosition(null, null, Y.createID(id.client, id.clock)),
      doc,
    )?.index ?? null
  );
}

/** What the words look like where they were typed. In a text that is gone, deleted looks count as well. */
function attributesAt(item: Y.Item, isLost: boolean): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (let at = (item.parent as Y.XmlText)._start; at !== null && at !== item; at = at.right) {
    if (!(at.content instanceof Y.ContentFormat) || (at.deleted && !isLost)) continue;
    const { key, value } = at.content;
    if (value === null) delete attributes[key];
    else attributes[key] = value;
  }
  return attributes;
}
