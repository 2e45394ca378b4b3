import {
  $applyNodeReplacement,
  type DOMExportOutput,
  ElementNode,
  type LexicalNode,
  type SerializedElementNode,
  type Spread,
} from 'lexical';
import { isId } from '../../../shared/domain/ids.ts';
import { isColumnId } from '../../../shared/domain/tables/columnIds.ts';

export type SerializedCellNode = Spread<{ column: string; toColumn: string; toRow: string }, SerializedElementNode>;

/** A cell of a table: blocks of its own, which never join those of another cell. It names its column [DO62]. */
export class CellNode extends ElementNode {
  __column = '';
  __toColumn = '';
  __toRow = '';

  static override getType(): string {
    return 'cell';
  }

  static override clone(node: CellNode): CellNode {
    return new CellNode(node.__key);
  }

  static override importJSON(serialized: SerializedCellNode): CellNode {
    const node = $createCellNode(parseColumn(serialized.column)).updateFromJSON(serialized);
    node.__toColumn = parseColumn(serialized.toColumn);
    node.__toRow = parseRow(serialized.toRow);
    return node;
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__column = previous.__column;
    this.__toColumn = previous.__toColumn;
    this.__toRow = previous.__toRow;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'table-cell';
    element.setAttribute('role', 'cell');
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportDOM(): DOMExportOutput {
    return { element: document.createElement('td') };
  }

  override exportJSON(): SerializedCellNode {
    return {
      ...super.exportJSON(),
      column: this.getColumn(),
      toColumn: this.getToColumn(),
      toRow: this.getToRow(),
    };
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

  getColumn(): string {
    return parseColumn(this.getLatest().__column);
  }

  setColumn(column: string): this {
    const writable = this.getWritable();
    writable.__column = column;
    return writable;
  }

  getToColumn(): string {
    return parseColumn(this.getLatest().__toColumn);
  }

  getToRow(): string {
    return parseRow(this.getLatest().__toRow);
  }

  /** How far it reaches; empty for no further than itself [DO64]. */
  setReach(toColumn: string, toRow: string): this {
    if (this.getToColumn() === toColumn && this.getToRow() === toRow) return this;
    const writable = this.getWritable();
    writable.__toColumn = toColumn;
    writable.__toRow = toRow;
    return writable;
  }
}

function parseColumn(value: unknown): string {
  return isColumnId(value) ? value : '';
}

function parseRow(value: unknown): string {
  return isId(value) ? value : '';
}

export function $createCellNode(column: string): CellNode {
  const node = $applyNodeReplacement(new CellNode());
  node.__column = column;
  return node;
}

export function $isCellNode(node: LexicalNode | null | undefined): node is CellNode {
  return node instanceof CellNode;
}
