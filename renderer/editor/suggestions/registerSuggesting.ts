import {
  $createTabNode,
  $getEditor,
  $getSelection,
  $isNodeSelection,
  $isRangeSelection,
  BEFORE_INPUT_COMMAND,
  COMMAND_PRIORITY_CRITICAL,
  COMPOSITION_START_COMMAND,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  COPY_COMMAND,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  FORMAT_TEXT_COMMAND,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  INSERT_TAB_COMMAND,
  KEY_BACKSPACE_COMMAND,
  KEY_DELETE_COMMAND,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
  REMOVE_TEXT_COMMAND,
  SELECTION_INSERT_CLIPBOARD_NODES_COMMAND,
} from 'lexical';
import { $suggestDeletion, type DeletionUnit } from './measureDeletion.ts';
import type { SuggestionBook } from './SuggestionBook.ts';
import {
  $leaveNodes,
  $suggestFormat,
  $suggestLineBreak,
  $suggestNodes,
  $suggestParagraph,
  $suggestRemoval,
  $suggestText,
} from './suggestEdits.ts';

/** Stands where an input method is about to compose, until the first letters take its place. */
const COMPOSITION_PLACE = '\u200b';
/** What a browser would write into the page by itself, past every command. */
const TYPED = new Set(['insertText', 'insertReplacementText', 'insertFromYank', 'insertTranspose']);

/**
 * Turns what keys, input methods, clipboard and menus do to the text into suggestions, while `isOn`. Commands are taken at
 * the highest priority and claimed even where nothing can be suggested, because whatever comes after would write.
 */
export function registerSuggesting(editor: LexicalEditor, book: SuggestionBook, isOn: () => boolean): () => void {
  const deletion =
    (unit: DeletionUnit) =>
    (backward: boolean): boolean => {
      if (!isOn()) return false;
      if (unit !== 'line') $suggestDeletion(book, backward, unit);
      else $suggestLineDeletion(book, backward);
      return true;
    };
  const selectedNodes = (event: KeyboardEvent): boolean => {
    if (!isOn() || !$isNodeSelection($getSelection())) return false;
    event.preventDefault();
    return $suggestRemoval(book);
  };
  return mergeRegister(
    editor.registerCommand(
      BEFORE_INPUT_COMMAND,
      (event) => {
        if (!isOn() || !TYPED.has(event.inputType) || $getEditor().isComposing()) return false;
        const words = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
        if (words === '' || words === '\n') return false;
        const [range] = event.getTargetRanges();
        const selection = $getSelection();
        if (event.inputType !== 'insertText' && range && $isRangeSelection(selection)) selection.applyDOMRange(range);
        event.preventDefault();
        $suggestText(book, words);
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      CONTROLLED_TEXT_INSERTION_COMMAND,
      (input) => {
        if (!isOn()) return false;
        const words =
          typeof input === 'string' ? input : (input.data ?? input.dataTransfer?.getData('text/plain') ?? '');
        if (words !== '') $suggestText(book, words);
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      COMPOSITION_START_COMMAND,
      () => {
        // What the input method writes lands in the text at the caret: an own insertion has to be there first.
        if (isOn()) $suggestCompositionPlace(book);
        return false;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(DELETE_CHARACTER_COMMAND, deletion('character'), COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(DELETE_WORD_COMMAND, deletion('word'), COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(DELETE_LINE_COMMAND, deletion('line'), COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(
      REMOVE_TEXT_COMMAND,
      () => isOn() && ($suggestRemoval(book), true),
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      INSERT_PARAGRAPH_COMMAND,
      () => isOn() && ($suggestParagraph(book), true),
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      INSERT_LINE_BREAK_COMMAND,
      () => isOn() && ($suggestLineBreak(book), true),
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      INSERT_TAB_COMMAND,
      () => isOn() && ($suggestNodes(book, [$createTabNode()]), true),
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      FORMAT_TEXT_COMMAND,
      (format) => isOn() && $suggestFormat(book, format),
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      SELECTION_INSERT_CLIPBOARD_NODES_COMMAND,
      ({ nodes }) => isOn() && ($suggestNodes(book, nodes), true),
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      CUT_COMMAND,
      (event) => {
        if (!isOn()) return false;
        editor.dispatchCommand(COPY_COMMAND, event);
        $suggestRemoval(book);
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = isOn() && event instanceof ClipboardEvent ? event.clipboardData : null;
        const words = data?.getData('text/plain') ?? '';
        // Words alone; what has structure is read by the paste itself, which asks before it writes.
        if (!data || words === '' || data.types.some((type) => type !== 'text/plain')) return false;
        event.preventDefault();
        $leaveNodes();
        $suggestText(book, words);
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(KEY_BACKSPACE_COMMAND, selectedNodes, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(KEY_DELETE_COMMAND, selectedNodes, COMMAND_PRIORITY_CRITICAL),
  );
}

function $suggestCompositionPlace(book: SuggestionBook): void {
  if ($suggestText(book, COMPOSITION_PLACE)) return;
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return;
  // The input method would write over what is selected, though its deletion could not be suggested.
  const { key, offset, type } = selection.focus;
  selection.anchor.set(key, offset, type);
  $suggestText(book, COMPOSITION_PLACE);
}

function $suggestLineDeletion(book: SuggestionBook, backward: boolean): void {
  const selection = $getSelection();
  if ($isRangeSelection(selection) && selection.isCollapsed()) {
    selection.modify('extend', backward, 'lineboundary');
    if (selection.isCollapsed()) {
      $suggestDeletion(book, backward, 'character');
      return;
    }
  }
  $suggestRemoval(book);
}
