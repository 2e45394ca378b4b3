import { $getRoot, type LexicalEditor, type NodeKey } from 'lexical';
import * as Y from 'yjs';
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import { $copySection, $removeOriginals } from '../commands/moveSection.ts';
import type { MoveTarget } from '../ReferenceApi.ts';

/** Characters of a run that was moved, and where their copies are. */
interface MovedRun {
  clock: number;
  length: number;
  /** The copy of its first character. */
  copy: Y.ID;
  to: Y.XmlText;
}

const MOVED_ORIGIN = 'moved';
/** Moves whose late words are still put in place; those before are too long ago to be under way. */
const MOVES_KEPT = 20;

/**
 * Moves sections. What a partner typed into one meanwhile arrives for blocks that are gone: this window, which moved
 * them, writes it where the words before it stand now. Undo keeps the removed blocks until then.
 */
export class SectionMover {
  readonly #editor: LexicalEditor;
  readonly #doc: Y.Doc;
  /** By text that is gone: its runs by client. */
  #moves: Map<Y.XmlText, Map<number, MovedRun[]>>[] = [];

  constructor(editor: LexicalEditor, doc: Y.Doc) {
    this.#editor = editor;
    this.#doc = doc;
    doc.on('afterTransaction', this.#onTransaction);
  }

  /** False when the section cannot go there. */
  move(blockKey: NodeKey, target: MoveTarget): boolean {
    let pairs: ReturnType<typeof $copySection> = null;
    this.#editor.update(
      () => {
        pairs = $copySection(blockKey, target);
      },
      { discrete: true },
    );
    if (pairs === null) return false;
    const copied: readonly { from: NodeKey; to: NodeKey }[] = pairs;
    this.#remember(copied);
    this.#editor.update(() => $removeOriginals(copied), { discrete: true });
    return true;
  }

  dispose(): void {
    this.#doc.off('afterTransaction', this.#onTransaction);
    this.#moves = [];
  }

  #remember(pairs: readonly { from: NodeKey; to: NodeKey }[]): void {
    const keys = this.#editor.read(() => $getRoot().getChildrenKeys());
    const elements = this.#doc.get(BODY_ROOT, Y.XmlElement).toArray();
    const move = new Map<Y.XmlText, Map<number, MovedRun[]>>();
    for (const { from, to } of pairs) {
      const [before, after] = [from, to].map((key) => textsOf(elements[keys.indexOf(key)]));
      before?.forEach((text, position) => {
        const copy = after?.[position];
        if (copy && copy.length === text.length) move.set(text, runsOf(text, copy));
      });
    }
    this.#moves = [...this.#moves, move].slice(-MOVES_KEPT);
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (this.#moves.length === 0 || transaction.local) return;
    for (const [client, end] of transaction.afterState) {
      const start = transaction.beforeState.get(client) ?? 0;
      if (end <= start) continue;
      const structs = this.#doc.store.clients.get(client) ?? [];
      for (let at = structs.length - 1; at >= 0; at--) {
        const struct = structs[at];
        if (!struct || struct.id.clock + struct.length <= start) break;
        if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
        const runs = this.#moves.map((move) => move.get(struct.parent as Y.XmlText)).find((found) => found);
        if (runs) this.#late.unshift({ item: struct, words: struct.content.str, runs });
      }
    }
    const late = this.#late.splice(0);
    if (late.length > 0) this.#doc.transact(() => late.forEach(putInPlace), MOVED_ORIGIN);
  };

  readonly #late: LateWords[] = [];
}

interface LateWords {
  item: Y.Item;
  words: string;
  runs: Map<number, MovedRun[]>;
}

/** Writes late words behind the copy of what they were typed behind, or at the start. */
function putInPlace({ item, words, runs }: LateWords): void {
  const { origin } = item;
  const behind =
    origin &&
    runs.get(origin.client)?.find((run) => run.clock <= origin.clock && origin.clock < run.clock + run.length);
  const to = behind ? behind.to : runs.values().next().value?.[0]?.to;
  const { doc } = to ?? {};
  if (!to || !doc || to._item?.deleted) return;
  let index = 0;
  if (behind && origin) {
    const id = Y.createID(behind.copy.client, behind.copy.clock + origin.clock - behind.clock);
    const place = Y.createAbsolutePositionFromRelativePosition(new Y.RelativePosition(null, null, id, -1), doc);
    if (place?.type !== to) return;
    index = place.index;
  }
  const clock = Y.getState(doc.store, doc.clientID);
  to.insert(index, words);
  const known = runs.get(item.id.client) ?? [];
  known.push({ clock: item.id.clock, length: item.length, copy: Y.createID(doc.clientID, clock), to });
  runs.set(item.id.client, known);
}

function textsOf(element: unknown): Y.XmlText[] {
  return element instanceof Y.XmlElement
    ? element.toArray().filter((child): child is Y.XmlText => child instanceof Y.XmlText)
    : [];
}

/** The visible characters of a text, each run with the place of its copy. */
function runsOf(text: Y.XmlText, copy: Y.XmlText): Map<number, MovedRun[]> {
  const copies: Y.ID[] = [];
  for (const item of wordsOf(copy))
    for (let at = 0; at < item.length; at++) copies.push(Y.createID(item.id.client, item.id.clock + at));
  const runs = new Map<number, MovedRun[]>();
  let offset = 0;
  for (const item of wordsOf(text)) {
    for (let at = 0; at < item.length; ) {
      const first = copies[offset] as Y.ID;
      let length = 1;
      while (at + length < item.length) {
        const next = copies[offset + length] as Y.ID;
        if (next.client !== first.client || next.clock !== first.clock + length) break;
        length += 1;
      }
      const known = runs.get(item.id.client) ?? [];
      known.push({ clock: item.id.clock + at, length, copy: first, to: copy });
      runs.set(item.id.client, known);
      at += length;
      offset += length;
    }
  }
  return runs;
}

function* wordsOf(text: Y.XmlText): Generator<Y.Item> {
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentString) yield item;
}
