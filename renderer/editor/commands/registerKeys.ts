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
import type { EditorBinding } from '../binding/bindEditor.ts';
import { $isCitationNode } from '../nodes/CitationNode.ts';
import { $isPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $setBlockStyles, $toggleSmallCaps } from './formatCommands.ts';

/** Ctrl+Alt+digit (Cmd+Option+digit): the styles in the order of the toolbar's menu. */
const STYLE_KEYS: Readonly<Record<string, BlockStyle>> = {
  Digit0: 'plain',
  Digit1: 'h1',
  Digit2: 'h2',
  Digit3: 'h3',
  Digit4: 'h4',
  Digit5: 'numbered',
  Digit6: 'quote',
  Digit7: 'bullet',
  Digit8: 'ordered',
};

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
    editor.registerCommand(UNDO_COMMAND, () => (binding.undoManager.undo(), true), COMMAND_PRIORITY_EDITOR),
    editor.registerCommand(REDO_COMMAND, () => (binding.undoManager.redo(), true), COMMAND_PRIORITY_EDITOR),
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        const command = event.ctrlKey || event.metaKey;
        const style = STYLE_KEYS[event.code];
        if (command && event.altKey && style) {
          event.preventDefault();
          $setBlockStyles(style);
          return true;
        }
        if (command && event.altKey && event.code === 'KeyK') {
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
