import { type Klass, type LexicalEditor, type LexicalNode, type NodeKey, TextNode } from 'lexical';
import type { ThreadId } from '../../../shared/domain/ids.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import type { ThreadShow } from '../ThreadApi.ts';
import { threadIdsOn } from './threadMarks.ts';

/**
 * Shows commented words, inline nodes and blocks by data attributes on their elements, never by extra ones: a tint in
 * the color of the organization and a dashed line above, so that nothing depends on the color alone.
 */
export class ThreadPainter {
  readonly #editor: LexicalEditor;
  readonly #stops: (() => void)[];
  readonly #threadsByKey = new Map<NodeKey, readonly ThreadId[]>();
  #show: ThreadShow = { colors: new Map(), selected: null };

  constructor(editor: LexicalEditor) {
    this.#editor = editor;
    const classes = EDITOR_NODES.filter((node): node is Klass<LexicalNode> => typeof node === 'function');
    this.#stops = [TextNode as Klass<LexicalNode>, ...classes].map((node) =>
      editor.registerMutationListener(node, (mutations) => {
        const state = editor.getEditorState();
        for (const [key, mutation] of mutations) {
          const changed = mutation === 'destroyed' ? undefined : state._nodeMap.get(key);
          if (changed) this.#read(key, changed);
          else this.#threadsByKey.delete(key);
        }
      }),
    );
  }

  /** Paints again only what another thread or color is shown on. */
  show(next: ThreadShow): void {
    this.#show = next;
    for (const [key, threads] of this.#threadsByKey) this.#paint(key, threads);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  #read(key: NodeKey, node: LexicalNode): void {
    const threads = threadIdsOn(node);
    if (threads.length === 0 && !this.#threadsByKey.has(key)) return;
    if (threads.length === 0) this.#threadsByKey.delete(key);
    else this.#threadsByKey.set(key, threads);
    this.#paint(key, threads);
  }

  #paint(key: NodeKey, threads: readonly ThreadId[]): void {
    const element = this.#editor.getElementByKey(key);
    if (!element) return;
    const { colors, selected } = this.#show;
    const shown = threads.filter((id) => colors.has(id) || id === selected);
    // Of several threads on the same words the one that is read shows its color, else the one begun last in the list.
    const first = shown.find((id) => id === selected) ?? shown.at(-1);
    if (first === undefined) delete element.dataset['comment'];
    else setData(element, 'comment', String((colors.get(first) ?? 0) + 1));
    if (first !== undefined && first === selected) setData(element, 'commentSelected', '');
    else delete element.dataset['commentSelected'];
  }
}

function setData(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}
