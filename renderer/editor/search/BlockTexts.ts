import {
  $getNodeByKey,
  $getRoot,
  $isElementNode,
  $isLineBreakNode,
  $isTextNode,
  type ElementNode,
  type LexicalEditor,
  type NodeKey,
} from 'lexical';
import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';
import { OBJECT } from '../../../shared/domain/search/buildMatcher.ts';
import { complaintLanguage, onComplaintLanguage } from '../language/complaintLanguage.ts';
import { $getOwnLanguage } from '../language/languageState.ts';

/** The words of one block and which node holds which of them. */
export interface BlockText {
  key: NodeKey;
  text: string;
  segments: readonly { key: NodeKey; start: number; end: number; language: PassageLanguage }[];
}

/** Reads a block that holds words; what is no text (a citation, a person) counts as one character. */
export function $readBlockText(block: ElementNode): BlockText {
  const segments: BlockText['segments'][number][] = [];
  const around = $getOwnLanguage(block) ?? complaintLanguage();
  let text = '';
  const read = (parent: ElementNode): void => {
    for (let node = parent.getFirstChild(); node !== null; node = node.getNextSibling()) {
      if ($isTextNode(node)) {
        const words = node.getTextContent();
        const language = $getOwnLanguage(node) ?? around;
        segments.push({ key: node.getKey(), start: text.length, end: text.length + words.length, language });
        text += words;
      } else if ($isLineBreakNode(node)) text += '\n';
      else if ($isElementNode(node) && node.isInline()) read(node);
      else text += OBJECT;
    }
  };
  read(block);
  return { key: block.getKey(), text, segments };
}

/** The block of that key and its words; null when it is gone. */
export function $readBlockByKey(key: NodeKey): BlockText | null {
  const node = $getNodeByKey(key);
  return $isElementNode(node) && node.isAttached() ? $readBlockText(node) : null;
}

/** True for an element that holds words itself, not further blocks. */
function $holdsWords(element: ElementNode): boolean {
  const first = element.getFirstChild();
  return first === null || !$isElementNode(first) || first.isInline();
}

/** In which order the elements of an editor are read, where that is not the one they stand in. */
export interface ReadingOrder {
  getKeys(): readonly NodeKey[];
  subscribe(listener: () => void): () => void;
}

/**
 * The words of every block in reading order, read again only where they changed, and only when somebody asks: it costs
 * a keystroke one set entry.
 */
export class BlockTexts {
  private readonly editor: LexicalEditor;
  private readonly order: ReadingOrder | undefined;
  private readonly entries = new Map<NodeKey, BlockText>();
  private readonly stale = new Set<NodeKey>();
  private readonly listeners = new Set<() => void>();
  private readonly stop: () => void;
  private readonly stopLanguage: () => void;
  private list: readonly BlockText[] | null = null;

  /** With `order`, only what it names, in that order. */
  constructor(editor: LexicalEditor, order?: ReadingOrder) {
    this.editor = editor;
    this.order = order;
    let known = order?.getKeys().join(' ');
    const stopOrder = order?.subscribe(() => {
      const next = order.getKeys().join(' ');
      if (next === known) return;
      known = next;
      this.list = null;
      for (const listener of this.listeners) listener();
    });
    const stopText = editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
      if (dirtyElements.size === 0 && dirtyLeaves.size === 0) return;
      for (const key of dirtyElements.keys()) this.stale.add(key);
      this.list = null;
      for (const listener of this.listeners) listener();
    });
    this.stopLanguage = onComplaintLanguage(() => {
      this.entries.clear();
      this.list = null;
      for (const listener of this.listeners) listener();
    });
    this.stop = () => {
      stopText();
      stopOrder?.();
    };
  }

  readonly get = (): readonly BlockText[] => {
    this.list ??= this.editor.getEditorState().read(() => this.$read(), { editor: this.editor });
    return this.list;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  dispose(): void {
    this.stop();
    this.stopLanguage();
    this.listeners.clear();
  }

  private $read(): readonly BlockText[] {
    const list: BlockText[] = [];
    const read = (parent: ElementNode): void => {
      for (let node = parent.getFirstChild(); node !== null; node = node.getNextSibling()) {
        if (!$isElementNode(node)) continue;
        if (!$holdsWords(node)) {
          read(node);
          continue;
        }
        const key = node.getKey();
        let entry = this.entries.get(key);
        if (!entry || this.stale.has(key)) {
          entry = $readBlockText(node);
          this.entries.set(key, entry);
        }
        list.push(entry);
      }
    };
    if (!this.order) read($getRoot());
    for (const key of this.order?.getKeys() ?? []) {
      const node = $getNodeByKey(key);
      if ($isElementNode(node)) read(node);
    }
    this.stale.clear();
    if (this.entries.size > list.length * 2 + 100) {
      const kept = new Set(list.map(({ key }) => key));
      for (const key of this.entries.keys()) if (!kept.has(key)) this.entries.delete(key);
    }
    return list;
  }
}
