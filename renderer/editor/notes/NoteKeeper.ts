import * as Y from 'yjs';
import {
  addNote,
  clearNote,
  copyBlocks,
  fillNote,
  findNotes,
  findReferred,
  isBlankNote,
  noteIdOf,
} from './noteElements.ts';

/**
 * Keeps references and notes together, in the transaction of the edit itself, so that a partner never has one without
 * the other. [DO30]
 */
export class NoteKeeper {
  readonly #doc: Y.Doc;
  /** What stood in notes whose reference went in this window: pasting the reference brings it back. */
  readonly #cut = new Map<string, Y.XmlElement[]>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** To be called at the end of a transaction in which this window wrote the body. */
  keep(transaction: Y.Transaction): void {
    this.#addMissing(readAdded(transaction));
    this.#clearOrphans(readRemoved(transaction));
  }

  #addMissing(added: ReadonlySet<string>): void {
    for (const id of added) {
      const notes = findNotes(this.#doc, new Set([id]));
      const kept = this.#cut.get(id);
      if (notes.length === 0) addNote(this.#doc, id);
      const [note] = notes.length > 0 ? notes : findNotes(this.#doc, new Set([id]));
      if (kept && note && isBlankNote(note)) fillNote(note, kept);
      this.#cut.delete(id);
    }
  }

  #clearOrphans(removed: ReadonlySet<string>): void {
    if (removed.size === 0) return;
    const referred = findReferred(this.#doc, removed);
    const gone = new Set([...removed].filter((id) => !referred.has(id)));
    for (const note of findNotes(this.#doc, gone)) {
      if (isBlankNote(note)) continue;
      const id = noteIdOf(note);
      if (id !== null) this.#cut.set(id, copyBlocks(note));
      clearNote(note);
    }
  }
}

/** Notes that this window's own new elements refer to. */
function readAdded(transaction: Y.Transaction): Set<string> {
  const { doc } = transaction;
  const ids = new Set<string>();
  const structs = doc.store.clients.get(doc.clientID) ?? [];
  const first = transaction.beforeState.get(doc.clientID) ?? 0;
  for (let index = structs.length - 1; index >= 0; index -= 1) {
    const struct = structs[index] as Y.Item | Y.GC;
    if (struct.id.clock + struct.length <= first) break;
    const id = struct.deleted ? null : referenceOf(struct);
    if (id !== null) ids.add(id);
  }
  return ids;
}

function readRemoved(transaction: Y.Transaction): Set<string> {
  const ids = new Set<string>();
  if (transaction.deleteSet.clients.size === 0) return ids;
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    const id = referenceOf(struct);
    if (id !== null) ids.add(id);
  });
  return ids;
}

function referenceOf(struct: Y.AbstractStruct): string | null {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return null;
  const { type } = struct.content;
  return type instanceof Y.XmlElement && type.nodeName === 'footnote' ? noteIdOf(type) : null;
}

/**
 * For the undo manager: undoing the insertion of a footnote takes away the reference and one's own words. The note with
 * its first paragraph stays, so that a partner's words in it stay. [DO30]
 */
export function mayUndoInsertion(item: Y.Item): boolean {
  if (!(item.content instanceof Y.ContentType)) return true;
  const { type } = item.content;
  // The text that one's own words began holds a partner's as well; the words go one by one.
  if (type instanceof Y.XmlText) return !(item.parent instanceof Y.XmlElement && noteIdOf(item.parent.parent) !== null);
  if (!(type instanceof Y.XmlElement)) return true;
  if (type.nodeName === 'note') return false;
  return !(type.nodeName === 'block' && item.left === null && noteIdOf(item.parent) !== null);
}
