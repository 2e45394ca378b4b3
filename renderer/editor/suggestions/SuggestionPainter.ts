import { type Klass, type LexicalEditor, type LexicalNode, LineBreakNode, type NodeKey, TextNode } from 'lexical';
import { parseSuggestionKey, type SuggestionMark, suggestionIdsOf } from '../../../shared/domain/resolveSuggestions.ts';
import { ImageNode } from '../images/ImageNode.ts';
import { BlockNode } from '../nodes/BlockNode.ts';
import { CitationNode } from '../nodes/CitationNode.ts';
import { FootnoteNode } from '../nodes/FootnoteNode.ts';
import { PersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { ReferenceNode } from '../nodes/ReferenceNode.ts';
import { stateOf } from '../nodes/textState.ts';
import type { SuggestionAuthor } from '../SuggestionApi.ts';
import { RowNode } from '../tables/RowNode.ts';
import { TableNode } from '../tables/TableNode.ts';

/** A sentence for a mark, in the language of the window. */
export type DescribeMark = (mark: SuggestionMark, name: string) => string;

const CLASSES: Record<SuggestionMark, string> = {
  ins_: 'suggest-ins',
  del_: 'suggest-del',
  fmt_: 'suggest-fmt',
  pIns_: 'suggest-split',
  pDel_: 'suggest-join',
  sty_: 'suggest-style',
  rIns_: 'suggest-row-ins',
  rDel_: 'suggest-row-del',
  cIns_: 'suggest-columns',
  cDel_: 'suggest-columns',
  lnk_: 'suggest-fmt',
  lng_: 'suggest-fmt',
};
const NODES: readonly Klass<LexicalNode>[] = [
  TextNode,
  LineBreakNode,
  CitationNode,
  PersonMentionNode,
  FootnoteNode,
  ReferenceNode,
  ImageNode,
  BlockNode,
  TableNode,
  RowNode,
];

/** Shows suggestions on the page: classes, a color by organization and a sentence; never elements of their own. */
export class SuggestionPainter {
  readonly #editor: LexicalEditor;
  readonly #authorOf: (id: string) => SuggestionAuthor;
  readonly #marked = new Map<NodeKey, readonly string[]>();
  readonly #nodesById = new Map<string, Set<NodeKey>>();
  readonly #stops: (() => void)[];
  #describe: DescribeMark = () => '';
  #shown: string | null = null;

  constructor(editor: LexicalEditor, authorOf: (id: string) => SuggestionAuthor) {
    this.#editor = editor;
    this.#authorOf = authorOf;
    this.#stops = NODES.filter((klass) => editor.hasNode(klass as never)).map((klass) =>
      editor.registerMutationListener(klass, (mutations) => {
        const nodes = editor.getEditorState()._nodeMap;
        for (const [key, mutation] of mutations) {
          const node = mutation === 'destroyed' ? undefined : nodes.get(key);
          if (!node) {
            this.#note(key, []);
            continue;
          }
          const keys = node.__state ? Object.keys(stateOf(node) ?? {}).filter((name) => parseSuggestionKey(name)) : [];
          if (keys.length === 0 && !this.#marked.has(key)) continue;
          this.#note(key, keys);
          this.#paint(key, keys);
        }
      }),
    );
  }

  setDescribe(describe: DescribeMark): void {
    this.#describe = describe;
    this.repaint();
  }

  /** Lights up everything that one suggestion touches; null for none. */
  show(id: string | null): void {
    if (this.#shown === id) return;
    const touched = [this.#shown, id].filter((each) => each !== null);
    this.#shown = id;
    this.repaintOf(touched);
  }

  /** The first node that the suggestion touches; null when it touches none. */
  nodeOf(id: string): NodeKey | null {
    const state = this.#editor.getEditorState();
    for (const [key] of this.#marked) {
      const node = state._nodeMap.get(key);
      if (node && suggestionIdsOf(stateOf(node)).includes(id)) return key;
    }
    return null;
  }

  readonly repaint = (): void => {
    for (const [key, keys] of this.#marked) this.#paint(key, keys);
  };

  /** Paints again only what these suggestions touch. */
  repaintOf(ids: Iterable<string>): void {
    const found = new Set<NodeKey>();
    for (const id of ids) for (const key of this.#nodesById.get(id) ?? []) found.add(key);
    for (const key of found) this.#paint(key, this.#marked.get(key) ?? []);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  #note(key: NodeKey, keys: readonly string[]): void {
    for (const id of idsOf(this.#marked.get(key) ?? [])) {
      const nodes = this.#nodesById.get(id);
      nodes?.delete(key);
      if (nodes?.size === 0) this.#nodesById.delete(id);
    }
    if (keys.length === 0) this.#marked.delete(key);
    else this.#marked.set(key, keys);
    for (const id of idsOf(keys)) {
      const nodes = this.#nodesById.get(id);
      if (nodes) nodes.add(key);
      else this.#nodesById.set(id, new Set([key]));
    }
  }

  #paint(key: NodeKey, keys: readonly string[]): void {
    const element = this.#editor.getElementByKey(key);
    if (!element) return;
    const marks = keys.flatMap((name) => parseSuggestionKey(name) ?? []);
    const found = new Set(marks.map(({ mark }) => mark));
    const classes = new Set([...found].map((mark) => CLASSES[mark]));
    for (const name of new Set(Object.values(CLASSES))) element.classList.toggle(name, classes.has(name));
    element.classList.toggle(
      'suggest-shown',
      marks.some(({ id }) => id === this.#shown),
    );
    // What would go counts for the color; both are told in words.
    const chief = marks.find(({ mark }) => mark === 'del_' || mark === 'pDel_') ?? marks[0];
    if (!chief) {
      delete element.dataset.suggestOrg;
      element.removeAttribute('title');
      return;
    }
    element.dataset.suggestOrg = String(this.#authorOf(chief.id).color);
    element.title = marks.map(({ mark, id }) => this.#describe(mark, this.#authorOf(id).name)).join('\n');
  }
}

const idsOf = (keys: readonly string[]): string[] => keys.flatMap((name) => parseSuggestionKey(name)?.id ?? []);
