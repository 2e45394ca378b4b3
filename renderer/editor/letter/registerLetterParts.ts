import {
  BEFORE_INPUT_COMMAND,
  COMMAND_PRIORITY_BEFORE_CRITICAL,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  COPY_COMMAND,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
  REMOVE_TEXT_COMMAND,
  SELECTION_INSERT_CLIPBOARD_NODES_COMMAND,
} from 'lexical';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { $beforePaste } from '../tables/beforePaste.ts';
import { $clearAcrossParts, $deleteBesidePart, $enterInPart, $reachesOverPart } from './partEdits.ts';

/** Keys that keep the parts of the letter together [DO91] [DO92], before those that suggest or write. */
export function registerLetterParts(editor: LexicalEditor): () => void {
  const clearFirst = (): boolean => {
    $clearAcrossParts();
    return false;
  };
  const first = COMMAND_PRIORITY_BEFORE_CRITICAL;
  return mergeRegister(
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, $enterInPart, first),
    editor.registerCommand(DELETE_CHARACTER_COMMAND, $deleteBesidePart, first),
    editor.registerCommand(DELETE_WORD_COMMAND, $deleteBesidePart, first),
    editor.registerCommand(DELETE_LINE_COMMAND, $deleteBesidePart, first),
    editor.registerCommand(REMOVE_TEXT_COMMAND, $clearAcrossParts, first),
    editor.registerCommand(CONTROLLED_TEXT_INSERTION_COMMAND, clearFirst, first),
    editor.registerCommand(INSERT_LINE_BREAK_COMMAND, clearFirst, first),
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        if ($reachesOverPart()) $beforePaste(event, $clearAcrossParts);
        return false;
      },
      first,
    ),
    editor.registerCommand(SELECTION_INSERT_CLIPBOARD_NODES_COMMAND, clearFirst, first),
    // While suggesting, typed words are taken here; otherwise they come as a text to insert.
    editor.registerCommand(
      BEFORE_INPUT_COMMAND,
      (event) => $suggesting() !== null && event.inputType.startsWith('insert') && clearFirst(),
      first,
    ),
    editor.registerCommand(
      CUT_COMMAND,
      (event) => {
        if (!$reachesOverPart()) return false;
        editor.dispatchCommand(COPY_COMMAND, event);
        return $clearAcrossParts();
      },
      first,
    ),
  );
}
