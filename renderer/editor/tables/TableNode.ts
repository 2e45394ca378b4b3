import {
  $applyNodeReplacement,
  type DOMExportOutput,
  ElementNode,
  type LexicalNode,
  type SerializedElementNode,
} from 'lexical';

/** A table of the body. What is shown of it, and where, is said by `layOutTable` and painted by TablePainter. */
export class TableNode extends ElementNode {
  static override getType(): string {
    return 'table';
  }

  static override clone(node: TableNode): TableNode {
    return new TableNode(node.__key);
  }

  static override importJSON(serialized: SerializedElementNode): TableNode {
    return $createTableNode().updateFromJSON(serialized);
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'table';
    element.setAttribute('role', 'table');
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportDOM(): DOMExportOutput {
    return { element: document.createElement('table') };
  }

  override isShadowRoot(): true {
    return true;
  }

  override canBeEmpty(): true {
    return true;
  }

  override canInsertTextBefore(): false {
    return false;
  }

  override canInsertTextAfter(): false {
    return false;
  }
}

export function $createTableNode(): TableNode {
  return $applyNodeReplacement(new TableNode());
}

export function $isTableNode(node: LexicalNode | null | undefined): node is TableNode {
  return node instanceof TableNode;
}
