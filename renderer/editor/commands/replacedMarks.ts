import {
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_HIGH,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  type LexicalEditor,
  type RangeSelection,
  type TextNode,
} from 'lexical';
import { $setSuggestionMark, stateOf } from '../nodes/textState.ts';

/** Marks that new words take over from the words whose place they take. */
const KEPT = /^(?:cl_|cm_|lang$|sc$)/;

export type KeptMarks = ReadonlyMap<string, string | 1>;

/** [DO24] What all words of the selection carry: their claims and comments, language and small caps. */
export function $marksOfAll(selection: RangeSelection): KeptMarks {
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus];
  const texts = selection
    .getNodes()
    .filter($isTextNode)
    .filter((node) => {
      // A selection often begins at the end of the run before, of which it holds nothing.
      const from = start.key === node.getKey() && start.type === 'text' ? start.offset : 0;
      const to = end.key === node.getKey() && end.type === 'text' ? end.offset : node.getTextContentSize();
      return to > from;
    });
  const [first, ...others] = texts;
  const kept = new Map<string, string | 1>();
  if (!first) return kept;
  for (const [key, value] of Object.entries(stateOf(first) ?? {}))
    if (
      KEPT.test(key) &&
      (value === 1 || typeof value === 'string') &&
      others.every((node) => stateOf(node)?.[key] === value)
    )
      kept.set(key, value);
  return kept;
}

/** [DO24] Gives new words these marks, and none of that kind besides. */
export function $keepMarks(node: TextNode, marks: KeptMarks): void {
  for (const key of Object.keys(stateOf(node.getLatest()) ?? {}))
    if (KEPT.test(key) && !marks.has(key)) $setSuggestionMark(node, key, null);
  for (const [key, value] of marks) $setSuggestionMark(node, key, value);
}

/** [DO24] Takes words typed over others before Lexical does, which would drop their claims and comments. */
export function registerReplacing(editor: LexicalEditor): () => void {
  return editor.registerCommand(
    CONTROLLED_TEXT_INSERTION_COMMAND,
    (input) => {
      const words = typeof input === 'string' ? input : input.dataTransfer ? null : input.data;
      const selection = $getSelection();
      if (!words || !$isRangeSelection(selection) || selection.isCollapsed()) return false;
      $replaceWords(selection, words);
      return true;
    },
    COMMAND_PRIORITY_HIGH,
  );
}

/** Types words in place of what is selected, keeping what all of that carried. [DO24] */
function $replaceWords(selection: RangeSelection, words: string): void {
  const marks = $marksOfAll(selection);
  selection.insertText(words);
  const { anchor } = selection;
  const node = anchor.getNode();
  if (words === '' || !$isTextNode(node) || anchor.offset < words.length) return;
  const end = anchor.offset;
  const start = end - words.length;
  if (node.getTextContent().slice(start, end) !== words || sameMarks(node, marks)) return;
  const pieces = node.splitText(start, end);
  const piece = pieces[start === 0 ? 0 : 1];
  if (!piece) return;
  $keepMarks(piece, marks);
  piece.select(words.length, words.length);
}

function sameMarks(node: TextNode, marks: KeptMarks): boolean {
  const state = stateOf(node) ?? {};
  const own = Object.keys(state).filter((key) => KEPT.test(key));
  return own.length === marks.size && own.every((key) => marks.get(key) === state[key]);
}
