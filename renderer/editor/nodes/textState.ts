import type { LexicalNode } from 'lexical';
import { $getStateValue, $setStateValue, type StateValue } from './stateValue.ts';

// Marks on words are NodeState, one key each, so that they overlap and concurrent typing inside them merges. A mark is 1.

/** Key of the mark that makes words part of a claim. */
export const claimMark = (claimId: string): string => `cl_${claimId}`;
/** Key of the mark for small caps, which Lexical's format bits lack. */
export const SMALL_CAPS_MARK = 'sc';

export function $hasMark(node: LexicalNode, key: string): boolean {
  return $getStateValue(node, key) === 1;
}

/** Sets or removes the mark; a node that already has it so is left alone. */
export function $setMark(node: LexicalNode, key: string, on: boolean): void {
  $setStateValue(node, key, on ? 1 : null);
}

/** All mark keys on the node, from the version given (no editor state needed). */
export function marksOf(node: LexicalNode): string[] {
  const state = node.__state?.toJSON().$ as Record<string, unknown> | undefined;
  return state ? Object.keys(state).filter((key) => state[key] === 1) : [];
}

/** Claim ids on the node. */
export function claimIdsOn(node: LexicalNode): string[] {
  const ids: string[] = [];
  for (const key of marksOf(node)) if (key.startsWith('cl_')) ids.push(key.slice(3));
  return ids;
}

/** Sets a mark of a suggestion on words, an inline node or a block: 1, or what was before; null removes it. */
export function $setSuggestionMark(node: LexicalNode, key: string, value: StateValue): void {
  $setStateValue(node, key, value);
}

/** The node's NodeState as it is stored, unknown keys included; from the version given. */
export function stateOf(node: LexicalNode): Readonly<Record<string, unknown>> | undefined {
  const state = node.__state?.toJSON().$ as Record<string, unknown> | undefined;
  // the binding leaves undefined under the key of a mark that a partner removed
  for (const key in state) if (state[key] === undefined) delete state[key];
  return state;
}
