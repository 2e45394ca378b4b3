import { $getEditor, type LexicalEditor, type LexicalNode, type TextFormatType } from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';

/** What commands of the editor do instead, while this window suggests. Each answers as the command itself would. */
export interface SuggestingHand {
  text(words: string): boolean;
  nodes(nodes: readonly LexicalNode[], kind: 'citation' | 'insert'): boolean;
  format(format: TextFormatType | 'small-caps'): boolean;
  styles(style: BlockStyle): void;
  lines(lines: readonly { style: BlockStyle; text: string }[]): boolean;
  removal(): boolean;
}

const hands = new WeakMap<LexicalEditor, SuggestingHand>();

export function setSuggesting(editor: LexicalEditor, hand: SuggestingHand | null): void {
  if (hand) hands.set(editor, hand);
  else hands.delete(editor);
}

/** Null while the editor that is being changed writes rather than suggests. */
export function $suggesting(): SuggestingHand | null {
  return hands.get($getEditor()) ?? null;
}
