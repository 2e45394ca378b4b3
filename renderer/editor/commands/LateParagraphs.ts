import * as Y from 'yjs';
import type { Authors } from '../authorship/Authors.ts';
import { keepForFollowers, noteRewritten } from '../binding/LateWords.ts';

const LATE_ORIGIN = 'late-paragraphs';

/** Where paragraphs of which this window has put a copy elsewhere stand now, by document. */
const movedIn = new WeakMap<Y.Doc, WeakMap<Y.XmlElement, Y.XmlElement>>();

/** To be called for an element that this window takes away in favour of a copy. */
export function noteMoved(doc: Y.Doc, from: Y.XmlElement, to: Y.XmlElement): void {
  const moved = movedIn.get(doc) ?? new WeakMap<Y.XmlElement, Y.XmlElement>();
  movedIn.set(doc, moved.set(from, to));
}

/**
 * Keeps words that a partner typed, knowing nothing of it, into paragraphs which this window took away: where no letter
 * beside them stands elsewhere now (LateWords puts those in place), they come back in the copy of the paragraph, or as a
 * paragraph of their own where the old one was. Undo keeps what was taken away until then. [DO41] [DO54]
 */
export class LateParagraphs {
  readonly #doc: Y.Doc;
  readonly #authors: Authors;
  readonly #mayPlace: () => boolean;
  /** Texts and elements taken away: an empty paragraph has no text until a partner types there. */
  readonly #gone = new Set<unknown>();
  /** The text that late words of another go to, once there are some. */
  readonly #places = new Map<Y.XmlText, Y.XmlText>();
  readonly #found: Y.Item[] = [];
  #watching = false;

