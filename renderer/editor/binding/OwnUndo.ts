import * as Y from 'yjs';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { Authors } from '../authorship/Authors.ts';
import { mayUndoInsertion } from '../notes/NoteKeeper.ts';

/** Keys typed faster than this are one step. */
const STEP_MS = 500;
/** Elements that hold what people write; every other element is something written itself, a citation or an image. */
const HOLDERS: ReadonlySet<string> = new Set(['block', 'table', 'row', 'cell', 'note', 'linebreak']);

/** What one step inserted, as it stands at the moment it is taken back. */
interface Step {
  stackItem: Y.UndoManager['undoStack'][number];
  inserted: ReadonlySet<Y.Item>;
  /** Whether an element of the step keeps what somebody else wrote into it. */
  holds: Map<Y.Item, boolean>;
  /** Suggestions whose marks an element of the step keeps; null before they are asked for. */
  suggestions: ReadonlySet<string> | null;
}

/**
 * Undo and redo of this window's own edits. The library takes back an insertion with all that stands in it, so that
 * undoing an Enter or the first letter behind a citation would delete what a partner has written there since. Here an
 * element stays as long as it holds anything of somebody else, with its style and marks; one's own words in it go. [DO110]
 */
export class OwnUndo extends Y.UndoManager {
  readonly #authors: Authors;
  readonly #suggestions: Y.Map<unknown>;
  readonly #follow: (taken: Step['stackItem']) => void;
  #before: readonly Step['stackItem'][] = [];
  #step: Step | null = null;

  /** `scope` lists the roots that it spans, `suggestions` is the one with their records; `follow` is told after each step. */
  constructor(options: {
    scope: Extract<ConstructorParameters<typeof Y.UndoManager>[0], unknown[]>;
    trackedOrigins: Set<unknown>;
    authors: Authors;
    suggestions: Y.Map<unknown>;
    follow(taken: Step['stackItem']): void;
  }) {
    super(options.scope, { trackedOrigins: options.trackedOrigins, captureTimeout: STEP_MS });
    this.#authors = options.authors;
    this.#follow = options.follow;
    this.#suggestions = options.suggestions;
    this.deleteFilter = this.#mayTake;
  }

  override undo(): ReturnType<Y.UndoManager['undo']> {
    return this.#take('undoing', this.undoStack, () => super.undo());
  }

  override redo(): ReturnType<Y.UndoManager['redo']> {
    return this.#take('redoing', this.redoStack, () => super.redo());
  }

