import { $getEditor, type LexicalEditor, type LexicalNode, type TextFormatType } from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { Suggestion } from '../../../shared/domain/records.ts';
import type { SuggestedEdit } from './SuggestionBook.ts';

/** What commands of the editor do instead, while this window suggests. Each answers as the command itself would. */
export interface SuggestingHand {
  text(words: string): boolean;
  nodes(nodes: readonly LexicalNode[], kind: Suggestion['kind']): boolean;
  format(format: TextFormatType | 'small-caps'): boolean;
  styles(style: BlockStyle): void;
  lines(lines: readonly { style: BlockStyle; text: string }[]): boolean;
  removal(): boolean;
  /** Begins one suggestion of that kind, for commands that set its marks themselves. */
  begin(kind: Suggestion['kind']): SuggestedEdit;
  /** Another value under the key of words or blocks; null for none. */
  values(nodes: readonly LexicalNode[], key: 'href' | 'lang', value: string | null): void;
}

const hands = new WeakMap<LexicalEditor, SuggestingHand>();
const reviewed = new WeakSet<LexicalEditor>();

export function setSuggesting(editor: LexicalEditor, hand: SuggestingHand | null): void {
  if (hand) hands.set(editor, hand);
  else hands.delete(editor);
}

/** Null while the editor that is being changed writes rather than suggests. */
export function $suggesting(): SuggestingHand | null {
  return hands.get($getEditor()) ?? null;
}

/** Says that whoever writes in this editor may only suggest and comment. [SY80] */
export function setReviewed(editor: LexicalEditor, on: boolean): void {
  if (on) reviewed.add(editor);
  else reviewed.delete(editor);
}

/** True where only suggestions and comments are allowed: what cannot be suggested is closed then. [SY80] */
export function isReviewed(editor: LexicalEditor): boolean {
  return reviewed.has(editor);
}
