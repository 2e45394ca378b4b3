import {
  $applyNodeReplacement,
  DecoratorNode,
  type DOMExportOutput,
  type LexicalNode,
  type SerializedLexicalNode,
  type Spread,
} from 'lexical';
import type { ExhibitId } from '../../../shared/domain/ids.ts';

export type SerializedCitationNode = Spread<{ exhibitId: ExhibitId | ''; page: number }, SerializedLexicalNode>;

/**
 * Inline citation of an exhibit page. It stores what is cited, never the label: `(Ex. C at 4)` is computed from the
 * order of first citation and written into the DOM by decorations/labelPainter.ts.
 */
export class CitationNode extends DecoratorNode<null> {
  __exhibitId: ExhibitId | '' = '';
  /** From 1; 0 means no pinpoint. */
  __page = 0;

  static override getType(): string {
    return 'citation';
  }

  static override clone(node: CitationNode): CitationNode {
    return new CitationNode(node.__key);
  }

  static override importJSON(serialized: SerializedCitationNode): CitationNode {
    return $createCitationNode(serialized.exhibitId, serialized.page).updateFromJSON(serialized);
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__exhibitId = previous.__exhibitId;
    this.__page = previous.__page;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'citation';
    element.dataset.exhibit = this.__exhibitId;
    element.setAttribute('role', 'link');
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportDOM(): DOMExportOutput {
    const element = document.createElement('span');
    element.textContent = '';
    return { element };
  }

  override exportJSON(): SerializedCitationNode {
    const latest = this.getLatest();
    return { ...super.exportJSON(), exhibitId: latest.__exhibitId, page: latest.__page };
  }

  override decorate(): null {
    return null;
  }

  override isInline(): true {
    return true;
  }

  override isKeyboardSelectable(): true {
    return true;
  }

  getExhibitId(): ExhibitId | '' {
    return String(this.getLatest().__exhibitId) as ExhibitId | '';
  }

  getPage(): number {
    const page = Number(this.getLatest().__page);
    return Number.isSafeInteger(page) && page > 0 ? page : 0;
  }
}

export function $createCitationNode(exhibitId: ExhibitId | '', page: number): CitationNode {
  const node = $applyNodeReplacement(new CitationNode());
  node.__exhibitId = exhibitId;
  node.__page = page;
  return node;
}

export function $isCitationNode(node: LexicalNode | null | undefined): node is CitationNode {
  return node instanceof CitationNode;
}
