import { $isElementNode, type LexicalNode } from 'lexical';
import { $isCellNode } from './CellNode.ts';
import { $isRowNode } from './RowNode.ts';
import { $isTableNode } from './TableNode.ts';

/**
 * Nodes from a clipboard with the blocks of rows and cells that came without their table, and with `keepTables` false of
 * whole tables as well: no table stands in a cell.
 */
export function $flattenTables(nodes: readonly LexicalNode[], keepTables: boolean): LexicalNode[] {
  return nodes.flatMap((node) =>
    $isRowNode(node) || $isCellNode(node) || ($isTableNode(node) && !keepTables)
      ? $flattenTables($isElementNode(node) ? node.getChildren() : [], false)
      : [node],
  );
}