  constructor(doc: Y.Doc, authors: Authors, mayPlace: () => boolean) {
    this.#doc = doc;
    this.#authors = authors;
    this.#mayPlace = mayPlace;
    doc.on('afterTransaction', this.#onTransaction);
    doc.on('afterAllTransactions', this.#placeFound);
  }

  /** Whatever `take` takes away is looked after from now on. */
  watch(take: () => void): void {
    this.#watching = true;
    try {
      take();
    } finally {
      this.#watching = false;
    }
  }

  /** Paragraphs without a word that this window's own edit takes away are looked after as well: nobody meant a word to go. */
  watchEmpty(transaction: Y.Transaction): void {
    if (transaction.deleteSet.clients.size === 0 || !this.#mayPlace()) return;
    const blocks: Y.XmlElement[] = [];
    const held = new Set<unknown>();
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (!(struct instanceof Y.Item)) return;
      const type = struct.content instanceof Y.ContentType ? struct.content.type : null;
      if (type instanceof Y.XmlElement && type.nodeName === 'block') blocks.push(type);
      else if (type instanceof Y.XmlElement) held.add(type.parent);
      else if (struct.content instanceof Y.ContentString && struct.parent instanceof Y.XmlText)
        held.add(struct.parent.parent);
    });
    for (const block of blocks) if (!held.has(block)) this.#gone.add(block);
  }

  dispose(): void {
    this.#doc.off('afterTransaction', this.#onTransaction);
    this.#doc.off('afterAllTransactions', this.#placeFound);
    this.#gone.clear();
    this.#places.clear();
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (this.#watching) this.#noteGone(transaction);
    if (transaction.local || !this.#mayPlace() || (this.#gone.size === 0 && !movedIn.has(this.#doc))) return;
    for (const item of this.#findLate(transaction)) {
      keepForFollowers(item); // its letters would be dropped before they are put in place
      this.#found.push(item);
    }
  };

  /** Only when every editor has heard of all there was: it would write back what it does not know to be gone. */
  readonly #placeFound = (): void => {
    const late = this.#found.splice(0).filter((item) => this.#isFirst(item));
    if (late.length > 0) this.#doc.transact(() => late.forEach((item) => this.#keep(item)), LATE_ORIGIN);
  };

  #noteGone(transaction: Y.Transaction): void {
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return;
      const { type } = struct.content;
      if (type instanceof Y.XmlElement || (type instanceof Y.XmlText && type.parent instanceof Y.XmlElement))
        this.#gone.add(type);
    });
  }

  #isIn(parent: unknown): boolean {
    if (!(parent instanceof Y.XmlText) || !(parent.parent instanceof Y.XmlElement)) return false;
    const moved = movedIn.get(this.#doc);
    for (let at: unknown = parent; at instanceof Y.AbstractType; at = at.parent)
      if (this.#gone.has(at) || (at instanceof Y.XmlElement && at._item?.deleted && moved?.has(at))) return true;
    return false;
  }

  #findLate(transaction: Y.Transaction): Y.Item[] {
    const found: Y.Item[] = [];
    for (const [client, end] of transaction.afterState) {
      const start = transaction.beforeState.get(client) ?? 0;
      if (end <= start) continue;
      const structs = this.#doc.store.clients.get(client) ?? [];
      const news: Y.Item[] = [];
      for (let at = structs.length - 1; at >= 0; at--) {
        const struct = structs[at];
        if (!struct || struct.id.clock + struct.length <= start) break;
        if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
        if (this.#isIn(struct.parent)) news.push(struct);
      }
      found.push(...news.reverse());
    }
    return found;
  }

  /** Nobody has put the words anywhere yet. */
  #isFirst({ id }: Y.Item): boolean {
    return this.#authors.copiesOf(id.client, id.clock).every(({ isOriginal }) => isOriginal);
  }

  #keep(item: Y.Item): void {
    const gone = item.parent as Y.XmlText;
    if (!(item.content instanceof Y.ContentString)) return;
    const to = this.#placeOf(gone);
    if (!to) return;
    const written = { client: this.#doc.clientID, clock: Y.getState(this.#doc.store, this.#doc.clientID) };
    to.insert(to.length, item.content.str);
    this.#authors.noteCopy(written, { client: item.id.client, clock: item.id.clock, length: item.length });
    noteRewritten(this.#doc, written, item.length);
    keepForFollowers(item);
  }

  #placeOf(gone: Y.XmlText): Y.XmlText | null {
    const known = this.#places.get(gone);
    if (known && known._item?.deleted === false) return known;
    const block = gone.parent as Y.XmlElement;
    const text = new Y.XmlText();
    const copy = movedIn.get(this.#doc)?.get(block);
    if (copy?._item?.deleted === false) copy.insert(copy.length, [text]);
    else if (block._item?.deleted === false) insertBehind(gone, block, text);
    else {
      let element = block;
      let holder: unknown = block.parent;
      while (holder instanceof Y.XmlElement && !mayHold(holder)) [element, holder] = [holder, holder.parent];
      if (!(holder instanceof Y.XmlElement)) return null;
      const paragraph = new Y.XmlElement('block');
      const style: unknown = block._map.get('__blockStyle')?.content.getContent().at(-1);
      paragraph.setAttribute('__blockStyle', typeof style === 'string' ? style : 'plain');
      insertBehind(element, holder, paragraph);
      paragraph.insert(0, [text]);
    }
    this.#places.set(gone, text);
    return text;
  }
}

/** Whether it is there and paragraphs may stand in it: between the rows and cells of a table none may. */
function mayHold({ _item, nodeName }: Y.XmlElement): boolean {
  return _item?.deleted !== true && !['table', 'row'].includes(nodeName);
}

/** Puts something where a removed element was: behind it, or the nearest one before it that is still there. */
function insertBehind(gone: Y.XmlElement | Y.XmlText, holder: Y.XmlElement, added: Y.XmlElement | Y.XmlText): void {
  let left = gone._item;
  while (left && (left.deleted || !(left.content instanceof Y.ContentType))) left = left.left;
  const before = left && left.content instanceof Y.ContentType ? left.content.type : null;
  const index = before ? holder.toArray().indexOf(before as Y.XmlElement) + 1 : 0;
  holder.insert(index, [added]);
}
