import {
  $applyNodeReplacement,
  type DOMExportOutput,
  ElementNode,
  type LexicalNode,
  type SerializedElementNode,
  type Spread,
} from 'lexical';
import { isId, type RowId } from '../../../shared/domain/ids.ts';

export type SerializedRowNode = Spread<{ rowId: RowId | '' }, SerializedElementNode>;

/** A row of a table; merged cells name it by its id [DO64]. */
export class RowNode extends ElementNode {
  __rowId: RowId | '' = '';

  static override getType(): string {
    return 'row';
  }

  static override clone(node: RowNode): RowNode {
    return new RowNode(node.__key);
  }

  static override importJSON(serialized: SerializedRowNode): RowNode {
    return $createRowNode(parseRowId(serialized.rowId)).updateFromJSON(serialized);
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__rowId = previous.__rowId;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'table-row';
    element.setAttribute('role', 'row');
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportDOM(): DOMExportOutput {
    return { element: document.createElement('tr') };
  }

  override exportJSON(): SerializedRowNode {
    return { ...super.exportJSON(), rowId: this.getRowId() };
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

  getRowId(): RowId | '' {
    return parseRowId(this.getLatest().__rowId);
  }
}

function parseRowId(value: unknown): RowId | '' {
  return isId(value) ? (value as RowId) : '';
}

export function $createRowNode(rowId: RowId | ''): RowNode {
  const node = $applyNodeReplacement(new RowNode());
  node.__rowId = rowId;
  return node;
}

export function $isRowNode(node: LexicalNode | null | undefined): node is RowNode {
  return node instanceof RowNode;
}
