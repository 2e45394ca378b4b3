import { $getRoot, type LexicalEditor, type NodeKey } from 'lexical';
import * as Y from 'yjs';
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import { Authors } from '../authorship/Authors.ts';
import { noteMoved } from '../commands/LateParagraphs.ts';
import { $copySection, $removeOriginals } from '../commands/moveSection.ts';
import type { MoveTarget } from '../ReferenceApi.ts';
import { noteRewritten } from './LateWords.ts';

/**
 * Moves sections: a copy, then the originals go. The copies keep the authors of each letter, and what a partner typed into
 * the section meanwhile is put in place by them. [DO41]
 */
export class SectionMover {
  readonly #editor: LexicalEditor;
  readonly #doc: Y.Doc;
  readonly #authors: Authors;

  constructor(editor: LexicalEditor, doc: Y.Doc) {
    this.#editor = editor;
    this.#doc = doc;
    this.#authors = new Authors(doc);
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
    this.#noteCopies(copied);
    this.#editor.update(() => $removeOriginals(copied), { discrete: true });
    return true;
  }

  dispose(): void {
    this.#authors.dispose();
  }

  #noteCopies(pairs: readonly { from: NodeKey; to: NodeKey }[]): void {
    const keys = this.#editor.read(() => $getRoot().getChildrenKeys());
    const elements = this.#doc.get(BODY_ROOT, Y.XmlElement).toArray();
    this.#doc.transact(() => {
      for (const { from, to } of pairs) {
        const [original, copied] = [from, to].map((key) => elements[keys.indexOf(key)]);
        this.#noteElements(original, copied);
        const [before, after] = [textsOf(original), textsOf(copied)];
        before.forEach((text, position) => {
          const copy = after[position];
          if (copy?.length === text.length) this.#noteCopy(text, copy);
        });
      }
    }, 'moved');
  }

  /** Paragraphs in which nobody has written yet have no letter beside which a partner's first words could be put. */
  #noteElements(original: unknown, copy: unknown): void {
    if (!(original instanceof Y.XmlElement) || !(copy instanceof Y.XmlElement)) return;
    if (original.nodeName === 'block') return noteMoved(this.#doc, original, copy);
    const copies = copy.toArray();
    for (const [at, child] of original.toArray().entries()) this.#noteElements(child, copies[at]);
  }

  #noteCopy(text: Y.XmlText, copy: Y.XmlText): void {
    const copies = wordsOf(copy);
    let [to, offset] = [copies.next().value, 0];
    for (const { id, length } of wordsOf(text)) {
      for (let at = 0; at < length && to; ) {
        const step = Math.min(length - at, to.length - offset);
        const target = { client: to.id.client, clock: to.id.clock + offset };
        this.#authors.noteCopy(target, { client: id.client, clock: id.clock + at, length: step });
        noteRewritten(this.#doc, target, step);
        at += step;
        offset += step;
        if (offset === to.length) [to, offset] = [copies.next().value, 0];
      }
    }
  }
}

function textsOf(element: unknown): Y.XmlText[] {
  return element instanceof Y.XmlElement
    ? element.toArray().flatMap((child) => (child instanceof Y.XmlText ? [child] : textsOf(child)))
    : [];
}

function* wordsOf(text: Y.XmlText): Generator<Y.Item, undefined> {
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentString) yield item;
}
