import { registerRichText } from '@lexical/rich-text';
import {
  $createNodeSelection,
  $getNearestNodeFromDOMNode,
  $getSelection,
  $isNodeSelection,
  $setSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_EDITOR,
  COMMAND_PRIORITY_HIGH,
  COMMAND_PRIORITY_LOW,
  DROP_COMMAND,
  KEY_BACKSPACE_COMMAND,
  KEY_DELETE_COMMAND,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  mergeRegister,
  REDO_COMMAND,
  UNDO_COMMAND,
} from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { commandOfKey } from '../../ui/commands/commands.ts';
import type { EditorBinding } from '../binding/bindEditor.ts';
import { $isCitationNode } from '../nodes/CitationNode.ts';
import { $isPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $setBlockStyles, $toggleSmallCaps } from './formatCommands.ts';
import { registerReplacing } from './replacedMarks.ts';

/** Typing, formats, undo and the keys of our own nodes. */
export function registerKeys(editor: LexicalEditor, binding: EditorBinding): () => void {
  const $removeSelectedNodes = (event: KeyboardEvent): boolean => {
    const selection = $getSelection();
    if (!$isNodeSelection(selection)) return false;
    event.preventDefault();
    for (const node of selection.getNodes()) {
      node.selectPrevious();
      node.remove();
    }
    return true;
  };
  return mergeRegister(
    registerRichText(editor),
    registerReplacing(editor),
    editor.registerCommand(UNDO_COMMAND, () => (binding.undoManager.undo(), true), COMMAND_PRIORITY_EDITOR),
    editor.registerCommand(REDO_COMMAND, () => (binding.undoManager.redo(), true), COMMAND_PRIORITY_EDITOR),
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        const id = commandOfKey(event, 'text');
        if (id?.startsWith('style-')) {
          event.preventDefault();
          $setBlockStyles(id.slice('style-'.length) as BlockStyle);
          return true;
        }
        if (id === 'small-caps') {
          event.preventDefault();
          $toggleSmallCaps();
          return true;
        }
        return false;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      CLICK_COMMAND,
      (event) => {
        const node = event.target instanceof Node ? $getNearestNodeFromDOMNode(event.target) : null;
        if (!$isCitationNode(node) && !$isPersonMentionNode(node)) return false;
        const selection = $createNodeSelection();
        selection.add(node.getKey());
        $setSelection(selection);
        return true;
      },
      COMMAND_PRIORITY_LOW,
    ),
    editor.registerCommand(KEY_BACKSPACE_COMMAND, $removeSelectedNodes, COMMAND_PRIORITY_LOW),
    editor.registerCommand(KEY_DELETE_COMMAND, $removeSelectedNodes, COMMAND_PRIORITY_LOW),
    // Files dropped on the page are for the exhibit register, which listens on the window.
    editor.registerCommand(DROP_COMMAND, (event) => (event.dataTransfer?.files.length ?? 0) > 0, COMMAND_PRIORITY_HIGH),
  );
}
