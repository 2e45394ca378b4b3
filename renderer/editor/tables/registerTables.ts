import {
  $getSelection,
  $isRangeSelection,
  BEFORE_INPUT_COMMAND,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_HIGH,
  COMPOSITION_START_COMMAND,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  COPY_COMMAND,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_LEFT_COMMAND,
  KEY_ARROW_RIGHT_COMMAND,
  KEY_ARROW_UP_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
  type RangeSelection,
  REMOVE_TEXT_COMMAND,
  SELECTION_INSERT_CLIPBOARD_NODES_COMMAND,
} from 'lexical';
import { $blockOf } from '../commands/formatCommands.ts';
import { $createBlockNode, $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import type { TableCommand } from '../TableApi.ts';
import { $beforePaste } from './beforePaste.ts';
import { $isCellNode } from './CellNode.ts';
import { $flattenTables } from './flattenTables.ts';
import { $runTableCommand } from './runTableCommand.ts';
import { $clearAcrossCells, $crossesCells, $extendByCell } from './selectionAcross.ts';
import { $isTableNode } from './TableNode.ts';
import { $caretPlaceInTable, $goToPlace, type DrawId } from './tableCommands.ts';
import { $cellAround } from './tableShape.ts';

/** What keys do in tables, and what they must not do at the edges of their cells. `done` tells what a key has done. */
export function registerTables(editor: LexicalEditor, draw: DrawId, done: (command: TableCommand) => void): () => void {
  /** Empties what is selected across cells; true when that is all that was to be done. */
  const $clear = (): boolean => {
    const selection = $getSelection();
    if (!$isRangeSelection(selection) || !$crossesCells(selection)) return false;
    if (!$suggesting()) $clearAcrossCells(selection);
    return true;
  };
  const $beforeTyping = (): boolean => {
    if (!$suggesting()) $clear();
    $ensureBlock();
    return false;
  };
  const deletion = (backward: boolean): boolean => $clear() || (!$suggesting() && $stopsAtEdge(backward));
  return mergeRegister(
    editor.registerCommand(
      KEY_TAB_COMMAND,
      (event) => {
        const at = $caretPlaceInTable();
        if (!at || event.ctrlKey || event.altKey || event.metaKey) return false;
        event.preventDefault();
        if ($goToPlace(at, event.shiftKey ? -1 : 1) || event.shiftKey) return true;
        if (editor.isEditable() && $runTableCommand('row-below', draw)) {
          const added = $caretPlaceInTable();
          added?.layout.rows[added.place.row]?.places[0]?.cells[0]?.selectStart();
          done('row-below');
        }
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    ...(
      [
        [KEY_ARROW_LEFT_COMMAND, [0, -1]],
        [KEY_ARROW_RIGHT_COMMAND, [0, 1]],
        [KEY_ARROW_UP_COMMAND, [-1, 0]],
        [KEY_ARROW_DOWN_COMMAND, [1, 0]],
      ] as const
    ).map(([command, step]) =>
      editor.registerCommand(
        command,
        (event) => {
          if (!event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || !$extendByCell(step)) return false;
          event.preventDefault();
          return true;
        },
        COMMAND_PRIORITY_HIGH,
      ),
    ),
    ...[BEFORE_INPUT_COMMAND, COMPOSITION_START_COMMAND, CONTROLLED_TEXT_INSERTION_COMMAND].map((command) =>
      editor.registerCommand(command as typeof COMPOSITION_START_COMMAND, $beforeTyping, COMMAND_PRIORITY_CRITICAL),
    ),
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const selection = $getSelection();
        if (!$suggesting() && $isRangeSelection(selection) && $crossesCells(selection)) $beforePaste(event, $clear);
        $ensureBlock();
        return false;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, $beforeTyping, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(INSERT_LINE_BREAK_COMMAND, $beforeTyping, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(DELETE_CHARACTER_COMMAND, deletion, COMMAND_PRIORITY_HIGH),
    editor.registerCommand(DELETE_WORD_COMMAND, deletion, COMMAND_PRIORITY_HIGH),
    editor.registerCommand(DELETE_LINE_COMMAND, deletion, COMMAND_PRIORITY_HIGH),
    editor.registerCommand(REMOVE_TEXT_COMMAND, $clear, COMMAND_PRIORITY_HIGH),
    editor.registerCommand(
      SELECTION_INSERT_CLIPBOARD_NODES_COMMAND,
      ({ nodes, selection }) => {
        const inCell = $isRangeSelection(selection) && $cellAround(selection.anchor.getNode()) !== null;
        const flat = $flattenTables(nodes, !inCell);
        if (flat.length === nodes.length && flat.every((node, at) => node === nodes[at])) return false;
        selection.insertNodes(flat);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      CUT_COMMAND,
      (event) => {
        const selection = $getSelection();
        if ($suggesting() || !$isRangeSelection(selection) || !$crossesCells(selection)) return false;
        editor.dispatchCommand(COPY_COMMAND, event);
        return $clear();
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
}

/** A caret in a cell that has lost its last block gets one to write in. */
function $ensureBlock(): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return;
  const node = selection.anchor.getNode();
  const cell = $cellAround(node);
  if (!$isCellNode(cell) || $blockOf(node)) return;
  if (!cell.getChildren().some($isBlockNode)) cell.append($createBlockNode('plain'));
  cell.selectEnd();
}

/** True where a deletion would reach over the edge of a cell or into a table; the caret goes there instead. */
function $stopsAtEdge(backward: boolean): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false;
  const block = $blockOf(selection.anchor.getNode());
  if (!block || !$isAtEdge(selection, block, backward)) return false;
  const beside = backward ? block.getPreviousSibling() : block.getNextSibling();
  if (beside === null && $isCellNode(block.getParent())) {
    if (backward) block.collapseAtStart();
    return true;
  }
  if (!$isTableNode(beside)) return false;
  if (backward && block.getBlockStyle() !== 'plain') {
    block.collapseAtStart();
    return true;
  }
  if (backward) beside.selectEnd();
  else beside.selectStart();
  if (block.isEmpty() && (backward ? block.getNextSibling() : block.getPreviousSibling())) block.remove(true);
  return true;
}

function $isAtEdge({ anchor }: RangeSelection, block: BlockNode, backward: boolean): boolean {
  const node = anchor.getNode();
  const end = anchor.type === 'text' ? node.getTextContentSize() : block.getChildrenSize();
  if (backward ? anchor.offset > 0 : anchor.offset < end) return false;
  return node.is(block) || (backward ? node.getPreviousSibling() : node.getNextSibling()) === null;
}
