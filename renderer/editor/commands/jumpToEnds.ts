import {
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_HIGH,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
} from 'lexical';

/**
 * Ctrl+Home and Ctrl+End go to the first and the last place of the text, with Shift they select up to there. The browser's
 * own keys stop at the first line of a last block that was never laid out.
 */
export function jumpToEnds(editor: LexicalEditor): () => void {
  return editor.registerCommand(
    KEY_DOWN_COMMAND,
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !/^(?:Home|End)$/.test(event.key)) return false;
      event.preventDefault();
      $goTo(event.key === 'End', event.shiftKey);
      return true;
    },
    COMMAND_PRIORITY_HIGH,
  );
}

function $goTo(end: boolean, withShift: boolean): void {
  const before = $getSelection();
  const anchor = withShift && $isRangeSelection(before) ? before.anchor : null;
  const held = anchor && { key: anchor.key, offset: anchor.offset, type: anchor.type };
  const selection = end ? $getRoot().selectEnd() : $getRoot().selectStart();
  if (held) selection.anchor.set(held.key, held.offset, held.type);
  // What is typed looks as the words there, not as those where one came from.
  const there = selection.focus.getNode();
  selection.setFormat($isTextNode(there) ? there.getFormat() : 0);
}