  /** One transaction for the words that come back and the record of whose they are: a partner never has one without the other. */
  #take(
    flag: 'undoing' | 'redoing',
    stack: readonly Step['stackItem'][],
    take: () => ReturnType<Y.UndoManager['undo']>,
  ): ReturnType<Y.UndoManager['undo']> {
    this.#before = [...stack];
    let popped: ReturnType<Y.UndoManager['undo']> = null;
    try {
      this.doc.transact(() => {
        popped = take();
        this[flag] = true; // the library takes it back here, and asks for it when the transaction ends
      }, this);
    } finally {
      this[flag] = false;
      this.#before = [];
      this.#step = null;
    }
    if (popped) this.#follow(popped);
    return popped;
  }

  readonly #mayTake = (item: Y.Item): boolean => {
    const step = this.#readStep();
    if (!step) return true;
    if (item.parentSub !== null)
      return !this.#isKeptRecord(item, item.parentSub, step) && !this.#isKeptMark(item, step);
    if (item.content instanceof Y.ContentString) return !this.#isLastCopy(item, step);
    return !(item.content instanceof Y.ContentType && isHolder(item.content.type)) || !this.#holds(item, step);
  };

  /** The step that the library is at; it goes on to the one before when a step changed nothing. */
  #readStep(): Step | null {
    const stack = this.undoing ? this.undoStack : this.redoStack;
    const stackItem = this.#before[stack.length];
    if (!stackItem || this.#step?.stackItem === stackItem) return this.#step;
    const inserted = readInserted(this.doc, stackItem);
    this.#step = { stackItem, inserted, holds: new Map(), suggestions: null };
    return this.#step;
  }

  /** Whether something in it stays that is not of this step, or of a note, which undo leaves whole. [DO32] */
  #holds(element: Y.Item, step: Step): boolean {
    const known = step.holds.get(element);
    if (known !== undefined) return known;
    const { type } = element.content as Y.ContentType;
    let holds = !mayUndoInsertion(element);
    for (let item = type._start; item !== null && !holds; item = item.right)
      if (!item.deleted && item.countable) holds = this.#stays(item, step);
    step.holds.set(element, holds);
    return holds;
  }

  #stays(item: Y.Item, step: Step): boolean {
    if (item.content instanceof Y.ContentType && isHolder(item.content.type)) return this.#holds(item, step);
    if (!step.inserted.has(item)) return true;
    return item.content instanceof Y.ContentString && this.#isLastCopy(item, step);
  }

  /**
   * Another's letters that this window wrote again, by a split or a join, where they cannot come back: somebody has
   * deleted the paragraph they were typed into since. Redo takes away what undo has brought back.
   */
  #isLastCopy(item: Y.Item, step: Step): boolean {
    if (!this.undoing) return false;
    const own = deviceOfClient(this.doc.clientID);
    return this.#authors
      .of(item.id.client, item.id.clock, item.length)
      .some(({ origin, author, length }) => author !== own && !this.#standsElsewhere(origin, length, step));
  }

  #standsElsewhere(origin: { client: number; clock: number }, length: number, step: Step): boolean {
    for (let at = 0; at < length; ) {
      const letter = { client: origin.client, clock: origin.clock + at };
      const found = [letter, ...this.#authors.copiesOf(letter.client, letter.clock)]
        .map((id) => latest(this.doc, id))
        .find((item) => item && !item.deleted && !step.inserted.has(item));
      if (!found) return false;
      at += 1;
    }
    return true;
  }

  /** Style, marks and fields that an element of the step got with it. */
  #isKeptMark(item: Y.Item, step: Step): boolean {
    const owner = (item.parent as Y.AbstractType<unknown>)._item;
    return owner !== null && step.inserted.has(owner) && this.#keeps(owner, step);
  }

  /** The record of a suggestion whose mark an element keeps: the suggestion stays to be answered. */
  #isKeptRecord(item: Y.Item, key: string, step: Step): boolean {
    if (item.parent !== this.#suggestions) return false;
    step.suggestions ??= new Set(
      [...step.inserted]
        .filter((owner) => !owner.deleted && this.#keeps(owner, step))
        .flatMap((owner) => [...(owner.content as Y.ContentType).type._map.keys()])
        .map((mark) => mark.slice(mark.lastIndexOf('_') + 1)),
    );
    return step.suggestions.has(key.slice(0, key.indexOf('/')));
  }

  #keeps(element: Y.Item, step: Step): boolean {
    return element.content instanceof Y.ContentType && isHolder(element.content.type) && this.#holds(element, step);
  }
}

function isHolder(type: unknown): type is Y.XmlText | Y.XmlElement {
  return type instanceof Y.XmlText || (type instanceof Y.XmlElement && HOLDERS.has(type.nodeName));
}

function readInserted(doc: Y.Doc, stackItem: Step['stackItem']): Set<Y.Item> {
  const found = new Set<Y.Item>();
  doc.transact((transaction) => {
    Y.iterateDeletedStructs(transaction, stackItem.insertions, (struct) => {
      const item = struct instanceof Y.Item ? latest(doc, struct.id) : null;
      if (item) found.add(item);
    });
  });
  return found;
}

/** The item with that letter or element, or what it became by undo and redo of this window. */
function latest(doc: Y.Doc, id: { client: number; clock: number }): Y.Item | null {
  let at = Y.createID(id.client, id.clock);
  for (;;) {
    if (Y.getState(doc.store, at.client) <= at.clock) return null;
    const item = Y.getItem(doc.store, at) as Y.Item | Y.GC;
    if (!(item instanceof Y.Item)) return null;
    if (item.redone === null) return item;
    at = Y.createID(item.redone.client, item.redone.clock + at.clock - item.id.clock);
  }
}
