import {
  $applyNodeReplacement,
  DecoratorNode,
  type LexicalNode,
  type SerializedLexicalNode,
  type Spread,
} from 'lexical';
import { REFERENCE_KINDS, type ReferenceKind } from '../../../shared/domain/document.ts';
import { isId } from '../../../shared/domain/ids.ts';

export type SerializedReferenceNode = Spread<{ kind: ReferenceKind; target: string }, SerializedLexicalNode>;

/**
 * Inline reference to a ¶, heading, exhibit, person or footnote. It stores what it names; `¶ 12` is computed and written
 * into the DOM by decorations/ReferencePainter.ts [DO40].
 */
export class ReferenceNode extends DecoratorNode<null> {
  __kind: ReferenceKind = 'paragraph';
  __target = '';

  static override getType(): string {
    return 'reference';
  }

  static override clone(node: ReferenceNode): ReferenceNode {
    return new ReferenceNode(node.__key);
  }

  static override importJSON(serialized: SerializedReferenceNode): ReferenceNode {
    return $createReferenceNode(parseReferenceKind(serialized.kind), parseTarget(serialized.target)).updateFromJSON(
      serialized,
    );
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__kind = previous.__kind;
    this.__target = previous.__target;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'reference';
    element.setAttribute('role', 'link');
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportJSON(): SerializedReferenceNode {
    return { ...super.exportJSON(), kind: this.getKind(), target: this.getTarget() };
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

  getKind(): ReferenceKind {
    return parseReferenceKind(this.getLatest().__kind);
  }

  getTarget(): string {
    return parseTarget(this.getLatest().__target);
  }
}

/** Any other word, as a newer program or a hostile peer might send, reads as 'paragraph'. */
function parseReferenceKind(value: unknown): ReferenceKind {
  return (REFERENCE_KINDS as readonly unknown[]).includes(value) ? (value as ReferenceKind) : 'paragraph';
}

/** What is no id names nothing. */
function parseTarget(value: unknown): string {
  return isId(value) ? value : '';
}

export function $createReferenceNode(kind: ReferenceKind, target: string): ReferenceNode {
  const node = $applyNodeReplacement(new ReferenceNode());
  node.__kind = kind;
  node.__target = target;
  return node;
}

export function $isReferenceNode(node: LexicalNode | null | undefined): node is ReferenceNode {
  return node instanceof ReferenceNode;
}
