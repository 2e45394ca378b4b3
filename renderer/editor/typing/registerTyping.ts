import {
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COLLABORATION_TAG,
  COMMAND_PRIORITY_HIGH,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  HISTORIC_TAG,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  mergeRegister,
} from 'lexical';
import { $languageOf } from '../language/LanguageTool.ts';
import { applyTypingRule, LOOK_BACK } from './applyTypingRule.ts';
import { signOfKey } from './signs.ts';

export interface TypingOptions {
  /** Ends the undo step before. */
  closeUndoStep(): void;
  /** False while the person has switched the rules off. */
  isOn(): boolean;
}

/**
 * Legal typing: after a character that a person typed (never what a partner sent, a paste, or a composition of an input
 * method) a rule may change what stands before the caret, as an undo step of its own. And the keys of § ¶ – — and the
 * no-break space.
 */
export function registerTyping(editor: LexicalEditor, { closeUndoStep, isOn }: TypingOptions): () => void {
  let typed: string | null = null;
  const onBeforeInput = (event: InputEvent): void => {
    const one = event.inputType === 'insertText' && !event.isComposing && event.data?.length === 1;
    typed = one && isOn() ? event.data : null;
  };
  const applyRule = (): void => {
    if (!editor.isEditable() || editor.isComposing()) return;
    const found = editor.getEditorState().read($findChange, { editor });
    if (!found) return;
    // Undo first takes back the change, and only then what was typed.
    closeUndoStep();
    editor.update(() => $makeChange(editor), { discrete: true });
    closeUndoStep();
  };
  return mergeRegister(
    editor.registerRootListener((root, before) => {
      before?.removeEventListener('beforeinput', onBeforeInput, true);
      root?.addEventListener('beforeinput', onBeforeInput, true);
    }),
    editor.registerUpdateListener(({ dirtyLeaves, tags }) => {
      if (typed === null || dirtyLeaves.size === 0 || tags.has(COLLABORATION_TAG) || tags.has(HISTORIC_TAG)) return;
      typed = null;
      // After this update has gone into the document: the rule is a step of its own.
      queueMicrotask(applyRule);
    }),
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        const sign = signOfKey(event);
        if (sign === null || !editor.isEditable()) return false;
        event.preventDefault();
        return editor.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, sign);
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
}

/** The rule that holds at the caret; null when none does, or when what it changes lies in runs of different looks. */
export function $findChange(): { key: string; start: number; end: number; words: string } | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null;
  const node = selection.anchor.getNode();
  if (!$isTextNode(node)) return null;
  const end = selection.anchor.offset;
  let before = node.getTextContent().slice(0, end);
  for (let at = node.getPreviousSibling(); before.length < LOOK_BACK && $isTextNode(at); at = at.getPreviousSibling())
    before = at.getTextContent() + before;
  const change = applyTypingRule(before.slice(-LOOK_BACK), $languageOf(node));
  if (!change || change.length > end) return null;
  return { key: node.getKey(), start: end - change.length, end, words: change.words };
}

/** Makes that change through the way that typing takes, so that suggesting sees it. */
export function $makeChange(editor: LexicalEditor): void {
  const change = $findChange();
  const selection = $getSelection();
  if (!change || !$isRangeSelection(selection)) return;
  selection.anchor.set(change.key, change.start, 'text');
  selection.focus.set(change.key, change.end, 'text');
  editor.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, change.words);
}
